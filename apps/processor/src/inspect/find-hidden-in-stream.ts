// The polyglot check for video and audio, which are never read whole: what makes a file an archive or a PDF as well
// stands at its two ends, so those are read. What hides in between, the planner of `play` finds: it looks at everything
// that is not needed to play. Sounds without a container have no end that could be looked up: where the last block is no
// sound, something large hangs behind, and the whole file is searched.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { measurePage } from '../audio/ogg-pages.ts'
import { endsAsZip, findForeign, findForeignAmongSamples, opensAsPdf, overlapBytes } from './find-foreign.ts'
import { findFlacEnds } from './flac-ends.ts'
import { findFramesEnd } from './find-sound-frames.ts'
import { blockBytes, type RangedTokenizer } from './ranged-tokenizer.ts'

/** What is hidden in the file, as a word for the log, or null. */
export async function findHiddenInStream(
  tokenizer: RangedTokenizer,
  type: MediaType,
  openBody: () => AsyncIterable<Uint8Array>,
): Promise<string | null> {
  const lastBlock = Math.floor((tokenizer.fileInfo.size - 1) / blockBytes)
  const head = Buffer.from(await tokenizer.block(0))
  const lastBytes = tokenizer.fileInfo.size - lastBlock * blockBytes
  // A tail of a few bytes may cut an end record in two, any a FLAC's last frame; the block before it completes it.
  const isShort = lastBlock > 1 && (type === 'audio/flac' || lastBytes < shortBytes)
  const tail = Buffer.from(await (isShort ? tokenizer.lastTwo() : tokenizer.block(lastBlock)))
  if (opensAsPdf(head)) return 'pdf'
  if (endsAsZip(tail)) return 'zip'
  if (type === 'audio/flac') {
    const found = findFlacEnds(tail).map((end) => findForeign(tail.subarray(end, end + beginningBytes)))
    const first = found.find((name) => name !== null)
    if (first !== undefined) return first
  }
  const findEnd = soundEnds[type]
  if (findEnd === undefined) return null
  const end = findEnd(tail)
  return findForeign(tail.subarray(end ?? 0)) ?? (end === null ? searchAll(openBody()) : null)
}

const shortBytes = 8 * 1024
/** Enough to tell what something is by how it begins. */
const beginningBytes = 512

/** By type: where the sound ends in bytes from the end of a file, as far as that can be told; null where there is none. */
const soundEnds: Readonly<Partial<Record<MediaType, (bytes: Buffer) => number | null>>> = {
  'audio/mpeg': findFramesEnd,
  'audio/ogg': findLastPageEnd,
  // Frames do not say how long they are. Fixed and variable block size: the chance of neither in 8 KB of sound is nil.
  'audio/flac': (bytes) => (['\xff\xf8', '\xff\xf9'].some((sync) => bytes.includes(sync, 0, 'latin1')) ? 0 : null),
}

function findLastPageEnd(bytes: Buffer): number | null {
  const at = bytes.lastIndexOf('OggS', undefined, 'latin1')
  const length = at < 0 ? null : measurePage(bytes, at)
  return length === null ? null : Math.min(bytes.length, at + length)
}

async function searchAll(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  let before: Uint8Array = new Uint8Array()
  for await (const part of body) {
    const found = findForeignAmongSamples(Buffer.concat([before, part]))
    if (found !== null) return found
    before = part.subarray(-overlapBytes)
  }
  return null
}
