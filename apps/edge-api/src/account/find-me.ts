import type { EmailVerified, User } from '../sessions/signed-in.ts'

export type FindMeDeps = { readonly findSignedIn: () => Promise<EmailVerified<User> | null> }

/** Who is looking, or null. */
export async function findMe(deps: FindMeDeps): Promise<{ user: User | null }> {
  const user = await deps.findSignedIn()
  return { user: user === null ? null : { id: user.id, name: user.name, email: user.email } }
}
