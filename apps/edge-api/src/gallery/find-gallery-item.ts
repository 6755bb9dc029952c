import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { GalleryItem } from './gallery.schema.ts'
import { presentGalleryItem, type GalleryRow } from './present-gallery-item.ts'

export type FindGalleryItemDeps = PresentItemDeps & {
  /** Null inside: no gallery of theirs has it. */
  readonly readGalleryItem: (mediaId: MediaId) => Promise<CheckedRead<GalleryRow | null> | null>
}

/** One item of a gallery that the viewer belongs to. */
export async function findGalleryItem(
  deps: FindGalleryItemDeps,
  mediaId: MediaId,
): Promise<Result<GalleryItem, { code: 'sign_in_needed' | 'not_found' }>> {
  const read = await deps.readGalleryItem(mediaId)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  if (read.data === null) return refuse({ code: 'not_found' })
  return accept(await presentGalleryItem(deps, read.user.id, read.data))
}
