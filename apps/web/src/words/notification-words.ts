// The words of notifications in the language in use.
import { enNotifications } from './en-notifications.ts'
import { inLanguage } from './translation.ts'

export const notificationWords = inLanguage(enNotifications, {
  tr: async () => (await import('./tr-notifications.ts')).trNotifications,
})
