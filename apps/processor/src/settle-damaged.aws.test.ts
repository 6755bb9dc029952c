// Files of every kind, damaged at random, through the real functions: each gets one outcome, and none is a fault, which
// would come again for ever. The same damage every time, so that a failure can be looked at.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allowedImages } from '@shoebox/testing/samples/allowed.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { startVideo, type Video } from '../test/start-video.ts'

let video: Video
beforeAll(async () => {
  video = await startVideo()
})
afterAll(() => video.stop())

let seed = 31_337
const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below

function scatter(file: Buffer, bytes: number, from: number, to: number): Buffer {
  const damaged = Buffer.from(file)
  for (let n = 0; n < bytes; n += 1) damaged[from + random(Math.max(1, to - from))] = random(256)
  return damaged
}

const damages: readonly (readonly [name: string, damage: (file: Buffer) => Buffer])[] = [
  ['anywhere', (file) => scatter(file, 20, 0, file.length)],
  ['densely', (file) => scatter(file, file.length / 50, 12, file.length)],
  ['in its heading', (file) => scatter(file, 4, 8, Math.min(500, file.length))],
  ['by its end', (file) => file.subarray(0, 1 + random(file.length - 1))],
]

const kinds = [
  ...allowedImages.map(({ name, make }) => [name, make] as const),
  ['MP4', films.makeMp4],
  ['fragmented MP4', films.makeFragmentedMp4],
  ['WebM', films.makeWebm],
  ['Matroska', films.makeMatroska],
  ['MP3 with a cover', sounds.makeMp3WithCover],
  ['M4A', sounds.makeM4a],
  ['bare AAC', sounds.makeBareAac],
  ['Opus', sounds.makeOpus],
  ['FLAC', sounds.makeFlac],
  ['WAV', sounds.makeWav],
] as const

describe.each(kinds)('%s', (_, make) => {
  test.each(damages)('damaged %s is settled once', { timeout: 60_000 }, async (_name, damage) => {
    const { mediaId, key } = await video.upload(damage(await make()))
    await video.inspect(key)
    const message = video.videos.find((one) => one.mediaId === mediaId)
    if (message !== undefined) await video.process(message)
    expect(video.outcomes.filter((outcome) => outcome.mediaId === mediaId)).toHaveLength(1)
  })
})
