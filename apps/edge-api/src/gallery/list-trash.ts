import { trashDays } from '@shoebox/shared/groups/policies.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { TrashInput, TrashOutput } from './gallery.schema.ts'
import { presentGalleryItem, type GalleryRow } from './present-gallery-item.ts'
import { formatPosition } from './timeline-cursor.ts'

const trashMs = trashDays * 24 * 3_600_000

export type TrashRow = GalleryRow & {
  readonly groupName: string | null
  readonly trashedAt: Date
  readonly isTakenOut: boolean
}

export type ListTrashDeps = PresentItemDeps & {
  readonly readTrash: (wish: {
    groupId: GroupId | null
    after: { trashedAtMs: number; id: MediaId } | null
    rowsMax: number
  }) => Promise<CheckedRead<readonly TrashRow[]> | null>
}

/** What lies in the trash and when it is ended: one's own, and for admins of a group what they took out of it. */
export async function listTrash(
  deps: ListTrashDeps,
  { groupId, cursor, size }: TrashInput,
): Promise<Result<TrashOutput, { code: 'sign_in_needed' }>> {
  const after = cursor === undefined ? null : { trashedAtMs: cursor.atMs, id: cursor.id }
  const read = await deps.readTrash({ groupId, after, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const shown = read.data.slice(0, size)
  const last = shown.at(-1)
  const items = shown.map(async (row) => ({
    ...(await presentGalleryItem(deps, read.user.id, row)),
    groupName: row.groupName,
    trashedAt: row.trashedAt.toISOString(),
    purgeAt: new Date(row.trashedAt.getTime() + trashMs).toISOString(),
    isTakenOut: row.isTakenOut,
  }))
  return accept({
    items: await Promise.all(items),
    nextCursor:
      read.data.length > size && last !== undefined
        ? formatPosition({ atMs: last.trashedAt.getTime(), id: last.id })
        : null,
  })
}
