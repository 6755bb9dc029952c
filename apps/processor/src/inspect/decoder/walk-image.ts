// Where a picture's own structure ends, and which parts of it are not the picture: comments, tags, profiles, padding.
// Called by find-hidden-content. Damaged structure is not judged here: the decoder does that. Every walk moves forward,
// so none can loop.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { BoxRegion } from '../../video/play/boxes.ts'
import { colorTableBytes, skipSubBlocks } from '../gif-blocks.ts'
import { listItemBytes } from '../heif-items.ts'

export type ImageWalk = {
  /** The offset after the last byte that belongs to the picture, or null when the structure does not say. */
  readonly end: number | null
  readonly sideData: readonly Buffer[]
}

/** No camera or editor leaves as many; millions of empty comments would take all memory. */
const piecesMax = 2 ** 16

export function walkImage(file: Buffer, type: MediaType): ImageWalk {
  const sideData: Buffer[] = []
  const add = (piece: Buffer) => {
    if (piece.length > 0 && sideData.length < piecesMax) sideData.push(piece)
  }
  const end = walks[type]?.(file, add) ?? null
  return { end, sideData }
}

type Walk = (file: Buffer, add: (piece: Buffer) => void) => number | null

const evenUp = (length: number): number => length + (length % 2)

const walkJpeg: Walk = (file, add) => {
  let at = 2
  // Where the last segment ended: decoders pass over what stands there, unless it is pixels.
  let gapAt: number | null = 2
  const endGap = (end: number) => {
    if (gapAt !== null && end > gapAt) add(file.subarray(gapAt, end))
  }
  while (at + 1 < file.length) {
    // Inside entropy-coded data 0xFF is followed by 0x00 or a restart marker; anything else is the next segment.
    at = file.indexOf(0xff, at)
    if (at < 0 || at + 1 >= file.length) break
    const marker = file.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker === 0x00 || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) at += 2
    else {
      endGap(at)
      if (marker === 0xd9) return at + 2
      if (at + 4 > file.length) return null
      const end = at + 2 + Math.max(2, file.readUInt16BE(at + 2))
      // APP0 to APP15, and comments.
      if ((marker & 0xf0) === 0xe0 || marker === 0xfe) add(file.subarray(at + 4, end))
      gapAt = marker === 0xda ? null : end
      at = end
    }
  }
  endGap(file.length)
  return null
}

const walkPng: Walk = (file, add) => {
  let isMoving = false
  for (let at = 8; at + 12 <= file.length;) {
    const chunk = file.toString('latin1', at + 4, at + 8)
    const end = at + 12 + file.readUInt32BE(at)
    if (chunk === 'IEND') return Math.min(end, file.length)
    isMoving ||= chunk === 'acTL'
    // Colours of a palette may spell anything: with its name before them, no short signature stands at the beginning.
    // A frame's number stands before its data.
    const start = at + (chunk === 'PLTE' ? 4 : chunk === 'fdAT' ? 12 : 8)
    if (chunk !== 'IDAT' && !(chunk === 'fdAT' && isMoving)) add(file.subarray(start, end - 4))
    at = end
  }
  return null
}

const walkGif: Walk = (file, add) => {
  if (file.length < 13) return null
  let at = 13 + colorTableBytes(file.readUInt8(10))
  while (at < file.length) {
    const block = file.readUInt8(at)
    if (block === 0x3b) return at + 1
    if (block === 0x21) at += 2
    else if (block === 0x2c && at + 10 < file.length) at += 11 + colorTableBytes(file.readUInt8(at + 9))
    else {
      // Where decoders stop.
      add(file.subarray(at))
      return null
    }
    const end = skipSubBlocks(file, at)
    if (block === 0x21) add(joinSubBlocks(file, at, end))
    at = end
  }
  return null
}

/** What sub-blocks hold, without the length that leads each. */
function joinSubBlocks(file: Buffer, start: number, end: number): Buffer {
  const joined = Buffer.alloc(Math.max(0, Math.min(end, file.length) - start))
  let bytes = 0
  for (let at = start; at < end; at += 1 + (file[at] ?? 0)) {
    bytes += file.copy(joined, bytes, Math.min(at + 1, file.length), at + 1 + (file[at] ?? 0))
  }
  return joined.subarray(0, bytes)
}

const webpPixels = new Set(['VP8 ', 'VP8L', 'ALPH'])
const webpAnimation = 0x02

const walkWebp: Walk = (file, add) => {
  if (file.length < 12) return null
  const end = Math.min(file.length, 8 + evenUp(file.readUInt32LE(4)))
  let isMoving = false
  for (let at = 12; at + 8 <= end;) {
    const bodyEnd = at + 8 + file.readUInt32LE(at + 4)
    const chunk = file.toString('latin1', at, at + 4)
    if (chunk === 'VP8X') isMoving = ((file[at + 8] ?? 0) & webpAnimation) !== 0
    if (!webpPixels.has(chunk) && !(chunk === 'ANMF' && isMoving)) add(file.subarray(at + 8, bodyEnd))
    at = evenUp(bodyEnd)
  }
  return end
}

const isoPixels = new Set(['ftyp', 'meta', 'moov', 'moof', 'mdat', 'idat'])

const walkIso: Walk = (file, add) => {
  const media: Span[] = []
  let isMoving = false
  let at = 0
  while (at + 8 <= file.length && /^[ -~©]{4}$/.test(file.toString('latin1', at + 4, at + 8))) {
    const size32 = file.readUInt32BE(at)
    const size = size32 === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : size32
    // Zero means "to the end of the file".
    const end = size32 === 0 ? file.length : at + size
    if (end < at + 8 || end > file.length) break
    const type = file.toString('latin1', at + 4, at + 8)
    if (!isoPixels.has(type)) add(file.subarray(at + 8, end))
    if (type === 'meta') listBodies(file, at + 12, end, add)
    if (type === 'mdat') media.push({ start: at + (size32 === 1 ? 16 : 8), end })
    isMoving ||= type === 'moov'
    at = end
  }
  const items = listItemBytes(file)
  if (items === null) return at
  const words = merge(items.filter(({ type }) => !pictureTypes.has(type)))
  // The samples of a moving picture are no items.
  const rest = isMoving ? [] : subtract(media, merge(items))
  for (const { start, end } of [...words, ...rest]) add(file.subarray(start, end))
  return at
}

/** What each box between two offsets holds, but for the pixels of items that stand among them. */
function listBodies(
  file: Buffer,
  start: number,
  end: number,
  add: (piece: Buffer) => void,
  lists = ['iprp', 'ipco'],
): void {
  for (const box of new BoxRegion(file, 0).boxes(start, end)) {
    if (box.type === lists[0]) listBodies(file, box.bodyStart, box.end, add, lists.slice(1))
    else if (box.type !== 'idat') add(file.subarray(box.bodyStart, box.end))
  }
}

type Span = { readonly start: number; readonly end: number }

/** Items that are a picture or how pictures are put together; all others only say something about one. */
const pictureTypes = new Set('av01 avc1 hvc1 hvt1 lhv1 vvc1 vvt1 j2k1 jpeg mski unci grid iden iovl tmap'.split(' '))

/** The same bytes in spans that do not overlap, in order. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last === undefined || span.start >= last.end) merged.push(span)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
  }
  return merged
}

/** What of the first no span of the second covers; both in order. */
function subtract(spans: readonly Span[], covers: readonly Span[]): Span[] {
  const left: Span[] = []
  let next = 0
  let at = 0
  for (const span of spans) {
    at = Math.max(at, span.start)
    for (let cover = covers[next]; cover !== undefined && cover.start < span.end; cover = covers[(next += 1)]) {
      if (cover.start > at) left.push({ start: at, end: cover.start })
      at = Math.max(at, cover.end)
    }
    if (at < span.end) left.push({ start: at, end: span.end })
  }
  return left
}

/** TIFF is missing: it is a web of offsets, and any byte may belong to it. */
const walks: Readonly<Partial<Record<MediaType, Walk>>> = {
  'image/jpeg': walkJpeg,
  'image/png': walkPng,
  'image/gif': walkGif,
  'image/webp': walkWebp,
  'image/avif': walkIso,
  'image/heic': walkIso,
}
