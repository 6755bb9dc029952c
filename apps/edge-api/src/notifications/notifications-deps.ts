import type { CountUnreadDeps } from './count-unread.ts'
import type { FindSettingsDeps } from './find-settings.ts'
import type { ListNotificationsDeps } from './list-notifications.ts'
import type { MarkReadDeps } from './mark-read.ts'
import type { MuteByLinkDeps } from './mute-by-link.ts'
import type { SetDigestDeps } from './set-digest.ts'
import type { SubscribeDeps } from './subscribe.ts'
import type { UnsubscribeDeps } from './unsubscribe.ts'

export type NotificationsDeps = CountUnreadDeps &
  FindSettingsDeps &
  ListNotificationsDeps &
  MarkReadDeps &
  MuteByLinkDeps &
  SetDigestDeps &
  SubscribeDeps &
  UnsubscribeDeps
