import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { HiddenInput, HiddenOutput } from './gallery.schema.ts'
import { presentGalleryItem, type GalleryRow } from './present-gallery-item.ts'

export type ListHiddenDeps = PresentItemDeps & {
  readonly readHidden: (wish: {
    groupId: GroupId
    after: MediaId | null
    rowsMax: number
  }) => Promise<GroupRead<readonly GalleryRow[]>>
}

/** What one has hidden in a gallery. */
export async function listHidden(
  deps: ListHiddenDeps,
  { groupId, cursor, size }: HiddenInput,
): Promise<Result<HiddenOutput, MembershipRefusal>> {
  const read = await deps.readHidden({ groupId, after: cursor ?? null, rowsMax: size + 1 })
  const checked = checkMembership(read, 'viewer')
  if (!checked.ok) return checked
  const { member, found } = checked.value
  const shown = found.slice(0, size)
  return accept({
    items: await Promise.all(shown.map((row) => presentGalleryItem(deps, member.user.id, row))),
    nextCursor: found.length > size ? (shown.at(-1)?.id ?? null) : null,
  })
}
