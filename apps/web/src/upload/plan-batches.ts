import { filesMaxPerBatch } from '@shoebox/shared/upload/policy.ts'

/** A batch is declared when all of it is hashed, so a batch of large files would keep the first of them waiting. */
const bytesMaxPerBatch = 64 * 2 ** 20

/** Cuts a list of files into pre-flight calls, in order: at most 50 files, and about 64 MB, each. */
export function planBatches<T>(items: readonly T[], bytesOf: (item: T) => number): T[][] {
  const batches: T[][] = []
  let batch: T[] = []
  let bytes = 0
  for (const item of items) {
    if (batch.length > 0 && (batch.length >= filesMaxPerBatch || bytes + bytesOf(item) > bytesMaxPerBatch)) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += bytesOf(item)
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
