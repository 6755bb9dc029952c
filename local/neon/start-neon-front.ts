// Stands in for Neon's proxy in front of the local Postgres: POST /sql for the HTTP driver (one statement, or a batch
// as one transaction) and a WebSocket that carries Postgres's own protocol. Loopback databases only.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { createSqlAnswerer, type BatchMode } from './answer-sql.ts'
import { relayWebSockets } from './relay-websocket.ts'

export type NeonFront = {
  readonly port: number
  /** What `DATABASE_HTTP_ENDPOINT` is set to. */
  readonly httpUrl: string
  /** Round trips and statements since the last reset: tests count the trips of a procedure with it. */
  readonly counts: { trips: number; statements: number }
  resetCounts(): void
  /** Holds every answer back by this much, as a database far away would. */
  setDelay(delayMs: number): void
  stop(): Promise<void>
}

const bodyBytesMax = 64 * 1024 * 1024

export async function startNeonFront(options: { port?: number } = {}): Promise<NeonFront> {
  const counts = { trips: 0, statements: 0 }
  let delayMs = 0
  const sql = createSqlAnswerer(counts)
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connectionString = request.headers['neon-connection-string']
    if (request.method !== 'POST' || request.url !== '/sql' || typeof connectionString !== 'string') {
      response.writeHead(404).end()
      return
    }
    counts.trips += 1
    const body = await readBody(request)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const { status, json } = await sql.answer(connectionString, body, readBatchMode(request))
    const bytes = Buffer.from(json)
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
  }

  relayWebSockets(server)
  const port = await listenOnLoopback(server, options.port)
  return {
    port,
    httpUrl: `http://${loopbackHost}:${port}/sql`,
    counts,
    resetCounts() {
      counts.trips = 0
      counts.statements = 0
    },
    setDelay(ms) {
      delayMs = ms
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await sql.close()
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new Error('request body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readBatchMode(request: IncomingMessage): BatchMode {
  const { headers } = request
  return {
    isolation: String(headers['neon-batch-isolation-level'] ?? ''),
    isReadOnly: headers['neon-batch-read-only'] === 'true',
    isDeferrable: headers['neon-batch-deferrable'] === 'true',
  }
}
