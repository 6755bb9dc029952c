// The words of notifications in the language in use.
import { enNotifications } from './en-notifications.ts'

export const notificationWords: typeof enNotifications = enNotifications
