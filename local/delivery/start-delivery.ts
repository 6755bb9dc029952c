// Stands in for the CloudFront distribution: opens what a signature covers, reads it from the media bucket, and adds
// the headers of the response headers policy. Called by the stack.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buckets } from '../cloud-names.ts'
import { parseByteRange } from '../http/parse-byte-range.ts'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { sendBytes } from '../s3/send-bytes.ts'
import type { S3 } from '../s3/start-s3.ts'
import { verifySignedUrl, type SigningKeys } from './verify-signed-url.ts'

export type DeliveryOptions = {
  readonly port?: number
  /** What signatures name, where something stands in front of it. */
  readonly origin?: string
  readonly keys: SigningKeys
  /** The only page that may read a picture's pixels; showing them needs no permission. */
  readonly siteOrigin: string
  readonly findObject: S3['findObject']
  readonly nowMs?: () => number
}

export type Delivery = {
  readonly port: number
  /** `MEDIA_ORIGIN` of the Worker. */
  readonly origin: string
  stop(): Promise<void>
}

/** What people are shown, originals, which are signed one by one, what they asked for of their own data, and evidence. */
const prefixes = ['/v/', '/o/', '/x/', '/e/']

/** Where the distribution hands on under which name a file is to be saved. */
const namedPaths = /^\/(o\/|v\/.*\/(play|copy)$)/

export async function startDelivery(options: DeliveryOptions): Promise<Delivery> {
  const nowMs = options.nowMs ?? Date.now
  let origin = ''
  const server = createServer((request, response) => {
    answer({ ...options, origin, nowMs }, request, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server, options.port)
  origin = options.origin ?? `http://${loopbackHost}:${port}`
  return {
    port,
    origin,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type AnswerDeps = DeliveryOptions & { readonly origin: string; readonly nowMs: () => number }

async function answer(deps: AnswerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(responseHeaders(deps.siteOrigin))) response.setHeader(name, value)
  if (request.method === 'OPTIONS') return end(response, 204)
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405)
  const url = new URL(request.url ?? '/', deps.origin)
  const verdict = prefixes.some((prefix) => url.pathname.startsWith(prefix))
    ? verifySignedUrl(url, deps.keys, deps.nowMs())
    : 'wrong_resource'
  if (verdict !== 'open') return end(response, 403)
  const object = deps.findObject(buckets.media, url.pathname.slice(1))
  // The distribution may not list the bucket, and S3 then says 403 for what is not there.
  if (object === null) return end(response, 403)

  response.setHeader('etag', `"${object.etag}"`)
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader('content-type', object.system['content-type'] ?? 'application/octet-stream')
  const named = namedPaths.test(url.pathname) ? url.searchParams.get('response-content-disposition') : null
  const disposition = named ?? object.system['content-disposition']
  if (disposition !== undefined) response.setHeader('content-disposition', disposition)
  response.setHeader('cache-control', object.system['cache-control'] ?? 'private, max-age=31536000, immutable')
  if (request.headers['if-none-match'] === `"${object.etag}"`) return end(response, 304)
  const range = parseByteRange(request.headers.range, object.size)
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${object.size}`)
    return end(response, 416)
  }
  const { start, end: last } = range ?? { start: 0, end: object.size - 1 }
  response.setHeader('content-length', last - start + 1)
  if (range !== null) response.setHeader('content-range', `bytes ${start}-${last}/${object.size}`)
  response.statusCode = range === null ? 200 : 206
  await sendBytes(response, request.method === 'HEAD' ? [] : object.open(start, last))
}

/** The response headers policy of the distribution. */
const responseHeaders = (siteOrigin: string) => ({
  'access-control-allow-origin': siteOrigin,
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'range',
  'access-control-expose-headers': 'content-length, content-range, etag',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'Origin',
})

function end(response: ServerResponse, status: number): void {
  response.statusCode = status
  response.end()
}
