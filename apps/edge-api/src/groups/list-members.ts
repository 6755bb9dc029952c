import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from './check-membership.ts'
import type { MembersOutput } from './groups.schema.ts'
import { presentPicture, type PictureRow, type SignDelivery } from './picture.ts'

type Member = MembersOutput['members'][number]

export type MemberRow = Omit<Member, 'avatar' | 'joinedAt'> & { readonly avatar: PictureRow; readonly joinedAt: Date }

export type ListMembersDeps = {
  readonly readMembers: (groupId: GroupId) => Promise<GroupRead<readonly MemberRow[]>>
  readonly signDelivery: SignDelivery
}

/** Everybody in the group: names and avatars, never addresses. */
export async function listMembers(
  deps: ListMembersDeps,
  groupId: GroupId,
): Promise<Result<MembersOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readMembers(groupId), 'viewer')
  if (!checked.ok) return checked
  const members = checked.value.found.map(async (row) => ({
    ...row,
    avatar: await presentPicture(deps.signDelivery, row.avatar),
    joinedAt: row.joinedAt.toISOString(),
  }))
  return accept({ members: await Promise.all(members) })
}
