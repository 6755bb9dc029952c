// Copies inside S3 with some pieces changed, for the video function. Conditional at the end, so that doing it twice
// leaves what doing it once does; a copy that fails on the way is aborted and leaves no parts behind.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3'
import { SourceChanged } from '../inspect/source-changed.ts'
import type { Part } from '../video/play/plan-parts.ts'
import { keptForEver, type S3MediaObjectsOptions } from './s3-media-objects.ts'
import { hasStatus, ignoring } from './s3-status.ts'

type Source = { readonly key: string; readonly etag: string }
type Target = { readonly key: string; readonly type: string }
type MakeBody = (part: Part) => Promise<Uint8Array>

/** Sent pieces are 5 MB each and in memory while they travel. */
const parallelParts = 4

export const createS3PlayObjects = (stores: S3MediaObjectsOptions) => ({
  assemble: (from: Source, to: Target, parts: readonly Part[], makeBody: MakeBody) =>
    settleChanged(() =>
      parts.length > 1 ? assemble(stores, from, to, parts, makeBody) : copyWhole(stores, from, to, parts, makeBody),
    ),

  async headView(key: string) {
    const { s3, mediaBucket: Bucket } = stores
    const head = await ignoring([404], () => s3.send(new HeadObjectCommand({ Bucket, Key: key })))
    return head === null ? null : { bytes: head.ContentLength ?? 0, etag: (head.ETag ?? '').replaceAll('"', '') }
  },

  async readView(key: string, etag: string, start: number, endInclusive: number) {
    const { s3, mediaBucket: Bucket } = stores
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket, Key: key, IfMatch: `"${etag}"`, Range: `bytes=${start}-${endInclusive}` }),
    )
    if (Body === undefined) throw new Error(`S3 sent no body for ${key}`)
    return Body.transformToByteArray()
  },

  async deleteView(key: string) {
    await stores.s3.send(new DeleteObjectCommand({ Bucket: stores.mediaBucket, Key: key }))
  },
})

const sourceOf = ({ incomingBucket }: S3MediaObjectsOptions, { key, etag }: Source) => ({
  CopySource: `${incomingBucket}/${encodeURI(key)}`,
  CopySourceIfMatch: `"${etag}"`,
})

/** A file of one piece: copied as it is, or put with its changes. */
async function copyWhole(
  stores: S3MediaObjectsOptions,
  from: Source,
  to: Target,
  [part]: readonly Part[],
  makeBody: MakeBody,
) {
  const common = {
    Bucket: stores.mediaBucket,
    Key: to.key,
    ContentType: to.type,
    CacheControl: keptForEver,
    IfNoneMatch: '*',
  }
  if (part?.way === 'send')
    return void (await stores.s3.send(new PutObjectCommand({ ...common, Body: await makeBody(part) })))
  await stores.s3.send(new CopyObjectCommand({ ...common, ...sourceOf(stores, from), MetadataDirective: 'REPLACE' }))
}

async function assemble(
  stores: S3MediaObjectsOptions,
  from: Source,
  to: Target,
  parts: readonly Part[],
  makeBody: MakeBody,
) {
  const { s3, mediaBucket: Bucket } = stores
  const place = { Bucket, Key: to.key }
  const started = await s3.send(
    new CreateMultipartUploadCommand({ ...place, ContentType: to.type, CacheControl: keptForEver }),
  )
  const upload = { ...place, UploadId: started.UploadId }
  const store = async (part: Part, n: number): Promise<CompletedPart> => {
    const PartNumber = n + 1
    if (part.way === 'send') {
      const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body: await makeBody(part) }))
      return { PartNumber, ...(ETag === undefined ? {} : { ETag }) }
    }
    const CopySourceRange = `bytes=${part.start}-${part.end - 1}`
    const copied = await s3.send(
      new UploadPartCopyCommand({ ...upload, PartNumber, CopySourceRange, ...sourceOf(stores, from) }),
    )
    const ETag = copied.CopyPartResult?.ETag
    return { PartNumber, ...(ETag === undefined ? {} : { ETag }) }
  }
  try {
    const Parts = await mapInParallel(parts, store)
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfNoneMatch: '*' }))
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => {})
    throw error
  }
}

async function mapInParallel<T, R>(items: readonly T[], work: (item: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const walk = async (): Promise<void> => {
    for (let n = next++; n < items.length; n = next++) {
      const item = items[n]
      if (item !== undefined) results[n] = await work(item, n)
    }
  }
  await Promise.all(Array.from({ length: parallelParts }, walk))
  return results
}

/**
 * 412 stands for two things: the copy is there already, or the source is another by now. The first needs nothing; the
 * second is noticed by whoever verifies the copy or promotes the original.
 */
async function settleChanged(send: () => Promise<void>): Promise<void> {
  try {
    await ignoring([412], send)
  } catch (error) {
    throw hasStatus(error, 404) ? new SourceChanged() : error
  }
}
