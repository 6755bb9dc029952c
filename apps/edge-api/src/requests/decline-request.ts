import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from '../groups/member-of.ts'

export type DeclineRequestDeps = SealDeps & {
  readonly nowMs: () => number
  readonly declineRequest: (change: AuditedChange & { userId: UserId }) => Promise<boolean>
}

/** Says no to somebody who asked. */
export async function declineRequest(
  deps: DeclineRequestDeps,
  admin: MemberOf<'admin'>,
  userId: UserId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const change = changeBy(admin, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'request.declined', subject: { kind: 'user', id: userId } }),
  )
  const isDeclined = await deps.declineRequest({ ...change, audit, userId })
  return isDeclined ? accept({}) : refuse({ code: 'not_found' })
}
