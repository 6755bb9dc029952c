// The words of what one was told, in English. Apart from the rest, because they are fetched with their screen.
import { noticeSentences } from '@shoebox/shared/notices/sentences.ts'

export const enNotifications = {
  list: 'Notifications, newest first',
  emptyTitle: 'Nothing yet',
  empty: 'When somebody comments on or likes something of yours, or adds to a group of yours, it stands here.',
  failedTitle: 'Your notifications did not load',
  unread: 'New',
  toSettings: 'How you are told',
  sentences: { ...noticeSentences },
}
