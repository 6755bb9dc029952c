import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'

/** Exports of people's data in the media bucket. Written over when made again: the name is the export's. */
export const createS3Exports = (s3: S3Client, Bucket: string) => ({
  async putExport(Key: string, json: Uint8Array): Promise<void> {
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: json,
        ContentType: 'application/json',
        ContentDisposition: 'attachment; filename="shoebox-data.json"',
        CacheControl: 'private, no-store',
      }),
    )
  },

  /** Says nothing when it is not there. */
  async removeExport(Key: string): Promise<void> {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  },
})
