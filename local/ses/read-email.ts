// Takes a simple email out of SendEmail's JSON. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
import type { Mail } from './mail-store.ts'

/** Null when something is missing that SES insists on. */
export function readEmail(body: Buffer): Omit<Mail, 'id' | 'sentMs'> | null {
  let email: unknown
  try {
    email = JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
  const from = readAt(email, 'FromEmailAddress')
  const addresses = readAt(email, 'Destination', 'ToAddresses')
  const to = Array.isArray(addresses) ? addresses.join(', ') : ''
  const simple = readAt(email, 'Content', 'Simple')
  const subject = readAt(simple, 'Subject', 'Data')
  const text = readAt(simple, 'Body', 'Text', 'Data')
  const html = readAt(simple, 'Body', 'Html', 'Data')
  if (typeof from !== 'string' || to === '' || typeof subject !== 'string') return null
  if (typeof text !== 'string' && typeof html !== 'string') return null
  const headers = readHeaders(readAt(simple, 'Headers'))
  return {
    ...{ from, to, subject, headers },
    text: typeof text === 'string' ? text : '',
    html: typeof html === 'string' ? html : '',
  }
}

function readHeaders(given: unknown): Record<string, string> {
  const headers: unknown[] = Array.isArray(given) ? given : []
  return Object.fromEntries(headers.map((header) => [String(readAt(header, 'Name')), String(readAt(header, 'Value'))]))
}

function readAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([key]) => key === name)?.[1]
        : undefined,
    value,
  )
}
