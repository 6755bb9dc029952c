// What a gallery shows of an item: all that the feed does, and what its people said of it.
import type { Outputs } from '../api/client.ts'

export type GalleryPage = Outputs['gallery']['page']
export type GalleryNames = Outputs['gallery']['ids']
export type GalleryItem = GalleryPage['items'][number]
export type TimelineAnswer = Outputs['gallery']['timeline']
export type GroupId = Outputs['groups']['find']['group']['id']
export type GalleryFilter = {
  uploaders?: GalleryItem['owner']['id'][]
  kinds?: GalleryItem['kind'][]
  /** Days in the viewer's zone, `YYYY-MM-DD`, both included. */
  from?: string
  to?: string
}
