// The two buckets as the canary sees them: only what lies under its own ids.
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { originalFolder, viewsFolder } from '@shoebox/shared/upload/object-keys.ts'
import { ignoring } from './s3-status.ts'

export type CanaryBuckets = { readonly s3: S3Client; readonly incomingBucket: string; readonly mediaBucket: string }

export const createS3CanaryObjects = ({ s3, incomingBucket, mediaBucket }: CanaryBuckets) => ({
  async put(Key: string, Body: Uint8Array, ContentType: string): Promise<string> {
    const put = new PutObjectCommand({ Bucket: incomingBucket, Key, Body, ContentType, IfNoneMatch: '*' })
    return ((await s3.send(put)).ETag ?? '').replaceAll('"', '')
  },

  async measure(Key: string): Promise<number | null> {
    const head = await ignoring([404], () => s3.send(new HeadObjectCommand({ Bucket: mediaBucket, Key })))
    return head === null ? null : (head.ContentLength ?? 0)
  },

  async remove(incomingKey: string, mediaId: MediaId): Promise<void> {
    await s3.send(new DeleteObjectCommand({ Bucket: incomingBucket, Key: incomingKey }))
    for (const Prefix of [viewsFolder(mediaId), originalFolder(mediaId)]) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: mediaBucket, Prefix }))
      for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket: mediaBucket, Key }))
    }
  },
})
