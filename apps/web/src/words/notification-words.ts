// The words of notifications in the language in use.
import { enNotifications } from './en-notifications.ts'
import { translated } from './translation.ts'

export const notificationWords: typeof enNotifications = translated('notifications', enNotifications)
