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
  // Of a small file S3 copies no range.
  const rangeOf = ({ start, end }: Part) => (parts.length === 1 ? {} : { CopySourceRange: `bytes=${start}-${end - 1}` })
  const copy = (part: Part, PartNumber: number) =>
    s3
      .send(new UploadPartCopyCommand({ ...upload, PartNumber, ...source, ...rangeOf(part) }))
      .catch((error: unknown) => {
        // 404 stands for two things: no source any more, or no upload.
        const isChanged = hasStatus(error, 412) || (error instanceof Error && error.name === 'NoSuchKey')
        throw isChanged ? new SourceChanged() : error
      })
  const store = async (part: Part, PartNumber: number): Promise<CompletedPart> => {
    const stored =
      part.way === 'send'
        ? await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body: await makeBody(part) }))
        : (await copy(part, PartNumber)).CopyPartResult
    return { PartNumber, ...(stored?.ETag === undefined ? {} : { ETag: stored.ETag }) }
  }
  const abort = () => s3.send(new AbortMultipartUploadCommand(upload)).catch(() => {})
  try {
    const { Parts, fault } = await storeAndCheck(parts, store, check)
    if (fault === null) await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))
    else await abort()
    return fault
  } catch (error) {
    await abort()
    throw error
  }
}

/**
 * At the first trouble no more parts are begun, and this ends when those do that were: a part that S3 takes behind the
 * abort would stay.
 */
async function storeAndCheck<F>(
  parts: readonly Part[],
  store: (part: Part, number: number) => Promise<CompletedPart>,
  check: () => Promise<F | null>,
): Promise<{ Parts: CompletedPart[]; fault: F | null }> {
  const Parts: CompletedPart[] = []
  let next = 0
  let fault: F | null = null
  const walk = async (): Promise<void> => {
    for (let n = next++; n < parts.length; n = next++) {
      const part = parts[n]
      if (part !== undefined) Parts[n] = await store(part, n + 1)
    }
  }
  const look = async (): Promise<void> => {
    fault = await check()
    if (fault !== null) next = parts.length
  }
  const work = [look(), ...Array.from({ length: parallelParts }, walk)]
  for (const one of work) one.catch(() => (next = parts.length))
  await Promise.allSettled(work)
  await Promise.all(work)
  return { Parts, fault }
}
