// The incoming bucket as the janitor sees it.
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { ArrivedObject } from '../janitor/sweep-uploads.ts'
import { ignoring } from './s3-status.ts'

export const createS3IncomingObjects = (s3: S3Client, Bucket: string) => ({
  async *listArrived(): AsyncGenerator<ArrivedObject[]> {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
      yield Contents.map(({ Key = '', ETag = '', LastModified }) => ({
        key: Key,
        etag: ETag.replaceAll('"', ''),
        modifiedMs: LastModified?.getTime() ?? Infinity,
      }))
    }
  },

  isThere: async (Key: string): Promise<boolean> =>
    (await ignoring([404], () => s3.send(new HeadObjectCommand({ Bucket, Key })))) !== null,

  async deleteArrived(Key: string, etag: string): Promise<void> {
    await ignoring([404, 412], () => s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: `"${etag}"` })))
  },

  async abortMultipart(Key: string, UploadId: string): Promise<void> {
    await ignoring([404], () => s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })))
  },
})
