// What to overwrite in an Ogg file: the comment that each logical stream carries in its second packet. Pages that are
// touched get a new checksum, without which players drop them.
import type { BlockSource } from '../video/reader/block-source.ts'
import { Scrubber, type ScrubPlan } from '../video/play/scrub.ts'
import { scrubVorbisComment } from './vorbis-comment.ts'

type Page = {
  readonly start: number
  readonly bytes: Buffer
  readonly serial: number
  readonly segments: Buffer
  readonly bodyOffset: number
}

/** A piece of a packet: which page it stands on and where. */
type Piece = { readonly page: Page; readonly from: number; readonly to: number }

/** Comments with a large cover take a few hundred pages. */
const pagesMax = 2048
const pageHeaderBytes = 27

export async function planOggScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  const streams = new Map<number, { packet: number; pieces: Piece[] }>()
  const touched: Page[] = []
  let at = 0
  for (let count = 0; count < pagesMax; count += 1) {
    const page = await readPage(source, at)
    if (page === null) break
    // A page that starts no stream belongs to one that has begun; all beginnings come before all else.
    const isFirst = ((page.bytes[5] ?? 0) & 0x02) !== 0
    if (isFirst) streams.set(page.serial, { packet: 0, pieces: [] })
    const stream = streams.get(page.serial)
    if (stream !== undefined && stream.packet < 2) {
      touched.push(page)
      if (collect(page, stream)) scrubPacket(stream.pieces)
    }
    at = page.start + page.bytes.length
    if (!isFirst && [...streams.values()].every(({ packet }) => packet >= 2)) break
  }
  for (const page of touched) {
    page.bytes.writeUInt32LE(0, 22)
    page.bytes.writeUInt32LE(oggChecksum(page.bytes), 22)
    await scrubber.put(page.start, page.bytes)
  }
  return { plan: 'patches', patches: scrubber.patches }
}

async function readPage(source: BlockSource, start: number): Promise<Page | null> {
  if (start + pageHeaderBytes > source.bytes) return null
  const header = Buffer.from(await source.read(start, Math.min(source.bytes, start + pageHeaderBytes + 255)))
  if (header.toString('latin1', 0, 4) !== 'OggS') return null
  const segmentCount = header.readUInt8(26)
  const segments = Buffer.from(header.subarray(pageHeaderBytes, pageHeaderBytes + segmentCount))
  const bodyOffset = pageHeaderBytes + segmentCount
  const end = start + bodyOffset + segments.reduce((sum, length) => sum + length, 0)
  if (end > source.bytes) return null
  return {
    start,
    bytes: Buffer.from(await source.read(start, end)),
    serial: header.readUInt32LE(14),
    segments,
    bodyOffset,
  }
}

/** Takes in what a page holds of the second packet; true when the packet is complete. */
function collect(page: Page, stream: { packet: number; pieces: Piece[] }): boolean {
  let at = page.bodyOffset
  for (const length of page.segments) {
    if (stream.packet === 1) stream.pieces.push({ page, from: at, to: at + length })
    at += length
    // A segment shorter than 255 bytes ends a packet.
    if (length === 255) continue
    stream.packet += 1
    if (stream.packet === 2) return true
  }
  return false
}

/** Opus says `OpusTags`, Vorbis a 3 and `vorbis`, FLAC a block header; then the same comment follows. */
const preambles: readonly RegExp[] = [/^OpusTags/, /^\x03vorbis/, /^[\x04\x84][^]{3}/]

function scrubPacket(pieces: readonly Piece[]): void {
  const packet = Buffer.concat(pieces.map(({ page, from, to }) => page.bytes.subarray(from, to)))
  const beginning = packet.toString('latin1', 0, 8)
  const preamble = preambles
    .map((pattern) => pattern.exec(beginning)?.[0].length)
    .find((length) => length !== undefined)
  if (preamble === undefined) return
  const comment = scrubVorbisComment(packet.subarray(preamble))
  // Vorbis ends its comment packet with a set bit, which a comment without words would lose.
  if (packet[0] === 0x03) comment[comment.length - 1] = 1
  const changed = Buffer.concat([packet.subarray(0, preamble), comment])
  let at = 0
  for (const { page, from, to } of pieces) {
    changed.copy(page.bytes, from, at, at + to - from)
    at += to - from
  }
}

const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x8000_0000) === 0 ? value << 1 : (value << 1) ^ 0x04c1_1db7
  return value >>> 0
})

/** CRC-32 as Ogg counts it: not reflected, begins and ends without inversion (RFC 3533, 6). */
export function oggChecksum(page: Uint8Array): number {
  let value = 0
  for (const byte of page) value = ((value << 8) ^ (checksumTable[((value >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return value
}
