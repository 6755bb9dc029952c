import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { WarningId } from '@shoebox/shared/ids.ts'
import type { CheckedRead, User } from '../sessions/signed-in.ts'

/** What a moderator has to say to somebody, until they have taken note of it. */
export type WaitingWarning = { readonly id: WarningId; readonly reason: string }

export type FindMeDeps = {
  /** Checks the session and reads the oldest warning that waits, in one trip. */
  readonly readMe: () => Promise<CheckedRead<WaitingWarning | null> | null>
}

type Me = { user: User | null; mustAcceptTerms: boolean; warning: WaitingWarning | null }

/**
 * Who is looking, or null, and what they have to read before they do anything. The cookie of a session that is none any
 * more is left be: by the time the answer arrives, it may be that of a sign-in in another tab.
 */
export async function findMe(deps: FindMeDeps): Promise<Me> {
  const read = await deps.readMe()
  if (read === null) return { user: null, mustAcceptTerms: false, warning: null }
  const { id, name, email } = read.user
  return {
    user: { id, name, email },
    mustAcceptTerms: read.user.termsVersion !== termsVersion,
    warning: read.data,
  }
}
