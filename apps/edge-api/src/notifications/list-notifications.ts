import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { GroupId, MediaId, UserId } from '@shoebox/shared/ids.ts'
import type { NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { ListOutput } from './notifications.schema.ts'

export type NotificationRow = {
  readonly id: number
  readonly kind: NoticeKind
  readonly count: number
  readonly lastAt: Date
  readonly isRead: boolean
  readonly groupId: GroupId | null
  readonly groupName: string | null
  readonly role: Role | null
  readonly actorId: UserId
  readonly actorName: string
  readonly avatar: PictureRow
  readonly mediaId: MediaId | null
}

export type ListNotificationsDeps = {
  readonly readNotifications: (rowsMax: number) => Promise<CheckedRead<readonly NotificationRow[]> | null>
  readonly signDelivery: SignDelivery
}

const rowsMax = 100

/** What whoever asks was told, the latest first. */
export async function listNotifications(
  deps: ListNotificationsDeps,
): Promise<Result<ListOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readNotifications(rowsMax)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  return accept({ notifications: await Promise.all(read.data.map((row) => present(deps, row))) })
}

const present = async (
  { signDelivery }: ListNotificationsDeps,
  { groupId, groupName, role, actorId, actorName, avatar, lastAt, ...row }: NotificationRow,
): Promise<ListOutput['notifications'][number]> => ({
  ...row,
  actor: { id: actorId, name: actorName, avatar: await presentPicture(signDelivery, avatar) },
  group: groupId === null || groupName === null ? null : { id: groupId, name: groupName, role },
  lastAt: lastAt.toISOString(),
})
