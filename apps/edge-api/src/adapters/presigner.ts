// Presigned PUT requests. The signature binds key, exact length, type, checksum and "only if nothing is there", so a
// URL can store exactly the declared bytes, once. Two traps of the SDK: it leaves Content-Type unsigned unless
// `signableHeaders` names it, and it moves the checksum into the query, where S3 is reported to ignore it.
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner'
import { requestLifetimeSeconds } from '@shoebox/shared/upload/policy.ts'
import type { PutSubject, SignPut } from '../uploads/sign-upload.ts'
import { WebSha256 } from './web-sha256.ts'

export type PresignerSettings = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly bucket: string
  /** Another S3 than Amazon's, addressed by path. */
  readonly endpoint?: string | undefined
}

/** Where the bucket is, as a browser sees it. */
export const bucketOrigin = ({ region, bucket, endpoint }: Omit<PresignerSettings, 'credentials'>): string =>
  endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).origin

const checksumHeader = 'x-amz-checksum-sha256'

/** Everything that is signed. Host and Content-Length are the browser's to send. */
const signedHeaders = new Set(['content-length', 'content-type', 'host', 'if-none-match', checksumHeader])

export function makeSignPut(settings: PresignerSettings, nowMs: () => number): SignPut {
  const presigner = new S3RequestPresigner({
    region: settings.region,
    credentials: settings.credentials,
    sha256: WebSha256,
  })
  const origin = new URL(bucketOrigin(settings))
  const folder = settings.endpoint === undefined ? '' : `/${settings.bucket}`

  return async (subject: PutSubject) => {
    const headers = {
      'content-type': subject.declaredType,
      'if-none-match': '*',
      [checksumHeader]: subject.declaredSha256,
    }
    const signedAtMs = Math.floor(nowMs() / 1000) * 1000
    const signed = await presigner.presign(
      {
        method: 'PUT',
        protocol: origin.protocol,
        hostname: origin.hostname,
        ...(origin.port !== '' && { port: Number(origin.port) }),
        path: `${folder}/${subject.incomingKey}`,
        query: {},
        headers: { ...headers, 'content-length': String(subject.declaredBytes) },
      },
      {
        expiresIn: requestLifetimeSeconds,
        signingDate: new Date(signedAtMs),
        signableHeaders: signedHeaders,
        unhoistableHeaders: new Set([checksumHeader]),
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

/** Every value is one text here; the SDK's type also allows lists. */
const queryOf = (query: Record<string, string | string[] | null> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]))
