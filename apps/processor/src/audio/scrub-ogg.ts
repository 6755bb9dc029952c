// What to overwrite in an Ogg file: the comment that each logical stream carries in its second packet, and all that FLAC
// has behind it, in every link of a chain; and whatever is no page. Pages that are touched get a new checksum, without
// which players drop them.
import type { BlockSource } from '../video/reader/block-source.ts'
import { Scrubber, TooMuchToScrub, type ScrubPlan } from '../video/play/scrub.ts'
import { linksMax } from './find-ogg-links.ts'
import { flacBlocks } from './scrub-flac.ts'
import { scrubLeadingTags } from './scrub-id3.ts'
import { scrubTagsBehind } from './scrub-tags-behind.ts'
import { readOggPage, sealOggPage, type OggPage } from './ogg-pages.ts'
import { scrubVorbisComment } from './vorbis-comment.ts'
import { walkOgg } from './walk-ogg.ts'

/** A piece of a packet: which page it stands on and where. */
type Piece = { readonly page: OggPage; readonly from: number; readonly to: number }

/** Of all links, since all are kept until the end. Comments with a large cover take a few hundred. */
const pagesMax = 2048

export async function planOggScrub(source: BlockSource): Promise<ScrubPlan> {
  const scrubber = new Scrubber(source)
  const from = await scrubLeadingTags(scrubber, source)
  const end = await scrubTagsBehind(scrubber, source, from)
  const touched: OggPage[] = []
  let streams = new Map<number, Stream>()
  let links = 0
  let wasFirst = false
  for await (const { start, end: pieceEnd, serial, isFirst } of walkOgg(source, from, end)) {
    if (serial === null) {
      await scrubber.blank(start, pieceEnd)
      continue
    }
    // All beginnings come before all else.
    if (isFirst && !wasFirst) {
      streams = new Map()
      if ((links += 1) > linksMax) throw new TooMuchToScrub(`more than ${linksMax} links`)
    }
    wasFirst = isFirst
    if (isFirst) streams.set(serial, { packet: 0, pieces: [], treat: scrubComment })
    const stream = streams.get(serial)
    const page = stream?.treat == null ? null : await readOggPage(source, start)
    if (stream === undefined || page === null) continue
    if (touched.push(page) > pagesMax) throw new TooMuchToScrub('words on too many pages')
    treatPackets(page, stream)
  }
  for (const page of touched) {
    sealOggPage(page)
    await scrubber.put(page.start, page.bytes)
  }
  return links === 0
    ? { plan: 'unsafe', detail: 'no page begins a stream' }
    : { plan: 'patches', patches: scrubber.patches }
}

type Stream = { packet: number; pieces: Piece[]; treat: Treatment | null }

/** Treats the packets that end on a page, as far as they are headers. */
function treatPackets(page: OggPage, stream: Stream): void {
  let at = page.bodyOffset
  for (const length of page.segments) {
    stream.pieces.push({ page, from: at, to: at + length })
    at += length
    // A segment shorter than 255 bytes ends a packet.
    if (length === 255) continue
    const packet = join(stream.pieces)
    if (stream.packet === 0) stream.treat = nameTreatment(packet)
    else {
      const isLast = stream.treat?.(packet)
      spread(packet, stream.pieces)
      if (isLast !== false) stream.treat = null
    }
    stream.packet += 1
    stream.pieces = []
    if (stream.treat === null) return
  }
}

const join = (pieces: readonly Piece[]): Buffer =>
  Buffer.concat(pieces.map(({ page, from, to }) => page.bytes.subarray(from, to)))

function spread(packet: Buffer, pieces: readonly Piece[]): void {
  let at = 0
  for (const { page, from, to } of pieces) {
    packet.copy(page.bytes, from, at, at + to - from)
    at += to - from
  }
}

/** Changes a packet behind the first. Returns false when words may stand in the next one too. */
type Treatment = (packet: Buffer) => boolean

/** By the first packet of a stream. */
function nameTreatment(first: Buffer): Treatment {
  const beginning = first.toString('latin1', 0, 8)
  if (beginning.startsWith('\x7fFLAC')) return scrubFlacBlock
  return beginning === 'Speex   ' ? scrubBareComment : scrubComment
}

/** Opus says `OpusTags`, Vorbis a 3 and `vorbis`, Theora the like; then the same comment follows. */
const preamble = /^(?:OpusTags|\x03vorbis|\x81theora)/

function scrubComment(packet: Buffer): boolean {
  const words = preamble.exec(packet.toString('latin1', 0, 8))?.[0].length
  if (words === undefined) return true
  packet.set(scrubVorbisComment(packet.subarray(words)), words)
  // Vorbis ends its comment packet with a set bit, which a comment without words would lose.
  if (packet[0] === 0x03) packet[packet.length - 1] = 1
  return true
}

function scrubBareComment(packet: Buffer): boolean {
  packet.set(scrubVorbisComment(packet))
  return true
}

/** Each of them is a packet: a header of four bytes, then its body. Frames begin with 0xff. */
function scrubFlacBlock(packet: Buffer): boolean {
  const flags = packet[0] ?? 0xff
  if (flags === 0xff || packet.length < 4) return true
  const type = flags & 0x7f
  if (type === flacBlocks.vorbisComment) packet.set(scrubVorbisComment(packet.subarray(4)), 4)
  else if (type !== flacBlocks.streamInfo && type !== flacBlocks.seekTable) {
    packet[0] = (flags & 0x80) | flacBlocks.padding
    packet.fill(0, 4)
  }
  return (flags & 0x80) !== 0
}
