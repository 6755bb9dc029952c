// SQS's standard queues on loopback, over its JSON protocol, with signatures checked. Own, because nothing published
// keeps messages through SIGKILL, survives an aborted long poll and verifies who asks. Called by the stack.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { accountId, credentials, region } from '../cloud-names.ts'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { SignatureRefusal } from '../signature/signature-refusal.ts'
import { verifySigV4, type Verifier } from '../signature/verify-sigv4.ts'
import { createLongPolls } from './long-polls.ts'
import { openQueueStore, type Queue, type QueueCounts, type ReceivedMessage } from './queue-store.ts'
import { toInput } from './read-input.ts'
import { arnOf, sqsActions } from './sqs-actions.ts'
import { queueDoesNotExist, SqsError } from './sqs-error.ts'

export type SqsOptions = {
  dataDir: string
  port?: number
  queues: readonly Queue[]
  log?: (line: string) => void
  now?: () => number
}

export type Sqs = {
  readonly port: number
  /** For AWS_ENDPOINT_URL_SQS. */
  readonly endpoint: string
  urlOf(queueName: string): string
  arnOf(queueName: string): string
  /** Puts a message in without HTTP: S3's events come this way, in the same process. */
  send(queueName: string, body: string): void
  /** Takes messages without HTTP, for the event sources. Empty when the time is over or the signal fires. */
  receive(
    queueName: string,
    request: { count: number; waitSeconds: number; signal: AbortSignal },
  ): Promise<ReceivedMessage[]>
  remove(queueName: string, receipt: string): void
  /** Has a message that was taken come again after so long at the latest. */
  hideAtMost(queueName: string, receipt: string, seconds: number): void
  /** Makes all that were taken visible at once: who took them has gone with the process before this one. */
  giveBackAll(queueName: string): void
  counts(queueName: string): QueueCounts
  /** The bodies of all messages, visible or not, without taking them. */
  peek(queueName: string): string[]
  purge(queueName: string): void
  /** When the oldest message was sent, or null when there is none or no such queue. */
  oldestSentMs(queueName: string): number | null
  stop(): Promise<void>
}

const bodyBytesMax = 4 * 1024 * 1024

export async function startSqs(options: SqsOptions): Promise<Sqs> {
  const now = options.now ?? Date.now
  const store = openQueueStore(options.dataDir, now)
  const polls = createLongPolls(store, now)
  const queues = new Map(options.queues.map((queue) => [queue.name, queue]))
  let endpoint = ''
  const urlOf = (queue: { name: string }) => `${endpoint}/${accountId}/${queue.name}`
  const verifier: Verifier = {
    service: 'sqs',
    region,
    now,
    findSecret: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const client = new AbortController()
    response.on('close', () => client.abort())
    try {
      const body = await readBody(request)
      authorize(request, body, verifier)
      const name = String(request.headers['x-amz-target'] ?? '').replace(/^AmazonSQS\./, '')
      const action = sqsActions[name]
      if (action === undefined) throw new SqsError('UnsupportedOperation', `The action ${name} is not supported here.`)
      const context = { queues, store, polls, urlOf, client: client.signal }
      write(response, 200, await action(context, toInput(parseJson(body))))
    } catch (error) {
      if (!(error instanceof SqsError)) options.log?.(error instanceof Error ? (error.stack ?? '') : String(error))
      const known = error instanceof SqsError ? error : new SqsError('InternalFailure', 'We encountered an error.', 500)
      write(response, known.status, { __type: `com.amazonaws.sqs#${known.code}`, message: known.message })
    }
  }

  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => void answer(request, response))
  const port = await listenOnLoopback(server, options.port)
  endpoint = `http://${loopbackHost}:${port}`

  function find(name: string): Queue {
    const queue = queues.get(name)
    if (queue === undefined) throw queueDoesNotExist()
    return queue
  }
  return {
    port,
    endpoint,
    urlOf: (name) => urlOf(find(name)),
    arnOf,
    send(name, body) {
      store.send(find(name), { body, attributes: {}, delaySeconds: 0 })
      polls.wake(name)
    },
    receive(name, { count, waitSeconds, signal }) {
      const queue = find(name)
      const visibilitySeconds = queue.visibilityTimeoutSeconds
      return polls.receive({ queue, count, visibilitySeconds, waitSeconds, client: signal })
    },
    remove: (name, receipt) => void store.remove(find(name), receipt),
    hideAtMost(name, receipt, seconds) {
      store.changeVisibility(find(name), receipt, Math.min(seconds, find(name).visibilityTimeoutSeconds))
      polls.wake(name)
    },
    giveBackAll: (name) => store.giveBackAll(find(name)),
    counts: (name) => store.counts(find(name)),
    peek: (name) => store.bodies(find(name)),
    purge: (name) => store.purge(find(name)),
    oldestSentMs: (name) => (queues.has(name) ? store.oldestSentMs(find(name)) : null),
    async stop() {
      polls.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      store.close()
    },
  }
}

/** SQS's names for what its signature check finds. */
const codeByRefusal: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
}

function authorize(request: IncomingMessage, body: Buffer, verifier: Verifier): void {
  const [path = '/'] = (request.url ?? '/').split('?')
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  try {
    const signed = { method: request.method ?? '', path, query: [], headers: request.headers }
    if (verifySigV4(signed, verifier, bodySha256) !== null) return
  } catch (error) {
    if (!(error instanceof SignatureRefusal)) throw error
    throw new SqsError(codeByRefusal[error.code] ?? 'IncompleteSignatureException', error.message, 403)
  }
  throw new SqsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new SqsError('RequestTooLong', 'The request is too long.', 413)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new SqsError('SerializationException', 'The body is not JSON.')
  }
}

function write(response: ServerResponse, status: number, content: Record<string, unknown>): void {
  if (response.destroyed) return
  const bytes = Buffer.from(JSON.stringify(content))
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': bytes.length })
  response.end(bytes)
}
