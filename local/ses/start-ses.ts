// SES's SendEmail on loopback, with signatures checked. Nothing leaves the machine: mails go to an inbox page at `/`,
// and to tests at `/mails.json?to=`. Called by the stack.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { credentials, region } from '../cloud-names.ts'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { SignatureRefusal } from '../signature/signature-refusal.ts'
import { verifySigV4, type Verifier } from '../signature/verify-sigv4.ts'
import { inboxHeaders, renderInbox } from './inbox-page.ts'
import { openMailStore, type Mail } from './mail-store.ts'
import { readEmail } from './read-email.ts'
import { simulateReturn } from './simulate-return.ts'

export type Ses = {
  readonly port: number
  /** For AWS_ENDPOINT_URL_SESV2; also the inbox page's address. */
  readonly endpoint: string
  /** Newest first; all, or those to one address. */
  mails(to?: string): Mail[]
  /** The next sends are refused with this status, as SES does when it throttles or is down. */
  failNext(count: number, status?: number): void
  stop(): Promise<void>
}

export type SesOptions = {
  dataDir: string
  port?: number
  now?: () => number
  /** What becomes of a mail later, as SES tells it through its topic: the event's JSON. */
  sendEvent?: (body: string) => void
}

const bodyBytesMax = 10 * 1024 * 1024

export async function startSes(options: SesOptions): Promise<Ses> {
  const now = options.now ?? Date.now
  const store = openMailStore(options.dataDir)
  let planned = { failures: 0, status: 500 }
  const verifier: Verifier = {
    service: 'ses',
    region,
    now,
    findSecret: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://local')
    if (request.method === 'GET' && url.pathname === '/') {
      response.writeHead(200, inboxHeaders).end(renderInbox(store.list()))
      return
    }
    if (request.method === 'GET' && url.pathname === '/mails.json') {
      return writeJson(response, 200, store.list(url.searchParams.get('to') ?? ''))
    }
    const body = await readBody(request)
    const refusal = authorize(request, url.pathname, body)
    if (refusal !== null) return writeError(response, 403, refusal.code, refusal.message)
    if (request.method !== 'POST' || url.pathname !== '/v2/email/outbound-emails') {
      return writeError(response, 404, 'NotFoundException', 'This local SES only sends simple emails.')
    }
    if (planned.failures > 0) {
      planned.failures -= 1
      return writeError(response, planned.status, 'TooManyRequestsException', 'A failure that a test asked for.')
    }
    const email = readEmail(body)
    if (email === null) return writeError(response, 400, 'BadRequestException', 'The email is not complete.')
    writeJson(response, 200, { MessageId: store.add({ ...email, sentMs: now() }) })
    const event = simulateReturn(email.to, now())
    if (event !== null) options.sendEvent?.(JSON.stringify(event))
  }

  function authorize(request: IncomingMessage, path: string, body: Buffer): { code: string; message: string } | null {
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const signed = { method: request.method ?? '', path, query: [], headers: request.headers }
    try {
      if (verifySigV4(signed, verifier, bodySha256) !== null) return null
    } catch (error) {
      if (error instanceof SignatureRefusal) return error
      throw error
    }
    return { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server, options.port)
  return {
    port,
    endpoint: `http://${loopbackHost}:${port}`,
    mails: (to) => store.list(to),
    failNext(failures, status = 500) {
      planned = { failures, status }
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      store.close()
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new Error('request body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function writeError(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader('x-amzn-errortype', code)
  writeJson(response, status, { message })
}

function writeJson(response: ServerResponse, status: number, content: unknown): void {
  const bytes = Buffer.from(JSON.stringify(content))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
}
