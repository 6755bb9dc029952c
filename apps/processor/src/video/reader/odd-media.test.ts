import { afterAll, describe, expect, test } from 'vitest'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { oddFilms, oddSounds, type OddMedia } from '../../../test/odd-media.ts'
import { detectType } from '../../inspect/detect-type.ts'
import { RangedTokenizer } from '../../inspect/ranged-tokenizer.ts'
import { planScrub } from '../play/plan-scrub.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(() => reader.stop())

async function receive({ make, type }: OddMedia) {
  const file = await make()
  const detected = await detectType(new RangedTokenizer(file.length, async (from, to) => file.subarray(from, to + 1)))
  expect(detected).toEqual({ ok: true, value: type })
  if (!isTimed(type)) throw new Error(type)
  const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
  if (!verdict.ok) throw new Error(`${verdict.refusal.reason}: ${verdict.refusal.detail}`)
  expect((await planScrub(type, file.length, async (from, to) => file.subarray(from, to))).plan).toBe('patches')
  return verdict.value
}

describe('takes every dialect of an allowed container', () => {
  test.each(oddFilms)('$name', async (film) => {
    const { facts, frame } = await receive(film)
    expect(facts.video).toMatchObject({ widthPx: 320, heightPx: 180, frameRate: 30 })
    expect(facts.durationMs).toBeCloseTo(3000, -2)
    expect(frame).toMatchObject({ widthPx: 320, heightPx: 180 })
  })

  test.each(oddSounds)('$name', async (sound) => {
    const { facts, peaks, cover } = await receive(sound)
    expect(cover !== null).toBe(sound.hasCover === true)
    expect(facts.video).toBeNull()
    expect(facts.durationMs).toBeGreaterThanOrEqual(sound.durationMs ?? 900)
    expect(Math.max(...(peaks ?? []))).toBeGreaterThan(20)
  })
})
