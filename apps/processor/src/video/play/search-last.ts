// The end of a film of many fragments, which is not walked from one to the next, since each is a read. The last fragment
// is found from the end, and from it the walk goes on, so that what stands behind it is known to begin there.
import type { BlockSource } from '../reader/block-source.ts'
import { readBox } from './boxes.ts'
import type { Scrubber } from './scrub.ts'

/** First of these many bytes, then of more: most fragments are short. */
const windows = [64 * 1024, 1024 * 1024, 16 * 1024 * 1024]

/** Boxes that may stand behind the last fragment without being anybody's hiding place. */
const lastBoxes = new Set(['moof', 'mdat', 'mfra', 'sidx', 'styp', 'emsg'])

/** Throws `HidesOther` for what stands at the end, also when it has but a short signature. */
export async function searchLast(scrubber: Scrubber, source: BlockSource, from: number): Promise<void> {
  await scrubber.search(Math.max(from, source.bytes - (windows[0] ?? 0)), source.bytes)
  for (const window of windows) {
    const start = Math.max(from, source.bytes - window)
    const bytes = Buffer.from(await source.read(start, source.bytes))
    const end = findEnd(bytes)
    if (end !== null && start + end < source.bytes) await scrubber.searchThrough(start + end, source.bytes)
    if (end !== null || start === from) return
  }
}

/** Where the boxes that begin with the last fragment end; null when none begins here. */
function findEnd(bytes: Buffer): number | null {
  for (let name = bytes.lastIndexOf('moof'); name >= 4; name = bytes.lastIndexOf('moof', name - 1)) {
    let at = name - 4
    let boxes = 0
    for (; at < bytes.length; boxes += 1) {
      const box = readBox(bytes.subarray(at, at + 16), at, bytes.length)
      if (box === null || box.end > bytes.length || !lastBoxes.has(box.type)) break
      at = box.end
    }
    // Four letters in the middle of a sample are no fragment: it has a header and its samples.
    if (boxes >= 2) return at
  }
  return null
}
