import { LuciaAdapter } from './lucia-adapter.ts'
import { makeLucia, sessionCookieName } from './lucia.ts'

export { sessionCookieName }

const none = async () => null
const nothing = async () => {}

/** Only to write cookies; it knows no sessions. */
const lucia = makeLucia(
  new LuciaAdapter({
    find: none,
    write: nothing,
    extend: nothing,
    remove: nothing,
    findOfUser: async () => [],
    removeOfUser: nothing,
  }),
)

export const sessionCookie = (token: string): string => lucia.createSessionCookie(token).serialize()

/** Makes the browser forget the cookie. */
export const clearedSessionCookie = (): string => lucia.createBlankSessionCookie().serialize()
