// What the S3 acceptance tests share: a server of their own with two buckets, and the real SDK pointed at it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client, type PutObjectCommandInput, type S3ClientConfig } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { credentials, region } from '../cloud-names.ts'
import { startS3, type S3, type S3Options } from './start-s3.ts'

export const siteOrigin = 'http://localhost:5173'
export const uploadsArn = 'arn:aws:sqs:us-east-1:000000000000:uploads'

export type SentEvent = { queueArn: string; body: Record<string, unknown> }

export type S3Fixture = {
  s3: S3
  client: S3Client
  sent: SentEvent[]
  connect(config?: Partial<S3ClientConfig>): S3Client
  stop(): Promise<void>
}

export async function startS3Fixture(options: Partial<S3Options> = {}): Promise<S3Fixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-s3-'))
  const sent: SentEvent[] = []
  const s3 = await startS3({
    dataDir,
    buckets: [
      {
        name: 'incoming',
        cors: [
          {
            allowedOrigins: [siteOrigin],
            allowedMethods: ['PUT', 'GET', 'HEAD'],
            allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
            exposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
            maxAgeSeconds: 600,
          },
        ],
        notifications: [{ id: 'uploads', queueArn: uploadsArn, events: ['s3:ObjectCreated:*'], prefix: 'in/' }],
        lifecycle: [{ prefix: 'in/', expireAfterDays: 1, abortMultipartAfterDays: 2 }],
      },
      { name: 'media' },
    ],
    sendEvent: async (queueArn, body) => {
      sent.push({ queueArn, body: JSON.parse(body) as SentEvent['body'] })
    },
    ...options,
  })
  const connect = (config: Partial<S3ClientConfig> = {}) =>
    new S3Client({ endpoint: s3.endpoint, region, credentials, maxAttempts: 1, ...config })
  return {
    s3,
    sent,
    connect,
    client: connect(),
    async stop() {
      await s3.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The headers our API binds. Without this list the SDK leaves Content-Type out and moves the checksum to the query. */
const boundHeaders = ['host', 'content-type', 'content-length', 'if-none-match', 'x-amz-checksum-sha256']

export function presignPut(
  fixture: S3Fixture,
  input: Omit<PutObjectCommandInput, 'Bucket'>,
  options: { expiresIn?: number; signingDate?: Date; config?: Partial<S3ClientConfig> } = {},
): Promise<string> {
  const signer = fixture.connect({ requestChecksumCalculation: 'WHEN_REQUIRED', ...options.config })
  return getSignedUrl(signer, new PutObjectCommand({ Bucket: 'incoming', ...input }), {
    expiresIn: options.expiresIn ?? 300,
    ...(options.signingDate === undefined ? {} : { signingDate: options.signingDate }),
    // The SDK makes up a Content-Type where none is given, and would sign it.
    signableHeaders: new Set(input.ContentType === undefined ? ['host'] : boundHeaders),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  })
}

export type Answer = { status: number; code: string; text: string; headers: IncomingHttpHeaders }

/** Sends exactly these headers; fetch would add its own and refuses some. */
export function send(
  method: string,
  url: string,
  headers: Record<string, string | number> = {},
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': body.length }
    const request = httpRequest(url, { method, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const code = /<Code>([^<]+)/.exec(text)?.[1] ?? ''
        resolve({ status: response.statusCode ?? 0, code, text, headers: response.headers })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

export const sha256Base64 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64')

/** The status and name of the error an SDK call ends with. */
export async function failure(call: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const metadata = '$metadata' in error ? error.$metadata : undefined
    const status =
      typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
        ? Number(metadata.httpStatusCode)
        : undefined
    return { name: error.name, status }
  }
  return { name: 'no failure', status: 200 }
}
