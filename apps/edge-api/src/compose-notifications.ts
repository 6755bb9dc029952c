// The wiring of how people are told: which store answers which question. compose.ts calls it with what it constructed.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import * as mutes from '@shoebox/db/stores/mute-store.ts'
import * as notifications from '@shoebox/db/stores/notification-store.ts'
import * as pushes from '@shoebox/db/stores/push-store.ts'
import type { GroupParts } from './compose-groups.ts'
import type { MuteByLinkDeps } from './notifications/mute-by-link.ts'
import type { NotificationsDeps } from './notifications/notifications-deps.ts'

/** What an isolate keeps for it. */
export type TellingParts = Pick<NotificationsDeps, 'pushKey' | 'ownPushOrigin' | 'isLinkMac'>

export function composeNotifications(parts: GroupParts, telling: TellingParts): NotificationsDeps {
  const { db, nowMs, checked, signDelivery } = parts
  return {
    ...composeMutes(db, telling),
    ...telling,
    nowMs,
    signDelivery,
    readNotifications: (rowsMax) =>
      checked((sessionId) => notifications.findNotifications(db, { sessionId, nowMs: nowMs(), rowsMax })),
    readUnreadCount: () => checked((sessionId) => notifications.countUnread(db, { sessionId, nowMs: nowMs() })),
    markRead: (wish) => notifications.markRead(db, wish),
    readSettings: () => checked((sessionId) => pushes.findPushSettings(db, { sessionId, nowMs: nowMs() })),
    keepSubscription: (wish) => pushes.keepSubscription(db, wish),
    dropSubscription: (wish) => pushes.dropSubscription(db, wish),
    keepZone: (wish) => pushes.keepZone(db, wish),
    keepDigest: (wish) => pushes.keepDigest(db, wish),
  }
}

export const composeMutes = (db: EdgeDatabase, { isLinkMac }: TellingParts): MuteByLinkDeps => ({
  isLinkMac,
  findMuteState: (muted) => mutes.findMuteState(db, muted),
  setLevel: (wish) => mutes.setLevel(db, wish),
  setFrequency: (wish) => mutes.setFrequency(db, wish),
})
