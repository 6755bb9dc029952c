// Text tracks of an MP4 or QuickTime file: 3GPP timed text, QuickTime text and WebVTT samples, found through the sample
// tables. The header is what the parser before has read already, so a film without such tracks costs nothing.
import type { BlockSource } from '../reader/block-source.ts'
import { BoxRegion, type Box } from '../play/boxes.ts'
import { isLong, readMovieBox, trackIdOf, tracksOf } from '../play/movie-box.ts'
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
  // Fragments carry tables of their own, all along the file.
  if (region.find(moov, 'mvex') !== null) return []
  const traks = tracksOf(movie)
  const chapters = new Set(traks.flatMap((trak) => chaptersOf(region, trak)))
  return traks
    .filter((trak) => isText(region, trak) && !chapters.has(trackIdOf(region, trak)))
    .map((trak) => describeTrack(region, moov, trak, source.bytes))
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

function describeTrack(region: BoxRegion, moov: Box, trak: Box, fileBytes: number): TextTrack {
  const name = region.find(trak, 'udta', 'name')
  return {
    language: nameLanguage(languageOf(region, trak)),
    label: name === null ? null : decodeText(region.slice(name.bodyStart, name.end)).replaceAll('\0', ''),
    readCues: async (reads) => {
      const samples = findSamples(region, trak, fileBytes, samplesMax)
      const times = timesOf(region, moov, trak)
      return samples === null || times === null ? null : readSamples(reads, samples, times, formatOf(region, trak))
    },
  }
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

/** When each sample is shown, in milliseconds of the film. */
function timesOf(region: BoxRegion, moov: Box, trak: Box): ((sample: number) => number) | null {
  const mdhd = region.find(trak, 'mdia', 'mdhd')
  const stts = region.find(trak, 'mdia', 'minf', 'stbl', 'stts')
  const mvhd = region.find(moov, 'mvhd')
  if (mdhd === null || stts === null || mvhd === null) return null
  const scale = region.uint32(mdhd.bodyStart + (isLong(region, mdhd) ? 20 : 12))
  const movieScale = region.uint32(mvhd.bodyStart + (isLong(region, mvhd) ? 20 : 12))
  if (scale === 0 || movieScale === 0) return null
  const starts = [0]
  for (let n = 0; n < region.uint32(stts.bodyStart + 4) && starts.length <= samplesMax; n += 1) {
    const count = region.uint32(stts.bodyStart + 8 + 8 * n)
    const ticks = region.uint32(stts.bodyStart + 12 + 8 * n)
    for (let of = 0; of < count && starts.length <= samplesMax; of += 1) starts.push((starts.at(-1) ?? 0) + ticks)
  }
  const shiftMs = shiftOf(region, trak, movieScale, scale)
  return (sample) => ((starts[sample] ?? NaN) * 1000) / scale + shiftMs
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
  samples: readonly ByteRange[],
  timeOf: (sample: number) => number,
  format: string | null,
): Promise<Cue[]> {
  const spoken = samples
    .map(({ start, end }, n) => ({ start, end, startMs: timeOf(n), endMs: timeOf(n + 1) }))
    // Two bytes say that there is no text, a box of eight that there is no cue.
    .filter(({ start, end }) => end - start > (format === 'wvtt' ? 8 : 2) && end - start <= sampleBytesMax)
  const bodies = await reads.gather(spoken)
  return spoken.map(({ startMs, endMs }, n) => {
    const body = bodies[n] ?? new Uint8Array()
    return { startMs: Math.max(0, startMs), endMs, text: format === 'wvtt' ? readVttSample(body) : readTimedText(body) }
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
