// Authority as a value. Only check-session.ts makes an EmailVerified<User> (a test looks for other assertions), so a
// use case that takes one cannot be reached without the check.
import type { UserId } from '@shoebox/shared/ids.ts'

export type User = { readonly id: UserId; readonly name: string; readonly email: string }

declare const proof: unique symbol

/** Somebody whose address was confirmed and whose session was alive when the request came in. */
export type EmailVerified<U extends User> = U & {
  /** Hash of the session's token. */
  readonly sessionId: string
  readonly [proof]: true
}

/** Who stands behind a write. The statement checks both again, since the session may have ended in between. */
export type Author = { readonly userId: UserId; readonly sessionId: string }

export const authorOf = (user: EmailVerified<User>): Author => ({ userId: user.id, sessionId: user.sessionId })

/** What was read for somebody in the same trip that checked their session. */
export type CheckedRead<T> = { readonly user: EmailVerified<User>; readonly data: T }
