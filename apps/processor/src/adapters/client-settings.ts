// What every AWS client is made with. By itself the SDK waits for ever for a peer that has taken a request and says
// nothing. Its socket timeout would not do: it also ends a body that we read slowly, since we work on what has come.
import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream'
import { NodeHttpHandler } from '@smithy/node-http-handler'

type Handle = NodeHttpHandler['handle']
type Request = Parameters<Handle>[0]

type Patience = {
  /** How long a request may go unanswered, or an answer stop. Two tries end within the time of every function. */
  readonly silenceMs: number
  /** The same while S3 itself copies or joins an object: it may answer only when 2 GB are done. Here one try does. */
  readonly copySilenceMs: number
}

const patience: Patience = { silenceMs: 20_000, copySilenceMs: 100_000 }

export const clientSettings = (wanted = patience) => ({ maxAttempts: 4, requestHandler: new PatientHandler(wanted) })

class PatientHandler extends NodeHttpHandler {
  readonly #patience: Patience

  constructor(wanted: Patience) {
    super({ connectionTimeout: 3_000, throwOnRequestTimeout: true })
    this.#patience = wanted
  }

  override async handle(request: Request, options: Parameters<Handle>[1]): ReturnType<Handle> {
    const { silenceMs, copySilenceMs } = this.#patience
    const requestTimeout = isCopying(request) ? copySilenceMs : silenceMs
    const answer = await super.handle(request, { ...options, requestTimeout })
    endWhenSilent(answer.response.body as IncomingMessage, requestTimeout)
    return answer
  }
}

/** CopyObject and UploadPartCopy; CompleteMultipartUpload. */
const isCopying = ({ headers, method, query }: Request): boolean =>
  'x-amz-copy-source' in headers || (method === 'POST' && 'uploadId' in query)

function endWhenSilent(body: IncomingMessage, silenceMs: number): void {
  // How much had come when all of it was read. What lies here unread waits for us, not for the peer.
  let waitingAfter: number | null = null
  const timer = setInterval(() => {
    const isWaiting = !body.complete && body.readableLength === 0
    const bytes = isWaiting ? body.socket.bytesRead : null
    if (isWaiting && bytes === waitingAfter)
      body.destroy(Object.assign(new Error(`no byte of the answer for ${silenceMs} ms`), { name: 'TimeoutError' }))
    waitingAfter = bytes
  }, silenceMs)
  finished(body, () => clearInterval(timer))
}
