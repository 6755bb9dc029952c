import type { FinishedDeparture } from '@shoebox/db/stores/receipt-store.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { pathOfCopies } from '../purge/path-of-copies.ts'

export type SendReceiptsDeps = {
  /** Departures of which S3 lists nothing any more, and no edge has a copy. */
  readonly findFinishedDepartures: (rowsMax: number) => Promise<readonly FinishedDeparture[]>
  readonly forgetDeparture: (userId: UserId) => Promise<void>
  readonly queueMail: (mail: MailMessage) => Promise<void>
}

const rowsPerRound = 50

/** Tells people whose account was deleted what went with it, then forgets their address. Answers how many. */
export async function sendReceipts(deps: SendReceiptsDeps): Promise<number> {
  const finished = await deps.findFinishedDepartures(rowsPerRound)
  for (const { userId, email, copies, ...receipt } of finished) {
    const { mediaIds, ...counts } = copies
    const paths = mediaIds.map(pathOfCopies)
    // Told first: if this is cut off, the same receipt comes twice, which is better than never.
    await deps.queueMail({
      version: 1,
      template: 'account-deleted',
      to: email,
      ...receipt,
      copies: { ...counts, paths },
    })
    await deps.forgetDeparture(userId)
  }
  return finished.length
}
