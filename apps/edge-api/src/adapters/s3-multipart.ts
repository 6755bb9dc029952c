// The few calls that a multipart upload needs of S3, each one signed request: the SDK's client would make the Worker
// half as large again. Answers are small XML documents of known shape, read without a parser.
import { SignatureV4 } from '@smithy/signature-v4'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { StorageBusy, type MultipartStorage, type StoredPart } from '../uploads/multipart-storage.ts'
import { bucketOrigin, traceOf, type PresignerSettings } from './presigner.ts'
import { WebSha256 } from './web-sha256.ts'

const timeoutMs = 8_000
/** S3 joins the parts before it answers. */
const completeTimeoutMs = 25_000

type Call = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Empty for a question to the bucket itself. */
  readonly key: string
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly timeoutMs?: number
}

export function makeMultipartStorage(settings: PresignerSettings, nowMs: () => number): MultipartStorage {
  const send = makeSend(settings, nowMs)
  return {
    async open(key: string, type: MediaType) {
      const headers = {
        'content-type': type,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-type': 'COMPOSITE',
        ...traceOf(settings),
      }
      const { status, text } = await send({ method: 'POST', key, query: { uploads: '' }, headers })
      const uploadId = findText(text, 'UploadId')
      if (status !== 200 || uploadId === null) throw unexpected('CreateMultipartUpload', status, text)
      return uploadId
    },

    async list(key: string, uploadId: string, after: number) {
      const query = { uploadId, 'part-number-marker': String(after) }
      const { status, text } = await send({ method: 'GET', key, query })
      if (isNoSuchUpload(status, text)) return null
      if (status !== 200) throw unexpected('ListParts', status, text)
      const isMore = findText(text, 'IsTruncated') === 'true'
      return {
        parts: [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => readPart(part)),
        nextAfter: isMore ? Number(findText(text, 'NextPartNumberMarker')) : null,
      }
    },

    async complete(key: string, uploadId: string, parts: readonly StoredPart[]) {
      const { status, text } = await send({
        method: 'POST',
        key,
        query: { uploadId },
        headers: { 'content-type': 'application/xml', 'if-none-match': '*' },
        body: `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.map(writePart).join('')}</CompleteMultipartUpload>`,
        timeoutMs: completeTimeoutMs,
      })
      if (isNoSuchUpload(status, text)) return 'gone'
      if (status === 412) return 'exists'
      // A failure that S3 finds out late is told in the body of a 200.
      if (status !== 200 || !text.includes('<CompleteMultipartUploadResult')) {
        throw unexpected('CompleteMultipartUpload', status, text)
      }
      return 'completed'
    },

    async abort(key: string, uploadId: string) {
      const { status, text } = await send({ method: 'DELETE', key, query: { uploadId } })
      if (status !== 204 && !isNoSuchUpload(status, text)) throw unexpected('AbortMultipartUpload', status, text)
    },

    async isThere(key: string) {
      // Listed and not asked for its head: the right to that would be the right to read what people upload.
      const query = { 'list-type': '2', prefix: key, 'max-keys': '1' }
      const { status, text } = await send({ method: 'GET', key: '', query })
      if (status !== 200) throw unexpected('ListObjectsV2', status, text)
      return findText(text, 'Key') === key
    },
  }
}

/** Signs a call and sends it. */
function makeSend(settings: PresignerSettings, nowMs: () => number) {
  const signer = new SignatureV4({
    service: 's3',
    region: settings.region,
    credentials: settings.credentials,
    sha256: WebSha256,
    uriEscapePath: false,
  })
  const origin = new URL(bucketOrigin(settings))
  const folder = settings.endpoint === undefined ? '' : `/${settings.bucket}`

  return async ({ method, key, query = {}, headers = {}, body, timeoutMs: limitMs = timeoutMs }: Call) => {
    const path = `${folder}/${key}`
    const signed = await signer.sign(
      {
        method,
        protocol: origin.protocol,
        hostname: origin.hostname,
        ...(origin.port !== '' && { port: Number(origin.port) }),
        path,
        query,
        headers: { host: origin.host, ...headers },
        ...(body !== undefined && { body }),
      },
      { signingDate: new Date(nowMs()) },
    )
    // The platform sets Host itself.
    const { host: _, ...sent } = signed.headers
    const search = new URLSearchParams(query).toString()
    try {
      const response = await fetch(`${origin.origin}${path}${search === '' ? '' : `?${search}`}`, {
        method,
        headers: sent,
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(limitMs),
      })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      throw new StorageBusy(`S3 did not answer ${method}: ${String(error)}`, { cause: error })
    }
  }
}

const isNoSuchUpload = (status: number, text: string): boolean =>
  status === 404 || findText(text, 'Code') === 'NoSuchUpload'

function readPart(xml: string): StoredPart {
  return {
    partNumber: Number(findText(xml, 'PartNumber')),
    bytes: Number(findText(xml, 'Size')),
    etag: (findText(xml, 'ETag') ?? '').replaceAll('"', ''),
    sha256: findText(xml, 'ChecksumSHA256'),
  }
}

const writePart = ({ partNumber, etag, sha256 }: StoredPart): string =>
  `<Part><PartNumber>${partNumber}</PartNumber><ETag>&quot;${escapeXml(etag)}&quot;</ETag>${
    sha256 === null ? '' : `<ChecksumSHA256>${escapeXml(sha256)}</ChecksumSHA256>`
  }</Part>`

function findText(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return text === undefined ? null : unescapeXml(text)
}

const entities = { '&quot;': '"', '&#34;': '"', '&lt;': '<', '&gt;': '>', '&apos;': "'", '&amp;': '&' } as const

const unescapeXml = (text: string): string =>
  text.replace(/&(quot|#34|lt|gt|apos|amp);/g, (entity) => entities[entity as keyof typeof entities])

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function unexpected(call: string, status: number, text: string): Error {
  const message = `S3 answered ${call} with ${status}: ${text.slice(0, 300)}`
  const willPass = status >= 500 || status === 200 || status === 409 || status === 429
  return willPass ? new StorageBusy(message) : new Error(message)
}
