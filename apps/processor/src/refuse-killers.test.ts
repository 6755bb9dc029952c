// Whatever a file claims, something is said about it, and what reads it can read the next one.
import { afterAll, describe, expect, test } from 'vitest'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { pictureKillers, timedKillers } from '../test/killers.ts'
import { createDecoder } from './inspect/decoder/decoder-process.ts'
import { isDecodable } from './inspect/decoder/picture.ts'
import { planScrub } from './video/play/plan-scrub.ts'
import { createReader } from './video/reader/reader-process.ts'

const decoder = createDecoder({
  entry: new URL('./inspect/decoder/decoder.child.ts', import.meta.url),
  env: { MALLOC_ARENA_MAX: '2' },
})
const reader = createReader({ entry: new URL('./video/reader/reader.child.ts', import.meta.url), env: {} })
afterAll(() => {
  decoder.stop()
  reader.stop()
})

describe('comes to an end over a picture', () => {
  test.each(pictureKillers)('$name', async ({ type, make }) => {
    const file = await make()
    if (!isDecodable(type)) throw new Error(type)
    const verdict = await decoder.decode({ type, bytes: file.length }, async function* () {
      yield file
    })
    expect(verdict.ok || verdict.refusal.reason).toEqual(expect.anything())
  })
})

describe('comes to an end over a film or a sound', () => {
  test.each(timedKillers)('$name', async ({ type, make }) => {
    const file = await make()
    if (!isTimed(type)) throw new Error(type)
    const fetchRange = async (from: number, to: number) => file.subarray(from, to)
    const verdict = await reader.read({ type, bytes: file.length }, fetchRange)
    expect(verdict.ok || verdict.refusal.reason).toEqual(expect.anything())
    expect((await planScrub(type, file.length, fetchRange)).plan).toMatch(/patches|damaged|unsafe/)
  })
})
