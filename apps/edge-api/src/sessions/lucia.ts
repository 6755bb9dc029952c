// The session library, and all that this app knows of it: whoever replaces it changes the files of this folder only.
import { Lucia, TimeSpan, type Adapter } from 'lucia'
import type { Id } from '@shoebox/shared/ids.ts'
import type { Whereabouts } from './whereabouts.ts'

declare module 'lucia' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merges into the library's own interface
  interface Register {
    Lucia: ReturnType<typeof makeLucia>
    UserId: Id<'user'>
    DatabaseUserAttributes: { name: string; email: string }
    DatabaseSessionAttributes: Whereabouts
  }
}

/** Sliding: a session used in its second half begins anew. */
export const sessionLifetimeDays = 30

/** `__Host-`: only over TLS, only from this host, only for the whole of it. */
export const sessionCookieName = '__Host-shoebox'

export const makeLucia = (adapter: Adapter) =>
  new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(sessionLifetimeDays, 'd'),
    sessionCookie: {
      name: sessionCookieName,
      attributes: { secure: true, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, email }) => ({ name, email }),
  })
