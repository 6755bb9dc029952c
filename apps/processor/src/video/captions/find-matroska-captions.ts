// Text tracks of a Matroska or WebM file. Their cues lie among the pictures: found through the index where it names
// them, which most writers see to, else only in a file that is small enough to be read whole.
import type { BlockSource } from '../reader/block-source.ts'
import { headerBytesMax, readElement } from '../matroska/ebml.ts'
import { readBlock, type Block } from '../matroska/matroska-block.ts'
import { describeMatroskaText, type MatroskaText } from './matroska-text.ts'
import { matroskaIds as ids } from '../matroska/matroska-ids.ts'
import { Nested } from '../matroska/matroska-elements.ts'
import { bodyOf, elementAt, readHead, type MatroskaHead } from '../matroska/matroska-head.ts'
import { cuesMax, type CaptionReads, type Cue, type TextTrack } from './caption-track.ts'

/** Without an index for its captions a larger file has none. */
const readWholeBytesMax = 4 * 1024 * 1024
/** Of one cue with its header. */
const blockBytesMax = 1024
/** For a cue that does not say how long it stays. */
const shownMs = 4000

export async function findMatroskaCaptions(source: BlockSource): Promise<TextTrack[]> {
  const head = await readHead(source)
  if (head === null) return []
  let index: Promise<Indexed[]> | undefined
  return [...head.tracks.children(ids.trackEntry)].flatMap((entry) => {
    const text = describeMatroskaText(entry)
    if (text === null) return []
    const readCues = async (reads: CaptionReads) => {
      index ??= readIndex(source, head)
      const places = (await index).filter(({ track }) => track === text.number)
      const blocks =
        places.length > 0 ? await gatherBlocks(source, head, reads, places) : await walkBlocks(source, head)
      return blocks === null ? null : toCues(blocks, text)
    }
    return [{ language: text.language, label: text.label, readCues }]
  })
}

type Indexed = {
  readonly track: number
  readonly ticks: number
  readonly clusterAt: number
  /** Behind the header of its cluster. */
  readonly within: number
}

async function readIndex(source: BlockSource, { cuesAt, segmentBody }: MatroskaHead): Promise<Indexed[]> {
  const element = cuesAt === null ? null : await elementAt(source, cuesAt)
  const cues = element?.id === ids.cues ? await bodyOf(source, element) : null
  const places: Indexed[] = []
  for (const point of cues?.children(ids.cuePoint) ?? []) {
    for (const position of point.children(ids.cueTrackPositions)) {
      const [ticks, track] = [point.uint(ids.cueTime), position.uint(ids.cueTrack)]
      const [cluster, within] = [position.uint(ids.cueClusterPosition), position.uint(ids.cueRelativePosition)]
      if (ticks === null || track === null || cluster === null || within === null) continue
      places.push({ track, ticks, clusterAt: segmentBody + cluster, within })
    }
  }
  return places
}

type Found = Block & { readonly startMs: number; readonly durationMs: number | null }

async function gatherBlocks(
  source: BlockSource,
  { scaleNs }: MatroskaHead,
  reads: CaptionReads,
  places: readonly Indexed[],
): Promise<Found[] | null> {
  if (places.length > cuesMax) return null
  const within = (start: number, bytes: number) => ({ start, end: Math.min(source.bytes, start + bytes) })
  const starts = [...new Set(places.map(({ clusterAt }) => clusterAt))].filter((at) => at < source.bytes)
  const headers = await reads.gather(starts.map((at) => within(at, headerBytesMax)))
  const bodies = new Map(starts.map((at, n) => [at, readElement(headers[n] ?? new Uint8Array(), at)?.bodyStart]))
  const ranges = places.flatMap(({ clusterAt, within: offset, ticks }) => {
    const body = bodies.get(clusterAt)
    return body === undefined || body + offset >= source.bytes
      ? []
      : [{ ...within(body + offset, blockBytesMax), ticks }]
  })
  const pieces = await reads.gather(ranges)
  return ranges.flatMap(({ ticks }, n) => {
    const block = readBlock(new Nested(pieces[n] ?? new Uint8Array()).first())
    return block === null ? [] : [toFound(block, ticks, scaleNs)]
  })
}

/** Every block of a small file, whichever track it is of. */
async function walkBlocks(source: BlockSource, { segmentBody, scaleNs }: MatroskaHead): Promise<Found[] | null> {
  if (source.bytes > readWholeBytesMax) return null
  const file = await source.read(segmentBody, source.bytes)
  const found: Found[] = []
  let clusterTicks = 0
  // Clusters are stepped into, not over: those of live recordings have no end.
  for (const element of new Nested(file).walk(ids.cluster)) {
    if (element.id === ids.timestamp) clusterTicks = element.value() ?? 0
    const block = readBlock(element)
    if (block !== null) found.push(toFound(block, clusterTicks + block.offsetTicks, scaleNs))
  }
  return found
}

const toFound = (block: Block, ticks: number, scaleNs: number): Found => ({
  ...block,
  startMs: (ticks * scaleNs) / 1e6,
  durationMs: block.durationTicks === null ? null : (block.durationTicks * scaleNs) / 1e6,
})

function toCues(blocks: readonly Found[], { number, decode }: MatroskaText): Cue[] {
  const own = blocks.filter(({ track }) => track === number).toSorted((one, other) => one.startMs - other.startMs)
  return own.slice(0, cuesMax).flatMap(({ startMs, durationMs, payload }, n) => {
    const text = decode(payload)
    const untilNext = (own[n + 1]?.startMs ?? Infinity) - startMs
    const endMs = startMs + (durationMs ?? Math.min(shownMs, untilNext))
    return text === null ? [] : [{ startMs, endMs, text }]
  })
}
