// Copies within the media bucket, from where an item is shown to where evidence is kept.
import { CopyObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3'

/** Answers false where there is nothing to copy. Type and how long it may be cached come along. */
export const createS3EvidenceCopy =
  (s3: S3Client, Bucket: string) =>
  async (from: string, to: string): Promise<boolean> => {
    try {
      await s3.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` }))
      return true
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false
      throw error
    }
  }
