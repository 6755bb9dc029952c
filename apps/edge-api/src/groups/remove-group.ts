import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type RemoveGroupDeps = {
  readonly nowMs: () => number
  /** False: the author is not the owner (any more), or the group has another name. */
  readonly removeGroup: (change: GroupChange & { name: string }) => Promise<boolean>
}

/** Ends a group with everything in it. Nobody can reach it from then on; objects go from S3 through the outbox. */
export async function removeGroup(
  deps: RemoveGroupDeps,
  owner: MemberOf<'owner'>,
  name: string,
): Promise<Result<Record<string, never>, { code: 'name_differs' }>> {
  const isRemoved = await deps.removeGroup({ ...changeBy(owner, deps.nowMs()), name: name.trim() })
  return isRemoved ? accept({}) : refuse({ code: 'name_differs' })
}
