// Copies inside S3 with some pieces changed, for the video function. Doing it twice leaves what doing it once does; a copy
// that fails on the way is aborted and leaves no parts behind.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3'
import { SourceChanged } from '../inspect/source-changed.ts'
import type { CopyJob } from '../video/play/make-play.ts'
import type { Part } from '../video/play/plan-parts.ts'
import { keptForEver, type S3MediaObjectsOptions } from './s3-media-objects.ts'
import { hasStatus, ignoring } from './s3-status.ts'

/** Sent pieces are 5 MB each and in memory while they travel. */
const parallelParts = 4

export const createS3PlayObjects = (stores: S3MediaObjectsOptions) => ({
  assemble: <F>(job: CopyJob<F>) => assemble(stores, job),

  async headView(key: string) {
    const { s3, mediaBucket: Bucket } = stores
    const head = await ignoring([404], () => s3.send(new HeadObjectCommand({ Bucket, Key: key })))
    return head === null ? null : { bytes: head.ContentLength ?? 0 }
  },
})

/** Nobody sees its parts before they are joined. */
async function assemble<F>(stores: S3MediaObjectsOptions, job: CopyJob<F>): Promise<F | null> {
  const { from, to, parts, makeBody, check } = job
  const { s3, mediaBucket: Bucket } = stores
  const place = { Bucket, Key: to.key }
  const started = await s3.send(
    new CreateMultipartUploadCommand({ ...place, ContentType: to.type, CacheControl: keptForEver }),
  )
  const upload = { ...place, UploadId: started.UploadId }
  const source = {
    CopySource: `${stores.incomingBucket}/${encodeURI(from.key)}`,
    CopySourceIfMatch: `"${from.etag}"`,
  }
  const store = async (part: Part, n: number): Promise<CompletedPart> => {
    const PartNumber = n + 1
    if (part.way === 'send') {
      const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body: await makeBody(part) }))
      return { PartNumber, ...(ETag === undefined ? {} : { ETag }) }
    }
    // Of a small file S3 copies no range.
    const range = parts.length === 1 ? {} : { CopySourceRange: `bytes=${part.start}-${part.end - 1}` }
    const copied = await s3
      .send(new UploadPartCopyCommand({ ...upload, PartNumber, ...source, ...range }))
      .catch((error: unknown) => {
        // 404 stands for two things: no source any more, or no upload.
        const isChanged = hasStatus(error, 412) || (error instanceof Error && error.name === 'NoSuchKey')
        throw isChanged ? new SourceChanged() : error
      })
    const ETag = copied.CopyPartResult?.ETag
    return { PartNumber, ...(ETag === undefined ? {} : { ETag }) }
  }
  const abort = () => s3.send(new AbortMultipartUploadCommand(upload)).catch(() => {})
  try {
    const [Parts, fault] = await Promise.all([mapInParallel(parts, store), check()])
    if (fault === null) await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))
    else await abort()
    return fault
  } catch (error) {
    await abort()
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
