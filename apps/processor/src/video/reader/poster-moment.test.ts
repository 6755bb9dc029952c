// The poster is the picture shown at min(1 s, 10 %), however far before it the last key frame lies. The films here grow
// brighter with each picture, so that a poster's grey tells which picture it is.
import { afterAll, describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia, type StreamPlan } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

const MB = 2 ** 20
const greyPerPicture = 6

type Film = {
  readonly seconds: number
  readonly rate?: string
  readonly filter?: string
  readonly size?: string
}

/** What is computed for each pixel is computed of a few: all of a picture are alike. */
const brightening = ({ seconds, rate = '30', filter = 'null', size = '64x64' }: Film): string =>
  `color=c=black:size=16x16:rate=${rate}:duration=${seconds},` +
  `format=gray,geq=lum=${greyPerPicture}*N,scale=${size.replace('x', ':')},${filter},scale=out_range=tv,format=yuv420p`

const x264 = { encoder: 'libx264', options: { preset: 'fast', qp: 1, 'x264-params': 'scenecut=0:bframes=3' } }
const x265 = { encoder: 'libx265', options: { preset: 'ultrafast', 'x265-params': 'log-level=none:scenecut=0' } }
const vp9 = { encoder: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': 8, crf: 4 }, bitrate: '0' }
const mpeg4 = { encoder: 'mpeg4', options: { qmin: 1, qmax: 1, bf: 2 } }

async function readPoster(format: string, type: TimedType, film: Film, plan: Omit<StreamPlan, 'source'>) {
  const options = format === 'mp4' ? { movflags: 'faststart' } : {}
  const file = await encodeMedia({ format, options, streams: [{ source: brightening(film), ...plan }] })
  const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  const { frame, cost, notes } = verdict.value
  if (frame === null) throw new Error(notes.join())
  const grey = frame.rgb.reduce((sum, value) => sum + value, 0) / frame.rgb.length
  return { picture: grey / greyPerPicture, cost, bytes: file.length }
}

describe.each([
  ['H.264 with B-frames in MP4', 'mp4', 'video/mp4', x264],
  ['HEVC in MP4', 'mp4', 'video/mp4', x265],
  ['VP9 in WebM', 'webm', 'video/webm', vp9],
  ['H.264 with B-frames in Matroska', 'matroska', 'video/matroska', x264],
  ['MPEG-4 part 2 in MP4, which FFmpeg demuxes', 'mp4', 'video/mp4', mpeg4],
] as const)('%s', (_, format, type, plan) => {
  test.each([
    ['the tenth part of a short film, its only key frame at the beginning', 4, 250, 12],
    ['the first second of a longer one', 11, 250, 30],
    ['the first second, key frames out of step with it', 11, 24, 30],
    ['the first second, a key frame just there', 11, 15, 30],
  ])('shows %s', async (__, seconds, gopSize, wanted) => {
    const { picture } = await readPoster(format, type, { seconds }, { ...plan, gopSize })
    expect(picture).toBeCloseTo(wanted, 0)
  })
})

test('takes a key frame a picture late rather than decode up to the picture before it', async () => {
  const { picture } = await readPoster(
    'mp4',
    'video/mp4',
    { seconds: 11, rate: '30000/1001' },
    { ...x264, gopSize: 30 },
  )
  expect(picture).toBeCloseTo(30, 0)
})

const noisy = { seconds: 11, size: '640x360', filter: 'noise=alls=40:allf=t' }

test('takes no more of a film with few key frames and large pictures than what lies before it', async () => {
  const plan = { encoder: 'libx264', options: { preset: 'ultrafast', qp: 8 }, gopSize: 250 }
  const { picture, cost, bytes } = await readPoster('mp4', 'video/mp4', noisy, plan)
  expect(picture).toBeCloseTo(30, 0)
  expect(bytes).toBeGreaterThan(30 * MB)
  expect(cost.bytes).toBeLessThan(bytes / 9)
})

test('costs a film whose key frame is the poster no more than that', async () => {
  const plan = { encoder: 'libx264', options: { preset: 'ultrafast', qp: 8 }, gopSize: 15 }
  const { cost } = await readPoster('mp4', 'video/mp4', noisy, plan)
  expect(cost.bytes).toBeLessThan(0.5 * MB)
  expect(cost.reads).toBeLessThanOrEqual(5)
})
