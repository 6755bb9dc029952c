// Whatever a file claims, the right thing is said about it, and what reads it can read the next one. What runs in the function
// itself cannot be killed: there it is counted how far a file leads it.
import { afterAll, describe, expect, test } from 'vitest'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { detectionKillers } from '../test/detection-killers.ts'
import { pictureKillers, timedKillers } from '../test/killers.ts'
import { createDecoder } from './inspect/decoder/decoder-process.ts'
import { isDecodable } from './inspect/decoder/picture.ts'
import { detectType } from './inspect/detect-type.ts'
import { findHiddenInStream } from './inspect/find-hidden-in-stream.ts'
import { RangedTokenizer } from './inspect/ranged-tokenizer.ts'
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

const MB = 2 ** 20

/** Counts what is fetched of a file, and how often a parser asks for any of it: it can go on only by asking. */
class CountingTokenizer extends RangedTokenizer {
  readonly cost = { reads: 0, bytes: 0, asked: 0 }

  constructor(file: Buffer) {
    super(file.length, async (start, endInclusive) => {
      this.cost.reads += 1
      this.cost.bytes += endInclusive + 1 - start
      return file.subarray(start, endInclusive + 1)
    })
  }

  override async peekBuffer(...asked: Parameters<RangedTokenizer['peekBuffer']>): Promise<number> {
    this.cost.asked += 1
    return super.peekBuffer(...asked)
  }
}

describe('names, and follows no further than it must', () => {
  const exceptions: Readonly<Record<string, string | null>> = {
    // Nobody looks for a sound behind so many.
    'a hundred thousand tags': null,
    'an element of unknown length in the heading': 'video/webm',
  }
  const others = [...pictureKillers, ...timedKillers].map(({ name, type, make }) => ({
    ...{ name, make },
    found: name in exceptions ? exceptions[name] : type,
  }))

  test.each([...detectionKillers, ...others])('$name', async ({ make, found }) => {
    const tokenizer = new CountingTokenizer(await make())
    const verdict = await detectType(tokenizer)
    expect(verdict.ok ? verdict.value : verdict.refusal.detectedType).toBe(found)
    expect(tokenizer.cost.reads).toBeLessThanOrEqual(64)
    expect(tokenizer.cost.bytes).toBeLessThanOrEqual(4 * MB)
    expect(tokenizer.cost.asked).toBeLessThan(6000)
  })
})

describe('refuses a picture of which nothing can be shown', () => {
  test.each(pictureKillers)('$name', async ({ type, make, isShown }) => {
    const file = await make()
    if (!isDecodable(type)) throw new Error(type)
    const verdict = await decoder.decode({ type, bytes: file.length }, async function* () {
      yield file
    })
    expect(verdict.ok).toBe(isShown)
  })
})

describe('refuses a film or a sound of which nothing can be played', () => {
  test.each(timedKillers)('$name', async ({ type, make, isShown }) => {
    const file = await make()
    if (!isTimed(type)) throw new Error(type)
    const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
    expect(verdict.ok).toBe(isShown)
  })
})

describe('searches a film or a sound, its ends and at most once all of it', () => {
  const tails = [
    { name: 'ends of archives', type: 'audio/mpeg', piece: 'PK\x05\x06' },
    { name: 'beginnings of pages', type: 'audio/ogg', piece: 'OggS' },
    { name: 'beginnings of frames', type: 'audio/flac', piece: '\xff\xf8\xc9\x18\0' },
    { name: 'tags of pages', type: 'audio/mpeg', piece: '</' },
  ] as const
  const made = tails.map(({ piece, ...tail }) => ({ ...tail, make: async () => Buffer.alloc(4 * MB, piece, 'latin1') }))

  test.each([...timedKillers, ...made])('$name', async ({ type, make }) => {
    const file = await make()
    const tokenizer = new CountingTokenizer(file)
    let searched = 0
    const openBody = async function* () {
      for (let at = 0; at < file.length; at += 65_536) {
        const piece = file.subarray(at, at + 65_536)
        searched += piece.length
        yield piece
      }
    }
    expect(await findHiddenInStream(tokenizer, type, openBody)).toBeNull()
    expect(tokenizer.cost.reads).toBeLessThanOrEqual(3)
    expect(searched).toBeLessThanOrEqual(file.length)
  })
})

describe('plans what is played of a film or a sound, and reads it hardly more than once', () => {
  test.each(timedKillers)('$name', async ({ type, make }) => {
    const file = await make()
    if (!isTimed(type)) throw new Error(type)
    const cost = { reads: 0, bytes: 0 }
    const planned = await planScrub(type, file.length, async (from, to) => {
      cost.reads += 1
      cost.bytes += to - from
      return file.subarray(from, to)
    })
    expect(planned.plan).toMatch(/patches|damaged|unsafe/)
    expect(planned.plan === 'patches' ? planned.patches.length : 0).toBeLessThan(200)
    expect(cost.reads).toBeLessThan(100)
    expect(cost.bytes).toBeLessThanOrEqual(1.25 * file.length)
  })
})
