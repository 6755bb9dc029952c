import type { GroupId, MediaId, UserId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { GalleryIds, IdsInput } from './gallery.schema.ts'
import { formatPosition } from './timeline-cursor.ts'

export type ListGalleryIdsDeps = {
  readonly readGalleryIds: (wish: {
    groupId: GroupId
    filter: IdsInput['filter']
    zone: string
    after: { timelineAtMs: number; id: MediaId } | null
    rowsMax: number
  }) => Promise<GroupRead<readonly { id: MediaId; ownerId: UserId; timelineAt: Date }[]>>
}

/** Some thousand items of a group's gallery by name alone, in the order of its timeline, without what the viewer has hidden. */
export async function listGalleryIds(
  deps: ListGalleryIdsDeps,
  { groupId, filter, zone, cursor, size }: IdsInput,
): Promise<Result<GalleryIds, MembershipRefusal>> {
  const after = cursor === undefined ? null : { timelineAtMs: cursor.atMs, id: cursor.id }
  // One row more than asked for tells whether there is another page.
  const checked = checkMembership(
    await deps.readGalleryIds({ groupId, filter, zone, after, rowsMax: size + 1 }),
    'viewer',
  )
  if (!checked.ok) return checked
  const { member, found } = checked.value
  const named = found.slice(0, size)
  const oldest = named.at(-1)
  return accept({
    items: named.map(({ id, ownerId }) => ({ id, isMine: ownerId === member.user.id })),
    nextCursor:
      found.length > size && oldest !== undefined
        ? formatPosition({ atMs: oldest.timelineAt.getTime(), id: oldest.id })
        : null,
  })
}
