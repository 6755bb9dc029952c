// Authority as a value. Only check-session.ts makes an EmailVerified<User> and only check-authority.ts what is more than
// that (a test looks for other assertions), so a use case that takes one cannot be reached without the check.
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { UserId } from '@shoebox/shared/ids.ts'

export type User = { readonly id: UserId; readonly name: string; readonly email: string }

declare const proof: unique symbol

/** Somebody whose address was confirmed and whose session was alive when the request came in. */
export type EmailVerified<U extends User> = U & {
  /** Hash of the session's token. */
  readonly sessionId: string
  readonly role: SiteRole
  /** Which terms they accepted last. */
  readonly termsVersion: string | null
  /** Until when a code that was entered in this session counts. */
  readonly steppedUpUntil: Date | null
  readonly [proof]: true
}

declare const stepUpProof: unique symbol
declare const moderatorProof: unique symbol
declare const administratorProof: unique symbol

/** Somebody who entered a mailed code in this session lately. */
export type SteppedUp<U extends EmailVerified<User>> = U & { readonly [stepUpProof]: true }

/** Somebody who may judge what others posted, and was asked for a code lately. */
export type Moderator = SteppedUp<EmailVerified<User>> & { readonly [moderatorProof]: true }

/** Somebody who may look after the site; every administrator is a moderator as well. */
export type Administrator = Moderator & { readonly [administratorProof]: true }

/** Who stands behind a write. The statement checks both again, since the session may have ended in between. */
export type Author = { readonly userId: UserId; readonly sessionId: string }

export const authorOf = (user: EmailVerified<User>): Author => ({ userId: user.id, sessionId: user.sessionId })

/** What was read for somebody in the same trip that checked their session. */
export type CheckedRead<T> = { readonly user: EmailVerified<User>; readonly data: T }
