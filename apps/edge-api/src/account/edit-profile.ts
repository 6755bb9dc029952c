import { normalisePhone } from '@shoebox/shared/account/normalise-phone.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { EditProfileInput } from './account.schema.ts'

export type EditProfileDeps = {
  readonly nowMs: () => number
  readonly editProfile: (wish: {
    readonly author: Author
    readonly nowMs: number
    readonly name?: string
    readonly phone?: string | null
  }) => Promise<void>
}

/** Changes what somebody says about themselves; what is not given stays. An empty phone number is none. */
export async function editProfile(
  deps: EditProfileDeps,
  user: EmailVerified<User>,
  { name, phone: typed }: EditProfileInput,
): Promise<Result<Record<never, never>, { code: 'invalid_input'; fields: readonly string[] }>> {
  const phone = typed === undefined || typed === null || typed === '' ? null : normalisePhone(typed)
  if (phone === null && typed) return refuse({ code: 'invalid_input', fields: ['phone'] })
  if (name === undefined && typed === undefined) return accept({})
  await deps.editProfile({
    author: authorOf(user),
    nowMs: deps.nowMs(),
    ...(name !== undefined && { name }),
    ...(typed !== undefined && { phone }),
  })
  return accept({})
}
