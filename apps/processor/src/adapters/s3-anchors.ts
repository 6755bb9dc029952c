// Anchors of the audit log in the media bucket: written once each, and only read from then on.
import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { anchorFolder } from '@shoebox/shared/upload/object-keys.ts'

const readAtOnceMax = 32

export function createS3Anchors(s3: S3Client, Bucket: string) {
  const read = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }))
    return { key, json: (await Body?.transformToString()) ?? '' }
  }
  return {
    async putAnchor(Key: string, Body: string): Promise<void> {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*' }))
    },

    /** All of them, in the order of their keys. */
    async *readAnchors(): AsyncGenerator<{ key: string; json: string }> {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: anchorFolder })) {
        const keys = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]))
        for (let from = 0; from < keys.length; from += readAtOnceMax)
          yield* await Promise.all(keys.slice(from, from + readAtOnceMax).map(read))
      }
    },
  }
}
