// The parts of Lambda's, CloudWatch Logs' and CloudWatch's interfaces that operating needs: a function's settings, a
// call to it, its log, the age of a queue's oldest message. On loopback, with signatures checked, so that the commands
// in local/operate speak to this machine exactly as they speak to AWS.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { credentials, region } from '../cloud-names.ts'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { SignatureRefusal } from '../signature/signature-refusal.ts'
import { verifySigV4, type Verifier } from '../signature/verify-sigv4.ts'
import { ControlError } from './control-error.ts'
import { callLambda, type ControlledFunctions } from './call-lambda.ts'
import { findLogEvents } from './find-log-events.ts'
import type { LogStore } from './log-store.ts'
import { measureQueue, type MeasuredQueues } from './measure-queue.ts'

export type ControlOptions = {
  functions: ControlledFunctions
  queues: MeasuredQueues
  logs: Pick<LogStore, 'find' | 'has'>
  port?: number
  now?: () => number
}

export type Control = {
  readonly port: number
  /** For AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS and AWS_ENDPOINT_URL_CLOUDWATCH. */
  readonly endpoint: string
  stop(): Promise<void>
}

type Service = 'lambda' | 'logs' | 'monitoring'

const bodyBytesMax = 6 * 1024 * 1024

export async function startControl(options: ControlOptions): Promise<Control> {
  const now = options.now ?? Date.now
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request)
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      const target = String(request.headers['x-amz-target'] ?? '')
      const service = serviceOf(path, target)
      authorize(request, path, body, { service, region, now, findSecret })
      if (service === 'lambda') return await callLambda(options.functions, { request, response, path, body })
      const input: unknown = JSON.parse(body.toString('utf8'))
      const action = target.split('.').at(-1) ?? ''
      const found =
        service === 'logs'
          ? findLogEvents(options.logs, action, input, now())
          : measureQueue(options.queues, action, input, now())
      writeJson(response, 200, found)
    } catch (error) {
      const known = error instanceof ControlError ? error : new ControlError(500, 'InternalFailure', String(error))
      response.setHeader('x-amzn-errortype', known.code)
      writeJson(response, known.status, { __type: known.code, message: known.message })
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  const port = await listenOnLoopback(server, options.port)
  return {
    port,
    endpoint: `http://${loopbackHost}:${port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const findSecret = (id: string) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined)

function serviceOf(path: string, target: string): Service {
  if (path.startsWith('/2015-03-31/functions/')) return 'lambda'
  if (target.startsWith('Logs_20140328.')) return 'logs'
  if (target.startsWith('GraniteServiceVersion20100801.')) return 'monitoring'
  throw new ControlError(404, 'UnknownOperationException', 'This is not answered here.')
}

function authorize(request: IncomingMessage, path: string, body: Buffer, verifier: Verifier): void {
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  const signed = { method: request.method ?? '', path, query: [], headers: request.headers }
  try {
    if (verifySigV4(signed, verifier, bodySha256) !== null) return
  } catch (error) {
    if (!(error instanceof SignatureRefusal)) throw error
    throw new ControlError(403, error.code, error.message)
  }
  throw new ControlError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new ControlError(413, 'RequestTooLargeException', 'The request is too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function writeJson(response: ServerResponse, status: number, content: unknown): void {
  if (response.destroyed) return
  const bytes = Buffer.from(JSON.stringify(content))
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'content-length': bytes.length })
  response.end(bytes)
}
