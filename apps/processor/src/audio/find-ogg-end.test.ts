import { expect, test } from 'vitest'
import { encodeMedia, type StreamPlan } from '@shoebox/testing/samples/time-based/encode-media.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { BlockSource } from '../video/reader/block-source.ts'
import { findOggEnd, type OggSound } from './find-ogg-end.ts'
import { findOggPage, serialOf } from './ogg-pages.ts'

const opus: StreamPlan = {
  source: 'sine=frequency=440:duration=3:sample_rate=48000',
  encoder: 'libopus',
  bitrate: '48k',
}
const flac: StreamPlan = { source: 'sine=frequency=440:duration=1:sample_rate=8000', encoder: 'flac' }

async function findEnd(file: Buffer, sound: Partial<OggSound> = {}): Promise<number | null> {
  const fetch = async (start: number, end: number) => file.subarray(start, end)
  const source = new BlockSource(file.length, fetch, { bytesMax: 2 * file.length, readsMax: 64 })
  const last = findOggPage(file, 0, 'last')
  const link = { start: 0, end: file.length }
  return findOggEnd(source, link, { serial: last?.serial ?? 0, codec: 'opus', sampleRateHz: 48_000, ...sound })
}

test('tells by the last page how long a sound is', async () => {
  expect(await findEnd(await sounds.makeOpus())).toBeCloseTo(3, 2)
  expect(await findEnd(await sounds.makeVorbis(), { codec: 'vorbis', sampleRateHz: 44_100 })).toBeCloseTo(3, 2)
})

test('finds the beginning of its stream behind that of another', async () => {
  const file = await encodeMedia({ format: 'ogg', streams: [flac, opus] })
  expect(await findEnd(file)).toBeCloseTo(3, 2)
})

test('believes no page of another stream', async () => {
  const file = await encodeMedia({ format: 'ogg', streams: [opus, flac] })
  const other = serialOf(file, file.indexOf('OggS', 4, 'latin1'))
  expect(await findEnd(file, { serial: other, codec: 'flac', sampleRateHz: 8000 })).toBeNull()
})
