// What to overwrite in an Ogg file: the comment that each logical stream carries in its second packet, in every link of
// a chain. Pages that are touched get a new checksum, without which players drop them.
import type { BlockSource } from '../video/reader/block-source.ts'
import { Scrubber, type ScrubPlan } from '../video/play/scrub.ts'
import { findAllOggLinks } from './find-ogg-links.ts'
import { readOggPage, sealOggPage, type OggPage } from './ogg-pages.ts'
import { scrubVorbisComment } from './vorbis-comment.ts'

/** A piece of a packet: which page it stands on and where. */
type Piece = { readonly page: OggPage; readonly from: number; readonly to: number }

/** Comments with a large cover take a few hundred pages. */
const pagesMax = 2048

export async function planOggScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  for (const { start } of await findAllOggLinks(source)) await scrubLink(scrubber, source, start)
  return { plan: 'patches', patches: scrubber.patches }
}

async function scrubLink(scrubber: Scrubber, source: BlockSource, start: number): Promise<void> {
  const streams = new Map<number, { packet: number; pieces: Piece[] }>()
  const touched: OggPage[] = []
  let at = start
  for (let count = 0; count < pagesMax; count += 1) {
    const page = await readOggPage(source, at)
    if (page === null) break
    // A page that starts no stream belongs to one that has begun; all beginnings come before all else.
    if (page.isFirst) streams.set(page.serial, { packet: 0, pieces: [] })
    const stream = streams.get(page.serial)
    if (stream !== undefined && stream.packet < 2) {
      touched.push(page)
      if (collect(page, stream)) scrubPacket(stream.pieces)
    }
    at = page.start + page.bytes.length
    if (!page.isFirst && [...streams.values()].every(({ packet }) => packet >= 2)) break
  }
  for (const page of touched) {
    sealOggPage(page)
    await scrubber.put(page.start, page.bytes)
  }
}

/** Takes in what a page holds of the second packet; true when the packet is complete. */
function collect(page: OggPage, stream: { packet: number; pieces: Piece[] }): boolean {
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
