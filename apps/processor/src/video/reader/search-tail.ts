// The last part of its kind in a file that has no index: recordings of browsers say nowhere how long they became, and
// each of their parts says when it begins.
import type { BlockSource } from './block-source.ts'

const KB = 1024
/** A part lasts a second or a few: at the 2.5 Mbit/s of browsers the first two of these hold one, at a phone's 48 the last. */
const tailBytes = [512 * KB, 896 * KB, 4096 * KB, 24_576 * KB]

/** What looks like the beginning of a part can lie within packed data, but hardly often. */
const candidatesMax = 16

/**
 * The result for the last place at which there is one; null where none is found near the end.
 * @param mark four bytes that a part begins with, or has in its first header
 * @param readAt given the end of the file and where a mark lies in it; null where it is no part
 */
export async function searchTail<T>(
  source: BlockSource,
  mark: Uint8Array,
  readAt: (tail: Buffer, at: number) => T | null,
): Promise<T | null> {
  let [candidates, seenBytes] = [0, 0]
  for (const bytes of tailBytes) {
    const tail = Buffer.from(await source.read(Math.max(0, source.bytes - bytes), source.bytes))
    // Of a header at the beginning of what was seen the first bytes are new.
    let at = tail.length - seenBytes + mark.length
    while (at > 0) {
      at = tail.lastIndexOf(mark, at - 1)
      if (at < 0) break
      candidates += 1
      if (candidates > candidatesMax) return null
      const found = readAt(tail, at)
      if (found !== null) return found
    }
    if (tail.length === source.bytes) break
    seenBytes = tail.length
  }
  return null
}
