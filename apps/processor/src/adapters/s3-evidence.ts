// Copies within the media bucket, from where an item is shown to where evidence is kept.
import { CopyObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { ignoring } from './s3-status.ts'

/** Answers false where there is nothing to copy. Type and how long it may be cached come along. */
export const createS3EvidenceCopy =
  (s3: S3Client, Bucket: string) =>
  async (from: string, to: string): Promise<boolean> => {
    const copy = new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` })
    return (await ignoring([404], () => s3.send(copy))) !== null
  }
