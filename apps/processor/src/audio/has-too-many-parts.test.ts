import { expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { timedKillers } from '../../test/killers.ts'
import { BlockSource } from '../video/reader/block-source.ts'
import { hasTooManyParts, partsMax } from './has-too-many-parts.ts'

async function judge(file: Buffer, type: TimedType) {
  const source = new BlockSource(file.length, async (start, end) => file.subarray(start, end), {
    bytesMax: 2 ** 20,
    readsMax: 8,
  })
  return { isTooMany: await hasTooManyParts(type, source), reads: source.readsMade }
}

const killers = timedKillers.filter(({ name }) => /^a hundred thousand (chunks|tags|blocks)$/.test(name))

test.each(killers)('counts no further than it must: $name', async ({ type, make }) => {
  const file = await make()
  const { isTooMany, reads } = await judge(file, type as TimedType)
  expect(isTooMany).toBe(true)
  expect(reads).toBe(1)
})

test.each([
  ['WAV', sounds.makeWav, 'audio/wav'],
  ['FLAC', sounds.makeFlac, 'audio/flac'],
  ['MP3 with a cover', sounds.makeMp3WithCover, 'audio/mpeg'],
  ['M4A', sounds.makeM4a, 'audio/mp4'],
] as const)('lets %s pass after one read', async (_, make, type) => {
  expect(await judge(await make(), type)).toEqual({ isTooMany: false, reads: 1 })
})

test('lets pass as many as it says', async () => {
  const chunk = Buffer.from('JUNK\0\0\0\0', 'latin1')
  const wav = (parts: number) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), ...Array<Buffer>(parts).fill(chunk)])
  expect((await judge(wav(partsMax), 'audio/wav')).isTooMany).toBe(false)
  expect((await judge(wav(partsMax + 2), 'audio/wav')).isTooMany).toBe(true)
})
