import type { DescribeItemDeps } from './describe-item.ts'
import type { EmptyTrashDeps } from './empty-trash.ts'
import type { FindGalleryItemDeps } from './find-gallery-item.ts'
import type { HideItemsDeps } from './hide-items.ts'
import type { ListGalleryIdsDeps } from './list-gallery-ids.ts'
import type { ListGalleryPageDeps } from './list-gallery-page.ts'
import type { ListGallerySinceDeps } from './list-gallery-since.ts'
import type { ListHiddenDeps } from './list-hidden.ts'
import type { ListTimelineDeps } from './list-timeline.ts'
import type { ListTrashDeps } from './list-trash.ts'
import type { MoveItemsDeps } from './move-items.ts'
import type { MoveToTrashDeps } from './move-to-trash.ts'
import type { RestoreItemsDeps } from './restore-items.ts'
import type { UnhideItemsDeps } from './unhide-items.ts'

export type GalleryDeps = DescribeItemDeps &
  EmptyTrashDeps &
  FindGalleryItemDeps &
  HideItemsDeps &
  ListGalleryIdsDeps &
  ListGalleryPageDeps &
  ListGallerySinceDeps &
  ListHiddenDeps &
  ListTimelineDeps &
  ListTrashDeps &
  MoveItemsDeps &
  MoveToTrashDeps &
  RestoreItemsDeps &
  UnhideItemsDeps
