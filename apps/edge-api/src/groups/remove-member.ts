import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from './member-of.ts'
import type { MemberChangeAnswer } from './set-role.ts'

export type RemoveMemberDeps = SealDeps & {
  readonly nowMs: () => number
  readonly removeMember: (
    change: AuditedChange & { userId: UserId; items: 'keep' | 'withdraw' },
  ) => Promise<MemberChangeAnswer>
}

/**
 * Removes a member below oneself. The API refuses them at once; signatures that they hold open pictures for another
 * 15 minutes at most. They come back only when an admin approves.
 */
export async function removeMember(
  deps: RemoveMemberDeps,
  admin: MemberOf<'admin'>,
  { userId, items }: { userId: UserId; items: 'keep' | 'withdraw' },
): Promise<Result<Record<string, never>, { code: 'not_found' | 'role_too_low' }>> {
  const change = changeBy(admin, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'member.removed', subject: { kind: 'user', id: userId }, detail: { items } }),
  )
  const answer = await deps.removeMember({ ...change, audit, userId, items })
  return answer === 'done' ? accept({}) : refuse({ code: answer })
}
