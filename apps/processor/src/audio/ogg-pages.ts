// Pages of an Ogg file (RFC 3533, 6).
import type { BlockSource } from '../video/reader/block-source.ts'

export type OggPage = {
  readonly start: number
  readonly bytes: Buffer
  readonly serial: number
  /** Counts the pages of its stream, from 0. */
  readonly sequence: number
  readonly segments: Buffer
  readonly bodyOffset: number
  /** It is the first of its stream. */
  readonly isFirst: boolean
}

const pageHeaderBytes = 27
const segmentsMax = 255
/** Header, table and as many segments as there can be, each of 255 bytes. */
export const pageBytesMax = pageHeaderBytes + segmentsMax + segmentsMax * 255

/** The page that begins at an offset; null when none does, and when it goes further than the file. */
export async function readOggPage(source: BlockSource, start: number): Promise<OggPage | null> {
  if (start + pageHeaderBytes > source.bytes) return null
  const header = Buffer.from(await source.read(start, Math.min(source.bytes, start + pageHeaderBytes + segmentsMax)))
  const bytes = measurePage(header, 0)
  if (bytes === null || start + bytes > source.bytes) return null
  return layOutPage(Buffer.from(await source.read(start, start + bytes)), start)
}

/** Streams that begin together. */
const streamsMax = 32

/** What the streams begin with that begin at an offset: these pages stand before all else. */
export async function readFirstPages(source: BlockSource, start: number): Promise<OggPage[]> {
  const pages: OggPage[] = []
  for (let at = start; pages.length < streamsMax;) {
    const page = await readOggPage(source, at)
    if (page === null || !page.isFirst) break
    pages.push(page)
    at += page.bytes.length
  }
  return pages
}

/** The first whole page in these bytes, or the last one, that its checksum proves to be one. */
export function findOggPage(bytes: Buffer, base: number, which: 'first' | 'last'): OggPage | null {
  const isFirst = which === 'first'
  const next = (at: number) => (isFirst ? bytes.indexOf('OggS\0', at, 'latin1') : lastBefore(bytes, at))
  for (let at = next(isFirst ? 0 : bytes.length); at >= 0; at = next(isFirst ? at + 1 : at)) {
    const length = measurePage(bytes, at)
    if (length === null || at + length > bytes.length) continue
    const page = Buffer.from(bytes.subarray(at, at + length))
    if (hasRightChecksum(page)) return layOutPage(page, base + at)
  }
  return null
}

export function hasRightChecksum(page: Buffer): boolean {
  const blank = Buffer.from(page)
  blank.writeUInt32LE(0, checksumOffset)
  return oggChecksum(blank) === page.readUInt32LE(checksumOffset)
}

const lastBefore = (bytes: Buffer, at: number): number =>
  at === 0 ? -1 : bytes.lastIndexOf('OggS\0', at - 1, 'latin1')

/** How long the page is that begins at an offset of these bytes; null when none does. */
export function measurePage(bytes: Buffer, at: number): number | null {
  if (at + pageHeaderBytes > bytes.length || bytes.toString('latin1', at, at + 4) !== 'OggS') return null
  const bodyAt = at + pageHeaderBytes + bytes.readUInt8(at + 26)
  const segments = bytes.subarray(at + pageHeaderBytes, bodyAt)
  return segments.reduce((sum, length) => sum + length, bodyAt - at)
}

/** What has been heard when it ends, by the clock of its codec; null when no packet ends on it. */
export function granuleOf({ bytes }: OggPage): number | null {
  const granule = Number(bytes.readBigInt64LE(6))
  return granule < 0 ? null : granule
}

export const serialOf = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + 14)
export const isFirstOfStream = (bytes: Buffer, at: number): boolean => (bytes.readUInt8(at + 5) & 0x02) !== 0

function layOutPage(bytes: Buffer, start: number): OggPage {
  const bodyOffset = pageHeaderBytes + bytes.readUInt8(26)
  return {
    start,
    bytes,
    serial: serialOf(bytes, 0),
    sequence: bytes.readUInt32LE(18),
    segments: Buffer.from(bytes.subarray(pageHeaderBytes, bodyOffset)),
    bodyOffset,
    isFirst: isFirstOfStream(bytes, 0),
  }
}

const checksumOffset = 22

const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x8000_0000) === 0 ? value << 1 : (value << 1) ^ 0x04c1_1db7
  return value >>> 0
})

/** Gives a page whose body was changed the checksum without which players drop it. */
export function sealOggPage(page: Pick<OggPage, 'bytes'>): void {
  page.bytes.writeUInt32LE(0, checksumOffset)
  page.bytes.writeUInt32LE(oggChecksum(page.bytes), checksumOffset)
}

/** CRC-32 as Ogg counts it: not reflected, begins and ends without inversion. */
function oggChecksum(page: Uint8Array): number {
  let value = 0
  for (const byte of page) value = ((value << 8) ^ (checksumTable[((value >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return value
}
