// Text tracks of an MP4 or QuickTime file: 3GPP timed text, QuickTime text and WebVTT samples, found through the sample
// tables of the header and of fragments. The header is what the parser before has read already, so a film without such tracks costs nothing.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, type Box } from '../play/boxes.ts'
import { readFragments, type TimedSample, type TrackFragment } from '../play/fragments.ts'
import { isLong, readMovieBox, trackIdOf, tracksOf, type MovieBox } from '../play/movie-box.ts'
import { findSamples, type ByteRange } from '../play/sample-ranges.ts'
import { cuesMax, type CaptionReads, type Cue, type TextTrack } from './caption-track.ts'
import { nameLanguage } from './name-language.ts'

/** A longer sample holds more than is said in one cue. */
const sampleBytesMax = 8 * 1024
/** As many again are the gaps between them. */
const samplesMax = 2 * cuesMax + 1

export async function findIsoCaptions(source: BlockSource): Promise<TextTrack[]> {
  const movie = await readMovieBox(source)
  if (movie === null) return []
  const { region, moov } = movie
  const traks = tracksOf(movie)
  const chapters = new Set(traks.flatMap((trak) => chaptersOf(region, trak)))
  const texts = traks.filter((trak) => isText(region, trak) && !chapters.has(trackIdOf(region, trak)))
  const isFragmented = region.find(moov, 'mvex') !== null
  let fragments: Promise<TextFragment[]> | undefined
  return texts.map((trak) =>
    describeTrack(movie, trak, source.bytes, async () => {
      if (!isFragmented) return []
      fragments ??= gatherFragments(source, movie, new Set(texts.map((text) => trackIdOf(region, text))))
      return (await fragments).filter(({ trackId }) => trackId === trackIdOf(region, trak))
    }),
  )
}

type TextFragment = Pick<TrackFragment, 'trackId' | 'startTicks'> & { readonly samples: readonly TimedSample[] }

async function gatherFragments(source: BlockSource, movie: MovieBox, ids: ReadonlySet<number>) {
  const found: TextFragment[] = []
  let left = samplesMax * ids.size
  for await (const tracks of readFragments(source, movie)) {
    for (const { trackId, startTicks, listSamples } of tracks) {
      if (!ids.has(trackId)) continue
      const samples: TimedSample[] = []
      found.push({ trackId, startTicks, samples })
      for (const sample of listSamples()) {
        samples.push(sample)
        if ((left -= 1) === 0) return found
      }
    }
    if (found.length > samplesMax) break
  }
  return found
}

const formats = new Set(['tx3g', 'text', 'wvtt'])

const formatOf = (region: BoxRegion, trak: Box): string | null => {
  const stsd = region.find(trak, 'mdia', 'minf', 'stbl', 'stsd')
  return stsd === null || stsd.end - stsd.bodyStart < 16 ? null : region.type(stsd.bodyStart + 12)
}

function isText(region: BoxRegion, trak: Box): boolean {
  const hdlr = region.find(trak, 'mdia', 'hdlr')
  if (hdlr === null || hdlr.end - hdlr.bodyStart < 12) return false
  return ['sbtl', 'subt', 'text'].includes(region.type(hdlr.bodyStart + 8)) && formats.has(formatOf(region, trak) ?? '')
}

/** Names of chapters are text tracks too. */
function chaptersOf(region: BoxRegion, trak: Box): number[] {
  const chap = region.find(trak, 'tref', 'chap')
  if (chap === null) return []
  return Array.from({ length: Math.floor((chap.end - chap.bodyStart) / 4) }, (_, n) =>
    region.uint32(chap.bodyStart + 4 * n),
  )
}

function describeTrack(
  { region, moov }: MovieBox,
  trak: Box,
  fileBytes: number,
  findFragments: () => Promise<TextFragment[]>,
): TextTrack {
  const name = region.find(trak, 'udta', 'name')
  return {
    language: nameLanguage(languageOf(region, trak)),
    label: name === null ? null : decodeText(region.slice(name.bodyStart, name.end)).replaceAll('\0', ''),
    readCues: async (reads) => {
      const clock = clockOf(region, moov, trak)
      const ranges = findSamples(region, trak, fileBytes, samplesMax)
      const starts = startsOf(region, trak)
      if (clock === null || ranges === null || starts === null) return null
      const own = ranges.map(({ start, end }, n) => ({ start, end, from: starts[n] ?? NaN, to: starts[n + 1] ?? NaN }))
      const samples = [...own, ...layOut(await findFragments(), own.at(-1)?.to ?? 0)]
      return readSamples(reads, samples, clock, formatOf(region, trak))
    },
  }
}

/** When it is shown, in the clock of its track. */
type Sample = ByteRange & { readonly from: number; readonly to: number }

function layOut(fragments: readonly TextFragment[], begin: number): Sample[] {
  let ticks = begin
  return fragments.flatMap(({ startTicks, samples }) => {
    ticks = startTicks ?? ticks
    return samples.map((sample) => {
      const from = ticks
      ticks += sample.ticks
      return { start: sample.start, end: sample.end, from, to: ticks }
    })
  })
}

/** QuickTime's numbers from before it wrote letters. */
const numberedLanguages = 'en fr de it nl sv es da pt no he ja ar fi el is mt tr hr zh ur hi th ko'.split(' ')
const lettersFrom = 0x400

/** Five bits a letter, or a tag in a box of its own. */
function languageOf(region: BoxRegion, trak: Box): string | null {
  const elng = region.find(trak, 'mdia', 'elng')
  if (elng !== null) return decodeText(region.slice(elng.bodyStart + 4, elng.end)).replaceAll('\0', '')
  const mdhd = region.find(trak, 'mdia', 'mdhd')
  if (mdhd === null) return null
  const packed = region.uint32(mdhd.bodyStart + (isLong(region, mdhd) ? 32 : 20)) >>> 16
  if (packed < lettersFrom) return numberedLanguages[packed] ?? null
  return [10, 5, 0].map((shift) => String.fromCharCode(((packed >> shift) & 31) + 0x60)).join('')
}

type Clock = { readonly scale: number; readonly shiftMs: number }

function clockOf(region: BoxRegion, moov: Box, trak: Box): Clock | null {
  const mdhd = region.find(trak, 'mdia', 'mdhd')
  const mvhd = region.find(moov, 'mvhd')
  if (mdhd === null || mvhd === null) return null
  const scale = region.uint32(mdhd.bodyStart + (isLong(region, mdhd) ? 20 : 12))
  const movieScale = region.uint32(mvhd.bodyStart + (isLong(region, mvhd) ? 20 : 12))
  return scale === 0 || movieScale === 0 ? null : { scale, shiftMs: shiftOf(region, trak, movieScale, scale) }
}

/** When each sample is shown, and when the last one no longer is. */
function startsOf(region: BoxRegion, trak: Box): number[] | null {
  const stts = region.find(trak, 'mdia', 'minf', 'stbl', 'stts')
  if (stts === null) return null
  const starts = [0]
  for (let n = 0; n < region.uint32(stts.bodyStart + 4) && starts.length <= samplesMax; n += 1) {
    const count = region.uint32(stts.bodyStart + 8 + 8 * n)
    const ticks = region.uint32(stts.bodyStart + 12 + 8 * n)
    for (let of = 0; of < count && starts.length <= samplesMax; of += 1) starts.push((starts.at(-1) ?? 0) + ticks)
  }
  return starts
}

/** An edit list begins with how long nothing is shown, and where in the track it starts. */
function shiftOf(region: BoxRegion, trak: Box, movieScale: number, scale: number): number {
  const elst = region.find(trak, 'edts', 'elst')
  if (elst === null) return 0
  const long = isLong(region, elst)
  let shiftMs = 0
  for (let n = 0; n < Math.min(2, region.uint32(elst.bodyStart + 4)); n += 1) {
    const at = elst.bodyStart + 8 + (long ? 20 : 12) * n
    const isEmpty = region.uint32(at + (long ? 8 : 4)) === 0xffff_ffff
    if (isEmpty) shiftMs += ((long ? region.uint64(at) : region.uint32(at)) * 1000) / movieScale
    else return shiftMs - ((long ? region.uint64(at + 8) : region.uint32(at + 4)) * 1000) / scale
  }
  return shiftMs
}

async function readSamples(
  reads: CaptionReads,
  samples: readonly Sample[],
  { scale, shiftMs }: Clock,
  format: string | null,
): Promise<Cue[]> {
  const msOf = (ticks: number): number => (ticks * 1000) / scale + shiftMs
  const spoken = samples
    // Two bytes say that there is no text, a box of eight that there is no cue.
    .filter(({ start, end }) => end - start > (format === 'wvtt' ? 8 : 2) && end - start <= sampleBytesMax)
  const bodies = await reads.gather(spoken)
  return spoken.map(({ from, to }, n) => {
    const body = bodies[n] ?? new Uint8Array()
    const text = format === 'wvtt' ? readVttSample(body) : readTimedText(body)
    return { startMs: Math.max(0, msOf(from)), endMs: msOf(to), text }
  })
}

/** Its length, the text, then boxes that style it. */
const readTimedText = (body: Uint8Array): string => {
  const bytes = ((body[0] ?? 0) << 8) | (body[1] ?? 0)
  return decodeText(body.subarray(2, 2 + bytes))
}

function readVttSample(body: Uint8Array): string {
  const region = new BoxRegion(body, 0)
  const texts: string[] = []
  for (const cue of region.boxes(0, body.length)) {
    const payload = cue.type === 'vttc' ? region.find(cue, 'payl') : null
    if (payload !== null) texts.push(decodeText(region.slice(payload.bodyStart, payload.end)))
  }
  return texts.join('\n')
}

/** UTF-16 with its mark, else UTF-8, else what QuickTime wrote before it knew either. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('macintosh').decode(bytes)
  }
}
