import { nothing } from '../trpc/ids.schema.ts'
import { openProcedure, selfCheckingProcedure, router, signedInProcedure } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { countUnread } from './count-unread.ts'
import { findSettings } from './find-settings.ts'
import { listNotifications } from './list-notifications.ts'
import { markRead } from './mark-read.ts'
import { findMute, muteByLink } from './mute-by-link.ts'
import { listOutput, markReadInput, unreadOutput } from './notifications.schema.ts'
import * as push from './push.schema.ts'
import { setDigest } from './set-digest.ts'
import { subscribe } from './subscribe.ts'
import { unsubscribe } from './unsubscribe.ts'

export const notificationsRouter = router({
  list: selfCheckingProcedure
    .output(listOutput)
    .query(async ({ ctx }) => unwrap(await listNotifications(ctx.notifications()))),

  unreadCount: selfCheckingProcedure
    .output(unreadOutput)
    .query(async ({ ctx }) => unwrap(await countUnread(ctx.notifications()))),

  markRead: signedInProcedure
    .input(markReadInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => await markRead(ctx.notifications(), ctx.user, input)),

  settings: selfCheckingProcedure
    .output(push.settingsOutput)
    .query(async ({ ctx }) => unwrap(await findSettings(ctx.notifications()))),

  subscribe: signedInProcedure
    .input(push.subscribeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await subscribe(ctx.notifications(), ctx.user, input))),

  unsubscribe: signedInProcedure
    .input(push.unsubscribeInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => await unsubscribe(ctx.notifications(), ctx.user, input.id)),

  setDigest: signedInProcedure
    .input(push.setDigestInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => await setDigest(ctx.notifications(), ctx.user, input)),

  /** For whoever has the link from a mail, signed in or not. */
  findMute: openProcedure
    .input(push.findMuteInput)
    .output(push.muteOutput)
    .query(async ({ ctx, input }) => unwrap(await findMute(ctx.notifications(), input.token))),

  mute: openProcedure
    .input(push.muteInput)
    .output(push.muteOutput)
    .mutation(async ({ ctx, input }) => unwrap(await muteByLink(ctx.notifications(), input))),
})
