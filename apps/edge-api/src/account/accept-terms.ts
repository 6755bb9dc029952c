import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type AcceptTermsDeps = {
  readonly nowMs: () => number
  readonly keepAcceptedTerms: (wish: {
    readonly author: Author
    readonly termsVersion: string
    readonly nowMs: number
  }) => Promise<void>
}

/** Keeps that somebody accepted the present terms. Another version is refused: they read what is no longer in force. */
export async function acceptTerms(
  deps: AcceptTermsDeps,
  user: EmailVerified<User>,
  version: string,
): Promise<Result<Record<never, never>, { code: 'terms_not_accepted' }>> {
  if (version !== termsVersion) return refuse({ code: 'terms_not_accepted' })
  await deps.keepAcceptedTerms({ author: authorOf(user), termsVersion, nowMs: deps.nowMs() })
  return accept({})
}
