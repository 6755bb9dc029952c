import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { CreateInput } from './groups.schema.ts'
import { groupsMax } from './limits.ts'
import { actOf, type AuditedChange } from './member-of.ts'

export type CreateGroupDeps = SealDeps & {
  readonly nowMs: () => number
  readonly newGroupId: () => GroupId
  /** False: the author is in as many groups as one may be. */
  readonly createGroup: (group: AuditedChange & CreateInput & { groupsMax: number }) => Promise<boolean>
}

/** Makes a group that belongs to whoever makes it. */
export async function createGroup(
  deps: CreateGroupDeps,
  user: EmailVerified<User>,
  input: CreateInput,
): Promise<Result<{ groupId: GroupId }, { code: 'too_many_groups' }>> {
  const groupId = deps.newGroupId()
  const change = { author: authorOf(user), groupId, nowMs: deps.nowMs() }
  const audit = await deps.sealEntry(
    actOf(change, { action: 'group.created', subject: { kind: 'group', id: groupId } }),
  )
  const isCreated = await deps.createGroup({ ...input, ...change, audit, groupsMax })
  return isCreated ? accept({ groupId }) : refuse({ code: 'too_many_groups' })
}
