import * as z from 'zod/mini'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { describeItem } from './describe-item.ts'
import { emptyTrash } from './empty-trash.ts'
import { findGalleryItem } from './find-gallery-item.ts'
import { hideItems } from './hide-items.ts'
import { listGalleryIds } from './list-gallery-ids.ts'
import { listGalleryPage } from './list-gallery-page.ts'
import { listGallerySince } from './list-gallery-since.ts'
import { listHidden } from './list-hidden.ts'
import { listTimeline } from './list-timeline.ts'
import { listTrash } from './list-trash.ts'
import { moveItems } from './move-items.ts'
import { moveToTrash } from './move-to-trash.ts'
import { restoreItems } from './restore-items.ts'
import { unhideItems } from './unhide-items.ts'
import {
  describeInput,
  emptyTrashInput,
  emptyTrashOutput,
  galleryItem,
  hiddenInput,
  hiddenOutput,
  idsInput,
  idsOutput,
  itemInput,
  itemsInput,
  movedOutput,
  moveInput,
  pageInput,
  pageOutput,
  sinceInput,
  sinceOutput,
  timelineInput,
  timelineOutput,
  trashInput,
  trashOutput,
} from './gallery.schema.ts'

export const galleryRouter = router({
  timeline: selfCheckingProcedure
    .input(timelineInput)
    .output(timelineOutput)
    .query(async ({ ctx, input }) => unwrap(await listTimeline(ctx.gallery(), input))),

  page: selfCheckingProcedure
    .input(pageInput)
    .output(pageOutput)
    .query(async ({ ctx, input }) => unwrap(await listGalleryPage(ctx.gallery(), input))),

  ids: selfCheckingProcedure
    .input(idsInput)
    .output(idsOutput)
    .query(async ({ ctx, input }) => unwrap(await listGalleryIds(ctx.gallery(), input))),

  since: selfCheckingProcedure
    .input(sinceInput)
    .output(sinceOutput)
    .query(async ({ ctx, input }) => unwrap(await listGallerySince(ctx.gallery(), input))),

  item: selfCheckingProcedure
    .input(itemInput)
    .output(galleryItem)
    .query(async ({ ctx, input }) => unwrap(await findGalleryItem(ctx.gallery(), input.mediaId))),

  trash: selfCheckingProcedure
    .input(z.prefault(trashInput, {}))
    .output(trashOutput)
    .query(async ({ ctx, input }) => unwrap(await listTrash(ctx.gallery(), input))),

  moveToTrash: signedInProcedure
    .input(itemsInput)
    .output(movedOutput)
    .mutation(({ ctx, input }) => moveToTrash(ctx.gallery(), ctx.user, input.mediaIds)),

  restore: signedInProcedure
    .input(itemsInput)
    .output(movedOutput)
    .mutation(({ ctx, input }) => restoreItems(ctx.gallery(), ctx.user, input.mediaIds)),

  emptyTrash: signedInProcedure
    .input(z.prefault(emptyTrashInput, {}))
    .output(emptyTrashOutput)
    .mutation(({ ctx, input }) => emptyTrash(ctx.gallery(), ctx.user, input.mediaIds)),

  hide: signedInProcedure
    .input(itemsInput)
    .output(movedOutput)
    .mutation(({ ctx, input }) => hideItems(ctx.gallery(), ctx.user, input.mediaIds)),

  unhide: signedInProcedure
    .input(itemsInput)
    .output(nothing)
    .mutation(({ ctx, input }) => unhideItems(ctx.gallery(), ctx.user, input.mediaIds)),

  hidden: selfCheckingProcedure
    .input(hiddenInput)
    .output(hiddenOutput)
    .query(async ({ ctx, input }) => unwrap(await listHidden(ctx.gallery(), input))),

  move: signedInProcedure
    .input(moveInput)
    .output(movedOutput)
    .mutation(({ ctx, input }) => moveItems(ctx.gallery(), ctx.user, input)),

  describe: signedInProcedure
    .input(describeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await describeItem(ctx.gallery(), ctx.user, input))),
})
