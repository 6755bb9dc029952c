import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { formatCursor, positionAt } from '../feed/feed-cursor.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { GalleryPage, PageInput } from './gallery.schema.ts'
import { presentGalleryItem, type GalleryRow } from './present-gallery-item.ts'
import { formatPosition } from './timeline-cursor.ts'

type Position = { timelineAtMs: number; id: MediaId }

export type ListGalleryPageDeps = PresentItemDeps & {
  readonly nowMs: () => number
  readonly readGalleryPage: (wish: {
    groupId: GroupId
    filter: PageInput['filter']
    zone: string
    after: Position | null
    rowsMax: number
  }) => Promise<GroupRead<readonly GalleryRow[]>>
}

/** One page of a group's gallery in the order of its timeline, newest first, without what the viewer has hidden. */
export async function listGalleryPage(
  deps: ListGalleryPageDeps,
  { groupId, filter, zone, cursor, size }: PageInput,
): Promise<Result<GalleryPage, MembershipRefusal>> {
  const askedAtMs = deps.nowMs()
  const after = cursor === undefined ? null : { timelineAtMs: cursor.atMs, id: cursor.id }
  // One row more than asked for tells whether there is another page.
  const wish = { groupId, filter, zone, after, rowsMax: size + 1 }
  const checked = checkMembership(await deps.readGalleryPage(wish), 'viewer')
  if (!checked.ok) return checked
  const { member, found } = checked.value
  const shown = found.slice(0, size)
  const oldest = shown.at(-1)
  return accept({
    items: await Promise.all(shown.map((row) => presentGalleryItem(deps, member.user.id, row))),
    nextCursor:
      found.length > size && oldest !== undefined
        ? formatPosition({ atMs: oldest.timelineAt.getTime(), id: oldest.id })
        : null,
    sinceCursor: formatCursor(positionAt(askedAtMs)),
  })
}
