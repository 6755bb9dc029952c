import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'

export type FindMeDeps = { readonly findSignedIn: () => Promise<EmailVerified<User> | null> }

/** Who is looking, or null, and whether they have to accept the terms before they do anything. */
export async function findMe(deps: FindMeDeps): Promise<{ user: User | null; mustAcceptTerms: boolean }> {
  const user = await deps.findSignedIn()
  if (user === null) return { user: null, mustAcceptTerms: false }
  return {
    user: { id: user.id, name: user.name, email: user.email },
    mustAcceptTerms: user.termsVersion !== termsVersion,
  }
}
