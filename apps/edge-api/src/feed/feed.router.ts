import * as z from 'zod/mini'
import { openProcedure, selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { findDetails } from './find-details.ts'
import { findItem } from './find-item.ts'
import { findLikedAmong } from './find-liked-among.ts'
import { listPage } from './list-page.ts'
import { listSince } from './list-since.ts'
import {
  detailsOutput,
  feedItem,
  itemInput,
  likedAmongInput,
  likedAmongOutput,
  pageInput,
  pageOutput,
  sinceInput,
  sinceOutput,
} from './feed.schema.ts'

export const feedRouter = router({
  /** The same for every viewer but for what is of people apart from them; their own likes come from `likedAmong`. */
  page: openProcedure
    .input(z.prefault(pageInput, {}))
    .output(pageOutput)
    .query(({ ctx, input }) => listPage(ctx.feed(), ctx.visitor, input)),

  since: openProcedure
    .input(sinceInput)
    .output(sinceOutput)
    .query(({ ctx, input }) => listSince(ctx.feed(), input.after)),

  item: openProcedure
    .input(itemInput)
    .output(feedItem)
    .query(async ({ ctx, input }) => unwrap(await findItem(ctx.feed(), input.mediaId))),

  /** What the viewer shows beside an item. */
  details: openProcedure
    .input(itemInput)
    .output(detailsOutput)
    .query(async ({ ctx, input }) => unwrap(await findDetails(ctx.feed(), input.mediaId))),

  likedAmong: selfCheckingProcedure
    .input(likedAmongInput)
    .output(likedAmongOutput)
    .query(async ({ ctx, input }) => unwrap(await findLikedAmong(ctx.feed(), input.mediaIds))),
})
