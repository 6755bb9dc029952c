import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import { requireAdministrator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { FindAccountOutput } from './admin.schema.ts'

export type AccountRow = {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly plan: PlanName
  readonly role: SiteRole
  readonly createdAt: Date
}

export type FindAccountDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads the account of an address, in one trip. */
  readonly readAccount: (email: string) => Promise<CheckedRead<AccountRow | null> | null>
}

/** The account of an address, for administrators. */
export async function findAccount(
  deps: FindAccountDeps,
  email: string,
): Promise<Result<FindAccountOutput, { code: 'sign_in_needed' | 'not_found' | 'step_up_needed' }>> {
  const read = await deps.readAccount(email)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const administrator = requireAdministrator(read.user, deps.nowMs())
  if (!administrator.ok) return administrator
  if (read.data === null) return refuse({ code: 'not_found' })
  return accept({ account: { ...read.data, createdAt: read.data.createdAt.toISOString() } })
}
