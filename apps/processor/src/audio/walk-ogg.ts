// An Ogg file from one end to the other: its pages, and what stands between and behind them. Called by scrub-ogg.
import { windowBytes, type BlockSource } from '../video/reader/block-source.ts'
import { TooMuchToScrub } from '../video/play/scrub.ts'
import { hasRightChecksum, isFirstOfStream, measurePage, pageBytesMax, serialOf } from './ogg-pages.ts'

/** `serial` is null for what is no page. */
export type OggPiece = {
  readonly start: number
  readonly end: number
  readonly serial: number | null
  readonly isFirst: boolean
}

/** Only pages that no other follows are checked, and few files have any. */
const checkedBytesMax = 64 * 2 ** 20

export async function* walkOgg(source: BlockSource, from: number, end: number): AsyncGenerator<OggPiece> {
  let window = { start: from, bytes: Buffer.alloc(0) }
  let checkedBytes = 0
  source.readThrough()

  /** A page is followed by another or by nothing; of any other its checksum is right. */
  function measure(at: number): number | null {
    const offset = at - window.start
    const length = measurePage(window.bytes, offset)
    if (length === null || at + length > end) return null
    const behind = window.bytes.toString('latin1', offset + length, offset + length + 4)
    if (at + length === end || behind === 'OggS') return length
    checkedBytes += length
    if (checkedBytes > checkedBytesMax) throw new TooMuchToScrub('pages that lead nowhere')
    return hasRightChecksum(window.bytes.subarray(offset, offset + length)) ? length : null
  }

  let pageEnd = from
  for (let at = from; at < end;) {
    // A page that begins here, and the one behind it.
    if (Math.min(end, at + 2 * pageBytesMax) > window.start + window.bytes.length)
      window = { start: at, bytes: Buffer.from(await source.read(at, Math.min(end, at + windowBytes))) }
    const length = measure(at)
    if (length !== null) {
      const offset = at - window.start
      if (at > pageEnd) yield { start: pageEnd, end: at, serial: null, isFirst: false }
      const [serial, isFirst] = [serialOf(window.bytes, offset), isFirstOfStream(window.bytes, offset)]
      pageEnd = at + length
      yield { start: at, end: pageEnd, serial, isFirst }
      at = pageEnd
    } else {
      const next = window.bytes.indexOf('OggS', at + 1 - window.start, 'latin1')
      const windowEnd = window.start + window.bytes.length
      // Of what is not here yet a page may begin in the last three bytes.
      at = next >= 0 ? window.start + next : windowEnd === end ? end : windowEnd - 3
    }
  }
  if (pageEnd < end) yield { start: pageEnd, end, serial: null, isFirst: false }
}
