import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { CreateInput } from './groups.schema.ts'
import { groupsMax } from './limits.ts'

export type CreateGroupDeps = {
  readonly nowMs: () => number
  readonly newGroupId: () => GroupId
  /** False: the author is in as many groups as one may be. */
  readonly createGroup: (
    group: CreateInput & { author: Author; groupId: GroupId; groupsMax: number; nowMs: number },
  ) => Promise<boolean>
}

/** Makes a group that belongs to whoever makes it. */
export async function createGroup(
  deps: CreateGroupDeps,
  user: EmailVerified<User>,
  input: CreateInput,
): Promise<Result<{ groupId: GroupId }, { code: 'too_many_groups' }>> {
  const groupId = deps.newGroupId()
  const wish = { ...input, author: authorOf(user), groupId, groupsMax, nowMs: deps.nowMs() }
  return (await deps.createGroup(wish)) ? accept({ groupId }) : refuse({ code: 'too_many_groups' })
}
