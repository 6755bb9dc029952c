import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { formatCursor } from '../feed/feed-cursor.ts'
import { pageSizeMax } from '../feed/page-size.ts'
import { rereadMs } from '../feed/list-since.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { SinceInput, SinceOutput } from './gallery.schema.ts'
import { presentGalleryItem, type GalleryRow } from './present-gallery-item.ts'

export type ListGallerySinceDeps = PresentItemDeps & {
  /** What became visible at or after the moment, newest first. */
  readonly readGallerySince: (
    groupId: GroupId,
    fromMs: number,
    rowsMax: number,
  ) => Promise<GroupRead<readonly GalleryRow[]>>
}

/** What came into the gallery after the cursor, and again the last seconds before it: the client drops what it has. */
export async function listGallerySince(
  deps: ListGallerySinceDeps,
  { groupId, after }: SinceInput,
): Promise<Result<SinceOutput, MembershipRefusal>> {
  const fromMs = Math.max(0, after.publishedAtMs - rereadMs)
  const checked = checkMembership(await deps.readGallerySince(groupId, fromMs, pageSizeMax + 1), 'viewer')
  if (!checked.ok) return checked
  const { member, found } = checked.value
  const shown = found.slice(0, pageSizeMax)
  const newest = shown[0]
  // The newest row may be one of those read again: never go back.
  const reached =
    newest !== undefined && newest.publishedAt.getTime() >= after.publishedAtMs
      ? { publishedAtMs: newest.publishedAt.getTime(), id: newest.id }
      : after
  return accept({
    items: await Promise.all(shown.map((row) => presentGalleryItem(deps, member.user.id, row))),
    sinceCursor: formatCursor(reached),
    isComplete: found.length <= pageSizeMax,
  })
}
