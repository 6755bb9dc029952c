// Puts mails on their queue with one signed request. The SDK's client would make the Worker half as large again.
import { SignatureV4 } from '@smithy/signature-v4'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { WebSha256 } from './web-sha256.ts'

export type MailQueueSettings = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly queueUrl: string
}

const timeoutMs = 5_000

/** Returns once the queue has the mail; throws otherwise, without the mail's text in the error. */
export function makeSendMail(settings: MailQueueSettings, nowMs: () => number): (mail: MailMessage) => Promise<void> {
  const signer = new SignatureV4({
    service: 'sqs',
    region: settings.region,
    credentials: settings.credentials,
    sha256: WebSha256,
  })
  const { protocol, hostname, port, host, origin } = new URL(settings.queueUrl)

  return async (mail) => {
    const body = JSON.stringify({ QueueUrl: settings.queueUrl, MessageBody: JSON.stringify(mail) })
    const signed = await signer.sign(
      {
        method: 'POST',
        protocol,
        hostname,
        ...(port !== '' && { port: Number(port) }),
        path: '/',
        query: {},
        headers: {
          host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.SendMessage',
        },
        body,
      },
      { signingDate: new Date(nowMs()) },
    )
    // The platform sets Host itself.
    const { host: _, ...headers } = signed.headers
    const response = await fetch(`${origin}/`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.ok) await response.body?.cancel()
    else throw new Error(`the mail queue answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
  }
}
