// Recognises MP3 and bare AAC that do not open with their first frame: behind tags that other detectors do not step
// over, or behind what a radio stream was cut in the middle of. Three frames in a row are no accident.

const framesMin = 3
const tagsMax = 8
const tagHeaderBytes = 10
const id3v1Bytes = 128

export type SoundFrames = { readonly name: 'audio/mpeg' | 'audio/aac'; readonly at: number }

/**
 * The MIME name of the sound that a chain of frames in these bytes is, and where it begins; null when there is none.
 * @param head the beginning of the file, or of what may be sound in it
 * @param isWhole true when there is nothing behind it
 */
export function findSoundFrames(head: Uint8Array, isWhole: boolean): SoundFrames | null {
  for (let at = skipTags(head); at + 7 < head.length; at += 1) {
    if (head[at] !== 0xff) continue
    for (const name of ['audio/mpeg', 'audio/aac'] as const)
      if (isChain(head, at, isWhole, kinds[name])) return { name, at }
  }
  return null
}

/** Where the frames end that begin in these bytes, and the tag behind them, from the middle of a sound; null when there are none. */
export function findFramesEnd(bytes: Uint8Array): number | null {
  const frames = findSoundFrames(bytes, true)
  if (frames === null) return null
  let { end: at } = followFrames(bytes, frames)
  if (Buffer.from(bytes.subarray(at, at + 3)).toString('latin1') === 'TAG') at += id3v1Bytes
  return Math.min(at, bytes.length)
}

/** As many bytes as what is found by its frames in a row may take. */
export const framesBytesMax = framesMin * 2 ** 13
const frameHeaderBytes = 7

export type FollowedFrames = {
  /** Where the last one begins; null when not even the first does. */
  readonly last: number | null
  /** Where the next would, perhaps behind these bytes. */
  readonly end: number
  /** None does. */
  readonly isOver: boolean
}

export function followFrames(bytes: Uint8Array, { name, at }: SoundFrames): FollowedFrames {
  for (let last: number | null = null, end = at; ;) {
    const isHere = end + frameHeaderBytes <= bytes.length
    const frame = isHere ? kinds[name](bytes, end) : null
    if (frame === null) return { last, end, isOver: isHere }
    last = end
    end += frame.length
  }
}

/** Length of the frame at an offset and what all frames of one sound share, or null where none begins. */
type Measure = (bytes: Uint8Array, at: number) => { readonly length: number; readonly kind: number } | null

function isChain(head: Uint8Array, from: number, isWhole: boolean, measure: Measure): boolean {
  let at = from
  let kind: number | null = null
  for (let count = 0; count < framesMin; count += 1) {
    if (at === head.length && isWhole) return count > 0
    const frame = measure(head, at)
    if (frame === null || (kind !== null && frame.kind !== kind)) return false
    kind = frame.kind
    at += frame.length
  }
  return true
}

/**
 * kbit/s by bitrate index: MPEG-1 layers II and III, then MPEG-2. Layer I is not looked for: nobody has such files, and
 * raw pixels look like its short frames.
 */
const bitrates = [
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const
const sampleRates = [44_100, 48_000, 32_000] as const

/** ISO/IEC 11172-3 and 13818-3. */
const measureMpeg: Measure = (bytes, at) => {
  const [b1 = 0, b2 = 0] = [bytes[at + 1], bytes[at + 2]]
  const version = (b1 >> 3) & 3
  const layer = 4 - ((b1 >> 1) & 3)
  const rate = sampleRates[(b2 >> 2) & 3]
  if (bytes[at] !== 0xff || b1 < 0xe0 || version === 1 || layer === 4 || layer === 1 || rate === undefined) return null
  const isFirst = version === 3
  const kilobits = bitrates[isFirst ? layer - 2 : 2]?.[(b2 >> 4) - 1]
  if (kilobits === undefined) return null
  const hertz = rate / (isFirst ? 1 : version === 2 ? 2 : 4)
  const padding = (b2 >> 1) & 1
  const samples = layer === 3 && !isFirst ? 576 : 1152
  const length = Math.floor(((samples / 8) * 1000 * kilobits) / hertz) + padding
  return { length, kind: ((b1 & 0xfe) << 8) | (b2 & 0x0c) }
}

/** ISO/IEC 13818-7, 6.2. */
const measureAdts: Measure = (bytes, at) => {
  const b1 = bytes[at + 1] ?? 0
  if (bytes[at] !== 0xff || (b1 & 0xf6) !== 0xf0) return null
  const [b2 = 0, b3 = 0, b4 = 0, b5 = 0] = bytes.subarray(at + 2, at + 6)
  const length = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5)
  if (((b2 >> 2) & 15) > 12 || length < 7) return null
  return { length, kind: (b1 << 8) | (b2 & 0xfc) }
}

const kinds = { 'audio/mpeg': measureMpeg, 'audio/aac': measureAdts } as const satisfies Record<string, Measure>

/** Where the sound may begin at the earliest: ID3 tags can stand one behind another. */
function skipTags(head: Uint8Array): number {
  let at = 0
  for (let count = 0; count < tagsMax; count += 1) {
    if (head[at] !== 0x49 || head[at + 1] !== 0x44 || head[at + 2] !== 0x33) break
    const size = head.subarray(at + 6, at + tagHeaderBytes).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
    at += tagHeaderBytes + size
  }
  // A tag that lies about its length is no reason to pass over the sound.
  return at < head.length ? at : 0
}
