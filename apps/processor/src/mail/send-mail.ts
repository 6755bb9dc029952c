// One message of the `mail` queue becomes one mail, unless its address is known to send mail back. SES takes no
// idempotency key: a message delivered twice by SQS is mailed twice, with the same code, which does no harm. Whatever fails
// is thrown and comes again.
import { mailMessageSchema, type MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { describeError, type Log } from '../log.ts'
import { composeMail, type Mail } from './compose-mail.ts'

export type SendMailDeps = {
  readonly siteOrigin: string
  /** Hands a mail over and returns the id that the mail service gave it. */
  readonly deliver: (to: string, mail: Mail) => Promise<string>
  /** Why nothing may be mailed to an address, or null when something may. */
  readonly findSuppression: (address: string) => Promise<string | null>
  readonly log: Log
}

export async function sendMail(deps: SendMailDeps, body: string): Promise<void> {
  const message = readMessage(body)
  const reason = await findSuppression(deps, message.to)
  if (reason !== null) return deps.log.info('mail_suppressed', { template: message.template, reason })
  const sesId = await deps.deliver(message.to, composeMail(message, deps.siteOrigin))
  deps.log.info('mail_sent', { template: message.template, sesId })
}

/** A database that is down must not hold codes back: SES keeps a list of its own and is asked next. */
async function findSuppression(deps: SendMailDeps, address: string): Promise<string | null> {
  try {
    return await deps.findSuppression(address)
  } catch (error) {
    deps.log.warn('suppression_unknown', { error: describeError(error) })
    return null
  }
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
