// One message of the `bounces` queue: SES's event about a mail that came back or was called unwanted. The address gets
// no more mail; its owner is told in the app. Written down twice it says the same, so any repetition is harmless.
import * as z from 'zod'
import type { Log } from '../log.ts'

export type KeepReturnDeps = {
  readonly suppressAddress: (suppression: {
    address: string
    reason: 'bounce' | 'complaint'
    nowMs: number
  }) => Promise<void>
  readonly nowMs: () => number
  readonly log: Log
}

const recipients = z.array(z.object({ emailAddress: z.string().min(3).max(320) })).max(50)

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const returnSchema = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Bounce'),
    bounce: z.object({ bounceType: z.string().max(60), bouncedRecipients: recipients }),
  }),
  z.object({ eventType: z.literal('Complaint'), complaint: z.object({ complainedRecipients: recipients }) }),
])

export async function keepReturn(deps: KeepReturnDeps, body: string): Promise<void> {
  const event = readReturn(body)
  if (event.eventType === 'Bounce' && event.bounce.bounceType !== 'Permanent') {
    // A full mailbox or a server that is down: the next mail may well arrive.
    return deps.log.info('bounce_passing', { bounceType: event.bounce.bounceType })
  }
  const [reason, returned] =
    event.eventType === 'Bounce'
      ? (['bounce', event.bounce.bouncedRecipients] as const)
      : (['complaint', event.complaint.complainedRecipients] as const)
  for (const { emailAddress } of returned)
    await deps.suppressAddress({ address: bareAddress(emailAddress), reason, nowMs: deps.nowMs() })
  deps.log.info('addresses_suppressed', { reason, count: returned.length })
}

/** SES repeats the address as it was given, sometimes with its name. */
const bareAddress = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase()

/** Says what is wrong without quoting it: it holds addresses. */
function readReturn(body: string): z.infer<typeof returnSchema> {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw new Error('not JSON')
  }
  const event = returnSchema.safeParse(json)
  if (event.success) return event.data
  throw new Error(`not an event of SES: ${event.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
}
