// A push service on loopback: gives out subscriptions, takes pushes as RFC 8030 says, judges who sent them and decrypts
// them. The browser's own push service is out of reach here, so tests subscribe with this one; `GET /` shows what came.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { decryptPush, judgeSender, makeReceiver, type Receiver } from './read-push.ts'

export type Subscription = {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

export type ReceivedPush = {
  readonly endpoint: string
  readonly text: string
  readonly ttlSeconds: number
  readonly urgency: string
  readonly topic: string
}

export type Push = {
  /** For PUSH_ENDPOINT. */
  readonly origin: string
  subscribe(): Subscription
  /** Oldest first; all, or those to one endpoint. */
  pushes(endpoint?: string): ReceivedPush[]
  /** The next pushes are answered with this status and not taken. */
  failNext(count: number, status: number): void
  /** The browser is gone: from now on its endpoint answers 410. */
  forget(endpoint: string): void
  stop(): Promise<void>
}

export type PushOptions = { readonly publicKey: string; readonly port?: number; readonly log?: (line: string) => void }

const bodyBytesMax = 4096
const keptMax = 1000

export async function startPush({ publicKey, port: wanted, log }: PushOptions): Promise<Push> {
  const receivers = new Map<string, Receiver>()
  const received: ReceivedPush[] = []
  let planned = { failures: 0, status: 500 }
  let origin = ''

  function subscribe(): Subscription {
    const receiver = makeReceiver(randomBytes)
    const endpoint = `${origin}/${randomUUID()}`
    receivers.set(endpoint, receiver)
    const keys = { p256dh: receiver.keys.getPublicKey('base64url'), auth: receiver.auth.toString('base64url') }
    return { endpoint, keys }
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (planned.failures > 0) {
      planned.failures -= 1
      return write(response, planned.status, 'A failure that a test asked for.')
    }
    const endpoint = origin + (request.url ?? '')
    const receiver = receivers.get(endpoint)
    if (receiver === undefined) return write(response, 410, 'No such subscription.')
    const { authorization = '', ttl, urgency = 'normal', topic = '', host = '' } = request.headers
    const wrong = judgeSender(authorization, publicKey, host, Date.now())
    if (wrong !== null) return write(response, 403, wrong)
    if (request.headers['content-encoding'] !== 'aes128gcm') return write(response, 415, 'Not aes128gcm.')
    if (!/^\d+$/.test(ttl?.toString() ?? '')) return write(response, 400, 'No TTL.')
    if (!/^[\w-]{0,32}$/.test(String(topic))) return write(response, 400, 'Not a topic.')
    const text = decryptPush(body, receiver)
    received.push({ endpoint, text, ttlSeconds: Number(ttl), urgency: String(urgency), topic: String(topic) })
    if (received.length > keptMax) received.shift()
    log?.(text)
    write(response, 201, '')
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/') return write(response, 200, JSON.stringify(received, null, 2))
    if (request.method !== 'POST') return write(response, 405, 'POST only.')
    if (request.url === '/subscriptions') return write(response, 201, JSON.stringify(subscribe()))
    await take(request, response)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => write(response, 400, String(error)))
  })
  const port = await listenOnLoopback(server, wanted)
  origin = `http://${loopbackHost}:${port}`
  return {
    origin,
    subscribe,
    pushes: (endpoint) => received.filter((push) => endpoint === undefined || push.endpoint === endpoint),
    failNext(failures, status) {
      planned = { failures, status }
    },
    forget: (endpoint) => void receivers.delete(endpoint),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new Error('a push may have 4096 bytes')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function write(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text)
}
