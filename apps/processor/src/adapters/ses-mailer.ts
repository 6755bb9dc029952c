import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import type { Mail } from '../mail/lay-out-mail.ts'
import { clientSettings } from './client-settings.ts'

const utf8 = (data: string) => ({ Data: data, Charset: 'UTF-8' })

/** @param from the verified sender, as `name <address>` or bare */
export function createMailer(from: string, ses: SESv2Client = new SESv2Client(clientSettings())) {
  return async (to: string, { subject, text, html, headers = {} }: Mail): Promise<string> => {
    const { MessageId } = await ses.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), Html: utf8(html) },
            Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          },
        },
      }),
    )
    return MessageId ?? ''
  }
}
