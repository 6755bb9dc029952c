// One line about a message for people who look at queues. What may be shown is listed, not what must be hidden: a code,
// an address or a name can not slip through because a message got a new field.
import * as z from 'zod'
import type { QueueName } from '../cloud-names.ts'

const id = z.string().regex(/^[\w-]{1,80}$/)
const word = z.string().regex(/^[\w./+-]{1,80}$/)

const shown: Readonly<Record<QueueName, z.ZodType<Record<string, unknown>>>> = {
  uploads: z
    .object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string().max(200) }) }) })).min(1) })
    .transform(({ Records }) => ({ keys: Records.map(({ s3 }) => s3.object.key).join(', ') })),
  videos: z.object({ mediaId: id, type: word, bytes: z.number() }),
  outcomes: z.object({ mediaId: id, outcome: word, reason: word.optional() }),
  mail: z.object({ template: word }),
  bounces: z.object({ eventType: word }),
  notices: z.object({ deliveryId: z.number() }),
}

/** @returns such as `mediaId med_… outcome ready` */
export function summariseMessage(queue: QueueName, body: string): string {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return `${body.length} characters that are not JSON`
  }
  const known = shown[queue].safeParse(json)
  if (!known.success) return `${body.length} characters of JSON that are not what this queue carries`
  return Object.entries(known.data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' ')
}
