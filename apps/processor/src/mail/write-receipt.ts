// The receipt for a deleted account.
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { writeDay } from './write-day.ts'

type Receipt = Extract<MailMessage, { template: 'account-deleted' }>

/** What went with an account, where copies of it were, and that nothing is left. */
export function writeReceipt({ items, objects, bytes, copies, ...left }: Receipt): {
  subject: string
  paragraphs: string[]
} {
  const { itemsHandedOver, itemsWithoutRoom, groupsHandedOver, groupsEnded } = left
  return {
    subject: 'Your Shoebox account is deleted',
    paragraphs: [
      'Your account is gone. This is what was deleted:',
      `Items: ${items}. Files in storage, with every smaller picture made from them: ${objects}, ${(bytes / 2 ** 20).toFixed(1)} MB in all.`,
      ...(itemsHandedOver > 0
        ? [`Handed over to the owners of your groups, without your name: ${itemsHandedOver}.`]
        : []),
      ...(itemsWithoutRoom > 0
        ? [`To be handed over, but deleted, because their new owner has no room for them: ${itemsWithoutRoom}.`]
        : []),
      ...(groupsHandedOver > 0 ? [`Groups that somebody else owns now: ${groupsHandedOver}.`] : []),
      ...(groupsEnded > 0 ? [`Groups that ended, with everything in them: ${groupsEnded}.`] : []),
      'After deleting, we listed what is stored under each deleted item, and nothing was left. Copies in back-ups of the database are overwritten within days.',
      writeCopies(copies),
      'This is the last mail about it. Your address is not kept.',
    ],
  }
}

/** What became of copies in the delivery network, which are nearer to people than the storage. */
function writeCopies({ shown, dropped, lastAt, paths }: Receipt['copies']): string {
  if (shown === 0) return 'Nothing of it was ever shown: the delivery network has no copies.'
  if (dropped === 0 || lastAt === null)
    return 'This site has no delivery network that keeps copies: what was shown came from storage, where nothing is left.'
  const more = dropped - paths.length
  return [
    `The delivery network dropped its copies of ${dropped} ${dropped === 1 ? 'item' : 'items'} everywhere, the last on ${writeDay(lastAt)} UTC: ${paths.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    'Addresses of downloads ended within 15 minutes, and what the network keeps of those files ends within a day.',
  ].join(' ')
}
