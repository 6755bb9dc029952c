// One message of the `mail` queue becomes one mail. SES takes no idempotency key: a message delivered twice by SQS is
// mailed twice, with the same code, which does no harm. Whatever fails is thrown and comes again.
import { mailMessageSchema, type MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import type { Log } from '../log.ts'
import { composeMail, type Mail } from './compose-mail.ts'

export type SendMailDeps = {
  readonly siteOrigin: string
  /** Hands a mail over and returns the id that the mail service gave it. */
  readonly deliver: (to: string, mail: Mail) => Promise<string>
  readonly log: Log
}

export async function sendMail(deps: SendMailDeps, body: string): Promise<void> {
  const message = readMessage(body)
  const sesId = await deps.deliver(message.to, composeMail(message, deps.siteOrigin))
  deps.log.info('mail_sent', { template: message.template, sesId })
}

/** Says what is wrong without quoting it, as the errors of JSON and zod would: it may be a code. */
function readMessage(body: string): MailMessage {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw new Error('not JSON')
  }
  const message = mailMessageSchema.safeParse(json)
  if (message.success) return message.data
  throw new Error(`not a mail message: ${message.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
}
