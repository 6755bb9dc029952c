// The two buckets as the inspector sees them. Reads are bound to the inspected ETag; writes are conditional, so that
// doing them twice leaves what doing them once does.
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { isRequestId, requestIdMetadata } from '@shoebox/shared/request-id.ts'
import { blockBytes } from '../inspect/ranged-tokenizer.ts'
import { SourceChanged } from '../inspect/source-changed.ts'
import { hasStatus, ignoring } from './s3-status.ts'
import { sendJoined } from './send-joined.ts'

export type S3MediaObjectsOptions = {
  readonly s3: S3Client
  readonly incomingBucket: string
  readonly mediaBucket: string
}

/** A generation never changes, so whoever has a copy may keep it. */
export const keptForEver = 'private, max-age=31536000, immutable'

export const createS3MediaObjects = (stores: S3MediaObjectsOptions) => ({
  openIncoming: (key: string) => openIncoming(stores, key),

  headIncoming: (key: string) => headIncoming(stores, key),

  async readIncoming(key: string, etag: string, start: number, endInclusive: number) {
    const body = await get(stores, key, etag, `${start}-${endInclusive}`)
    return body.transformToByteArray()
  },

  async *streamIncoming(key: string, etag: string, start: number): AsyncGenerator<Uint8Array> {
    const body = await get(stores, key, etag, `${start}-`)
    if (!(Symbol.asyncIterator in body)) throw new Error('S3 sent no Node stream')
    for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk
  },

  putDerivative: (key: string, body: Uint8Array) => putView(stores, key, body, 'image/webp'),

  /** In place of what may be there; answers its length. */
  async replaceDerivative(key: string, body: Uint8Array): Promise<number> {
    const put = { Bucket: stores.mediaBucket, Key: key, Body: body, ContentType: 'image/webp' }
    await stores.s3.send(new PutObjectCommand({ ...put, CacheControl: keptForEver }))
    return body.length
  },

  putCaptions: (key: string, vtt: string) => putView(stores, key, Buffer.from(vtt), 'text/vtt; charset=utf-8'),

  putCopy: (key: string, pieces: readonly Uint8Array[], type: MediaType) => putCopy(stores, key, pieces, type),

  copyIncoming: (from: Source, to: Copied) => copyIncoming(stores, from, to),

  promote: (from: Source, to: Copied) => copyIncoming(stores, from, to),
})

async function headIncoming({ s3, incomingBucket }: S3MediaObjectsOptions, key: string) {
  const found = await head(s3, incomingBucket, key)
  return found === null ? null : describe(found, found.ContentLength)
}

function describe({ ETag, Metadata }: Pick<HeadObjectCommandOutput, 'ETag' | 'Metadata'>, bytes: number | undefined) {
  const requestId = Metadata?.[requestIdMetadata]
  return { bytes: bytes ?? 0, etag: unquote(ETag), ...(isRequestId(requestId) ? { requestId } : {}) }
}

async function openIncoming(stores: S3MediaObjectsOptions, key: string) {
  const { s3, incomingBucket: Bucket } = stores
  try {
    const found = await s3.send(new GetObjectCommand({ Bucket, Key: key, Range: `bytes=0-${blockBytes - 1}` }))
    const head = (await found.Body?.transformToByteArray()) ?? new Uint8Array()
    // "bytes 0-65535/2996141"
    return { ...describe(found, Number(found.ContentRange?.split('/')[1])), head }
  } catch (error) {
    if (hasStatus(error, 404)) return null
    if (!hasStatus(error, 416)) throw error
    // There is no first byte to be had of an empty object.
    const found = await headIncoming(stores, key)
    return found === null ? null : { ...found, head: new Uint8Array() }
  }
}

type Source = { readonly key: string; readonly etag: string }
type Copied = { readonly key: string; readonly type: MediaType }

async function get({ s3, incomingBucket: Bucket }: S3MediaObjectsOptions, key: string, etag: string, range: string) {
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket, Key: key, IfMatch: quote(etag), Range: `bytes=${range}` }),
    )
    if (Body === undefined) throw new Error(`S3 sent no body for ${key}`)
    return Body
  } catch (error) {
    throw hasStatus(error, 404, 412) ? new SourceChanged() : error
  }
}

const head = (s3: S3Client, Bucket: string, key: string) =>
  ignoring([404], () => s3.send(new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: 'ENABLED' })))

/**
 * Answers the length that S3 has of it. What S3 takes it has compared with the checksum that the SDK sends along, so only
 * what was there already is asked for; that was made of the same bytes.
 */
async function putView(
  { s3, mediaBucket: Bucket }: S3MediaObjectsOptions,
  key: string,
  body: Uint8Array,
  type: string,
): Promise<number> {
  const put = { Bucket, Key: key, Body: body, ContentType: type, CacheControl: keptForEver, IfNoneMatch: '*' }
  const taken = await ignoring([412], () => s3.send(new PutObjectCommand(put)))
  if (taken !== null) return body.length
  const stored = await head(s3, Bucket, key)
  if (stored?.ContentLength === undefined || stored.ContentLength === 0) throw new Error(`${key} was not stored`)
  return stored.ContentLength
}

async function putCopy(
  { s3, mediaBucket: Bucket }: S3MediaObjectsOptions,
  key: string,
  pieces: readonly Uint8Array[],
  type: MediaType,
): Promise<void> {
  const put = { Bucket, Key: key, ContentType: type, CacheControl: keptForEver, IfNoneMatch: '*' }
  // A browser may save it, never show it: it was not made by our encoder.
  const attached = { ...put, ContentDisposition: 'attachment' }
  await ignoring([412], () => sendJoined(pieces, (Body) => s3.send(new PutObjectCommand({ ...attached, Body }))))
}

async function copyIncoming({ s3, incomingBucket, mediaBucket }: S3MediaObjectsOptions, from: Source, to: Copied) {
  const copy = new CopyObjectCommand({
    Bucket: mediaBucket,
    Key: to.key,
    CopySource: `${incomingBucket}/${encodeURI(from.key)}`,
    CopySourceIfMatch: quote(from.etag),
    IfNoneMatch: '*',
    ChecksumAlgorithm: 'SHA256',
    MetadataDirective: 'REPLACE',
    ContentType: to.type,
    // Originals keep what derivatives lose; a browser may save one, never show it.
    ContentDisposition: 'attachment',
    CacheControl: keptForEver,
  })
  const copied = await ignoring([412], () => s3.send(copy)).catch((error: unknown) => {
    throw hasStatus(error, 404) ? new SourceChanged() : error
  })
  if (copied !== null) return { sha256: copied.CopyObjectResult?.ChecksumSHA256 ?? null }
  // One answer for two conditions: either the copy is there already, or the source is no longer what was inspected.
  const stored = await head(s3, mediaBucket, to.key)
  if (stored === null) throw new SourceChanged()
  return { sha256: stored.ChecksumSHA256 ?? null }
}

const quote = (etag: string): string => `"${etag}"`
const unquote = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '')
