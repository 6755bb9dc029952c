import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from './check-membership.ts'
import type { FindOutput } from './groups.schema.ts'
import { presentPicture, type PictureRow, type SignDelivery } from './picture.ts'

export type GroupRow = Omit<FindOutput['group'], 'cover' | 'createdAt'> & {
  readonly cover: PictureRow
  readonly createdAt: Date
}

export type FindGroupDeps = {
  readonly readGroup: (groupId: GroupId) => Promise<GroupRead<GroupRow | null>>
  readonly signDelivery: SignDelivery
}

/** One group, and what whoever asks is in it. */
export async function findGroup(deps: FindGroupDeps, groupId: GroupId): Promise<Result<FindOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readGroup(groupId), 'viewer')
  if (!checked.ok) return checked
  const { member, found } = checked.value
  if (found === null) return refuse({ code: 'not_found' })
  return accept({
    group: {
      ...found,
      cover: await presentPicture(deps.signDelivery, found.cover),
      createdAt: found.createdAt.toISOString(),
    },
    me: {
      role: member.role,
      notifications: member.notifications,
      joinedAt: member.joinedAt.toISOString(),
      seenAt: member.seenAt.toISOString(),
    },
  })
}
