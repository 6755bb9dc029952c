// A bucket as those see it who compare it with the database, and who empty it.
import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'

export type ListedObject = { readonly key: string; readonly bytes: number; readonly modifiedMs: number }

export const createS3DeletableObjects = (s3: S3Client, Bucket: string) => ({
  /** Pages of at most 1000, in the order of the keys' bytes. */
  async *list(Prefix: string, after?: string): AsyncGenerator<ListedObject[]> {
    const start = after === undefined ? {} : { StartAfter: after }
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix, ...start }))
      yield Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        bytes: Size,
        modifiedMs: LastModified?.getTime() ?? Infinity,
      }))
  },

  async delete(keys: readonly string[]): Promise<void> {
    const Objects = keys.map((Key) => ({ Key }))
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    // S3 answers 200 also when it refused each of them.
    if (Errors.length > 0) throw new Error(`S3 did not delete ${Errors.length} of ${keys.length}: ${Errors[0]?.Code}`)
  },
})
