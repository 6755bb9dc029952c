import { nothing } from '../trpc/ids.schema.ts'
import { openProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { countUnread } from './count-unread.ts'
import { listNotifications } from './list-notifications.ts'
import { markRead } from './mark-read.ts'
import { listOutput, markReadInput, unreadOutput } from './notifications.schema.ts'

export const notificationsRouter = router({
  list: openProcedure.output(listOutput).query(async ({ ctx }) => unwrap(await listNotifications(ctx.notifications))),

  unreadCount: openProcedure
    .output(unreadOutput)
    .query(async ({ ctx }) => unwrap(await countUnread(ctx.notifications))),

  markRead: signedInProcedure
    .input(markReadInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => await markRead(ctx.notifications, ctx.user, new Date(input.until))),
})
