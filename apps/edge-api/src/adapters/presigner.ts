// Presigned PUT requests. The signature binds key, exact length, type, checksum and "only if nothing is there", so a
// URL can store exactly the declared bytes, once. Two traps of the SDK: it leaves Content-Type unsigned unless
// `signableHeaders` names it, and it moves the checksum into the query, where S3 is reported to ignore it.
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner'
import { requestIdMetadataHeader } from '@shoebox/shared/request-id.ts'
import { requestLifetimeSeconds } from '@shoebox/shared/upload/policy.ts'
import type { PartSubject, SignPart } from '../uploads/sign-parts.ts'
import type { PutSubject, SignPut } from '../uploads/sign-upload.ts'
import type { UploadRequest } from '../uploads/uploads.schema.ts'
import { WebSha256 } from './web-sha256.ts'

export type PresignerSettings = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly bucket: string
  /** Another S3 than Amazon's, addressed by path. */
  readonly endpoint?: string | undefined
  /** Kept with the object, so that whoever reads it can name the request in its log. */
  readonly requestId?: string | undefined
}

/** Where the bucket is, as a browser sees it. */
export const bucketOrigin = ({ region, bucket, endpoint }: Omit<PresignerSettings, 'credentials'>): string =>
  endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).origin

const checksumHeader = 'x-amz-checksum-sha256'

/** Everything that is signed. Host and Content-Length are the browser's to send. */
const signedHeaders = new Set([
  'content-length',
  'content-type',
  'host',
  'if-none-match',
  checksumHeader,
  requestIdMetadataHeader,
])

type Binding = {
  readonly key: string
  readonly query: Record<string, string>
  /** What the browser is told to send. */
  readonly headers: Record<string, string>
  readonly bytes: number
}

function makePresign(settings: PresignerSettings, nowMs: () => number) {
  const presigner = new S3RequestPresigner({
    region: settings.region,
    credentials: settings.credentials,
    sha256: WebSha256,
  })
  const origin = new URL(bucketOrigin(settings))
  const folder = settings.endpoint === undefined ? '' : `/${settings.bucket}`

  return async ({ key, query, headers, bytes }: Binding): Promise<UploadRequest> => {
    const signedAtMs = Math.floor(nowMs() / 1000) * 1000
    const signed = await presigner.presign(
      {
        method: 'PUT',
        protocol: origin.protocol,
        hostname: origin.hostname,
        ...(origin.port !== '' && { port: Number(origin.port) }),
        path: `${folder}/${key}`,
        query,
        headers: { ...headers, 'content-length': String(bytes) },
      },
      {
        expiresIn: requestLifetimeSeconds,
        signingDate: new Date(signedAtMs),
        signableHeaders: signedHeaders,
        unhoistableHeaders: new Set([checksumHeader, requestIdMetadataHeader]),
      },
    )
    return {
      method: 'PUT',
      url: `${origin.origin}${signed.path}?${new URLSearchParams(queryOf(signed.query))}`,
      headers,
      expiresAt: new Date(signedAtMs + requestLifetimeSeconds * 1000).toISOString(),
    }
  }
}

/** Signs for a whole file. */
export function makeSignPut(settings: PresignerSettings, nowMs: () => number): SignPut {
  const presign = makePresign(settings, nowMs)
  return ({ incomingKey, declaredType, declaredBytes, declaredSha256 }: PutSubject) =>
    presign({
      key: incomingKey,
      query: {},
      headers: {
        'content-type': declaredType,
        'if-none-match': '*',
        [checksumHeader]: declaredSha256,
        ...traceOf(settings),
      },
      bytes: declaredBytes,
    })
}

/** The header that carries the request's id, where there is one. */
export const traceOf = ({ requestId }: PresignerSettings): Record<string, string> =>
  requestId === undefined ? {} : { [requestIdMetadataHeader]: requestId }

/** Signs for one part of a file. A part may be sent again; that the object is new is checked when it is completed. */
export function makeSignPart(settings: PresignerSettings, nowMs: () => number): SignPart {
  const presign = makePresign(settings, nowMs)
  return ({ incomingKey, multipartUploadId, partNumber, bytes, sha256 }: PartSubject) =>
    presign({
      key: incomingKey,
      query: { partNumber: String(partNumber), uploadId: multipartUploadId },
      headers: { [checksumHeader]: sha256 },
      bytes,
    })
}

/** Every value is one text here; the SDK's type also allows lists. */
const queryOf = (query: Record<string, string | string[] | null> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]))
