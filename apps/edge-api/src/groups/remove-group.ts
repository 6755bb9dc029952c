import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from './member-of.ts'

export type RemoveGroupDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: the author is not the owner (any more), or the group has another name. */
  readonly removeGroup: (change: AuditedChange & { name: string }) => Promise<boolean>
}

/** Ends a group with everything in it. Nobody can reach it from then on; objects go from S3 through the outbox. */
export async function removeGroup(
  deps: RemoveGroupDeps,
  owner: MemberOf<'owner'>,
  name: string,
): Promise<Result<Record<string, never>, { code: 'name_differs' }>> {
  const change = changeBy(owner, deps.nowMs())
  const audit = await deps.sealEntry(
    actOf(change, { action: 'group.deleted', subject: { kind: 'group', id: owner.groupId } }),
  )
  const isRemoved = await deps.removeGroup({ ...change, audit, name })
  return isRemoved ? accept({}) : refuse({ code: 'name_differs' })
}
