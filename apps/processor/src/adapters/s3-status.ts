// What S3 answers in place of what it was asked for.
import { S3ServiceException } from '@aws-sdk/client-s3'

export const hasStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0)

/** Null where S3 answers with one of these. */
export async function ignoring<T>(statuses: readonly number[], send: () => Promise<T>): Promise<T | null> {
  try {
    return await send()
  } catch (error) {
    if (hasStatus(error, ...statuses)) return null
    throw error
  }
}
