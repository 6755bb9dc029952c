import type { CountUnreadDeps } from './count-unread.ts'
import type { ListNotificationsDeps } from './list-notifications.ts'
import type { MarkReadDeps } from './mark-read.ts'

export type NotificationsDeps = CountUnreadDeps & ListNotificationsDeps & MarkReadDeps
