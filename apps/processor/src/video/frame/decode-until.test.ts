// What the way to the wanted picture may cost, with limits so small that a film of a few pictures shows each of them.
import { beforeAll, expect, test } from 'vitest'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { BlockSource } from '../reader/block-source.ts'
import { probeMedia } from '../reader/probe-media.ts'
import { extractFrame, type FrameSource } from './decode-frame.ts'
import type { FramePacket, WayLimits } from './decode-until.ts'

const sidePx = 64
const pictureBytes = sidePx * sidePx * 1.5
const greyPerPicture = 6
const wanted = 20

const ample: WayLimits = { bytesMax: 1e9, heldBytesMax: 1e9, pixelsMax: 1e9 }

let film: Buffer

beforeAll(async () => {
  film = await encodeMedia({
    format: 'mp4',
    streams: [
      {
        source:
          `color=c=black:size=${sidePx}x${sidePx}:rate=${wanted}:duration=11,` +
          `format=gray,geq=lum=${greyPerPicture}*N,scale=out_range=tv,format=yuv420p`,
        encoder: 'libx264',
        options: { preset: 'ultrafast', qp: 1, 'x264-params': 'scenecut=0' },
        gopSize: 250,
      },
    ],
  })
})

async function openFilm(): Promise<FrameSource> {
  const budget = { bytesMax: 1e8, readsMax: 99 }
  const source = new BlockSource(film.length, async (from, to) => film.subarray(from, to), budget)
  const opened = await probeMedia(source, 'video/mp4')
  if (!opened.ok || opened.value.openFrames === null) throw new Error('not read')
  return opened.value.openFrames()
}

async function findPicture(limits: Partial<WayLimits>): Promise<number> {
  const frame = await extractFrame(await openFilm(), { ...ample, ...limits })
  return Math.round((frame?.rgb[0] ?? Number.NaN) / greyPerPicture)
}

test('ends at the wanted picture, where nothing ends before', async () => {
  expect(await findPicture({})).toBe(wanted)
})

test('ends with the bytes behind the key packet, which is not counted itself', async () => {
  const sizes: number[] = []
  for await (const { data } of (await openFilm()).packets) sizes.push(data.length)
  const [, second = 0, third = 0] = sizes
  expect(await findPicture({ bytesMax: second })).toBe(1)
  expect(await findPicture({ bytesMax: second + third })).toBe(2)
})

test('ends before a decoder could hold more pictures than it may, and has no such bound beyond 17 of them', async () => {
  expect(await findPicture({ heldBytesMax: 5 * pictureBytes })).toBe(4)
  expect(await findPicture({ heldBytesMax: 17 * pictureBytes })).toBe(wanted)
})

test('ends with the pixels that may be decoded', async () => {
  expect(await findPicture({ pixelsMax: 7 * sidePx ** 2 })).toBe(6)
})

test('decodes the key packet whatever it costs', async () => {
  expect(await findPicture({ bytesMax: 0, heldBytesMax: 0, pixelsMax: 0 })).toBe(0)
})

test('gives up after sixteen packets without a picture', async () => {
  const { packets, ...rest } = await openFilm()
  let given = 0
  async function* withoutKey(): AsyncGenerator<FramePacket> {
    for await (const packet of packets) {
      if (packet.pts > 0n) yield { ...packet, isEnough: false }
      given += packet.pts > 0n ? 1 : 0
    }
  }
  expect(await extractFrame({ ...rest, packets: withoutKey() }, ample)).toBeNull()
  expect(given).toBe(15)
})
