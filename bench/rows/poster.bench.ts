// B8: what a film is and how it looks, from S3: by ranged reads in the reader's process, against downloading it and
// asking FFmpeg. Both decode to the same picture and shrink it to the same size, which also shows whether colours agree.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PeerFrame } from '@shoebox/processor/test/ffmpeg-poster.ts'
import type { MediaReading } from '@shoebox/processor/src/video/reader/media-reading.ts'
import { startInspector, type Inspector } from '@shoebox/processor/test/start-inspector.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'
import { downloadPoster, findFilm, readPoster, startReader } from './poster-ways.ts'

const MB = 2 ** 20
const memoryChild = join(import.meta.dirname, 'poster-memory.child.ts')

type Clip = {
  readonly name: string
  readonly matrix: 'bt709' | 'smpte170m'
  readonly seconds: number
  readonly crf: number
  /** Pictures from one key frame to the next. */
  readonly gopSize: number
  readonly readsMax: number
}

/** Full HD with as much grain as makes it large. */
const makeClip = ({ matrix, seconds, crf, gopSize }: Clip): Promise<Buffer> =>
  encodeMedia({
    format: 'mp4',
    streams: [
      {
        source:
          `testsrc2=size=1920x1080:rate=30:duration=${seconds},noise=alls=12:allf=t,` +
          `scale=out_color_matrix=${matrix}:out_range=tv,format=yuv420p,setparams=colorspace=${matrix}:range=tv`,
        encoder: 'libx264',
        options: { preset: 'ultrafast', crf },
        gopSize,
      },
    ],
  })

/** The mean distance of two pictures over all channels, of 255. */
function compare(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) throw new Error(`pictures of ${one.length} and ${other.length} bytes`)
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length
}

async function measureClip(
  { name, readsMax }: Clip,
  clip: Buffer,
  inspector: Inspector,
  folder: string,
): Promise<BenchLine[]> {
  const { key } = await inspector.upload(clip)
  const film = await findFilm(inspector.objects, key)
  const reader = startReader()
  const path = join(folder, 'clip.mp4')
  let reading: MediaReading | undefined
  let theirs: PeerFrame | undefined
  const ours = () => measureWallMs(async () => (reading = await readPoster(reader, film)))
  const peer = () => measureWallMs(async () => (theirs = await downloadPoster(film, path)))
  const [oursMs = 0, peerMs = 0] = await measureInTurns([ours, peer])
  reader.stop()
  if (reading?.frame == null || theirs === undefined) throw new Error('no frame')
  const work = `${name}, ${Math.round(clip.length / MB)} MB`
  const peakMb = async (way: 'ours' | 'peer') =>
    Number((await promisify(execFile)(process.execPath, [memoryChild, way, key, inspector.endpoint, path])).stdout)
  return [
    {
      work,
      measure: 'ms',
      ours: oursMs,
      comparisons: [{ against: 'peer: download, then FFmpeg', value: peerMs, ratioMax: 0.25 }],
    },
    {
      work,
      measure: 'bytes',
      ours: reading.cost.bytes,
      comparisons: [
        { against: 'peer: download, then FFmpeg', value: statSync(path).size, ratioMax: 0.015 },
        { against: 'floor: the key frame', value: theirs.packetBytes },
      ],
    },
    {
      work,
      measure: 'peak RSS MB',
      ours: await peakMb('ours'),
      comparisons: [{ against: 'peer: download, then FFmpeg', value: await peakMb('peer') }],
    },
    { work, measure: 'reads', ours: reading.cost.reads, oursMax: readsMax, comparisons: [] },
    {
      work,
      measure: 'mean distance from FFmpeg’s colours, of 255',
      ours: compare(reading.frame.rgb, theirs.rgb),
      oursMax: 0.5,
      comparisons: [],
    },
  ]
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-bench-'))
  const inspector = await startInspector()
  const lines: BenchLine[] = []
  for (const clip of clips) {
    say(clip.name)
    lines.push(...(await measureClip(clip, await makeClip(clip), inspector, folder)))
  }
  await inspector.stop()
  rmSync(folder, { recursive: true })
  return lines
}

const clips: readonly Clip[] = [
  { name: 'BT.709', matrix: 'bt709', seconds: 12, crf: 23, gopSize: 30, readsMax: 5 },
  { name: 'BT.601', matrix: 'smpte170m', seconds: 12, crf: 23, gopSize: 30, readsMax: 5 },
  { name: 'BT.709, a key frame in 8 s', matrix: 'bt709', seconds: 120, crf: 32, gopSize: 250, readsMax: 8 },
]

export const row: BenchRow = { id: 'B8', name: 'poster', title: 'a film’s facts and poster from S3', run }
