import type { UserId } from '@shoebox/shared/ids.ts'
import { LuciaAdapter, type SessionRecords } from './lucia-adapter.ts'
import { makeLucia } from './lucia.ts'
import type { Whereabouts } from './whereabouts.ts'

/** A session as it is stored: its id is the hash of the token, which is stored nowhere. */
export type NewSession = Whereabouts & {
  readonly id: string
  readonly userId: UserId
  readonly expiresAt: Date
  readonly createdAt: Date
}

export type OpenSessionDeps = {
  readonly nowMs: () => number
  readonly records: Omit<SessionRecords, 'find' | 'write'>
}

/** Whose session it is and where it is opened. */
type Opener = { readonly userId: UserId; readonly from: Whereabouts }

/** Makes a token and has its session written by the caller, so that the row can be part of a larger statement. */
export async function openSession<T>(
  { nowMs, records }: OpenSessionDeps,
  who: Opener,
  write: (session: NewSession) => Promise<T>,
): Promise<{ readonly token: string; readonly written: T }> {
  const answers: T[] = []
  const lucia = makeLucia(
    new LuciaAdapter({
      ...records,
      find: async () => null,
      write: async (session) => {
        answers.push(await write({ ...session, createdAt: new Date(nowMs()) }))
      },
    }),
  )
  const { id: token } = await lucia.createSession(who.userId, who.from)
  const [written] = answers
  if (answers.length === 0) throw new Error('the session was not written')
  return { token, written: written as T }
}

/** `openSession` as use cases take it. */
export type OpenSession = <T>(
  who: Opener,
  write: (session: NewSession) => Promise<T>,
) => Promise<{ readonly token: string; readonly written: T }>
