// Bytes that are here already become a new object's or part's: shared, never written again.
import { cutPieces, readPieces } from './blob-files.ts'
import type { ChecksumAlgorithm } from './checksums.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import { sumBytes, type Received } from './receive-body.ts'

/**
 * Bytes `start` to `endInclusive` of an object, by default all of them. ETag and checksum are of just these, so that they
 * are read for them, unless they were sent in one piece and summed so then.
 */
export async function copyPieces(
  { files }: ObjectStore,
  source: StoredObject,
  algorithm: ChecksumAlgorithm,
  start = 0,
  endInclusive = source.size - 1,
): Promise<Received> {
  const pieces = files.share(cutPieces(source.pieces, start, endInclusive))
  try {
    const size = endInclusive + 1 - start
    const isSummed = size === source.size && source.checksumType === 'FULL_OBJECT' && !source.etag.includes('-')
    if (isSummed && source.checksums[algorithm] !== undefined)
      return { pieces, size, etag: source.etag, checksums: source.checksums }
    const { etag, checksums } = await sumBytes(readPieces(files.open(pieces)), algorithm)
    return { pieces, size, etag, checksums }
  } catch (error) {
    files.remove(pieces)
    throw error
  }
}
