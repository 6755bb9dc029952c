import { afterAll, expect, test } from 'vitest'
import { allowedImages } from '@shoebox/testing/samples/allowed.ts'
import { createDecoder } from './decoder-process.ts'
import { isDecodable } from './picture.ts'

const decoder = createDecoder({ entry: new URL('./decoder.child.ts', import.meta.url), env: {} })
afterAll(() => decoder.stop())

/** Numbers from 0 to 1 that are the same in every run. */
function countingRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

/** Overwrites a few bytes, most of them near the beginning, where the structure stands, and sometimes cuts the end off. */
function scramble(file: Buffer, random: () => number): Buffer {
  const scrambled = Buffer.from(file)
  for (let change = 0; change < 1 + random() * 12; change += 1) {
    scrambled[Math.floor(random() * random() * file.length)] = Math.floor(random() * 256)
  }
  return random() < 0.15 ? scrambled.subarray(0, 1 + Math.floor(random() * (file.length - 1))) : scrambled
}

test.each(allowedImages)('ends every scrambled $name with a verdict, and never by a crash', async ({ make, type }) => {
  if (!isDecodable(type)) throw new Error(`${type} is not decodable`)
  const file = await make()
  const random = countingRandom(file.length)
  for (let round = 0; round < 12; round += 1) {
    const body = scramble(file, random)
    const verdict = await decoder.decode({ type, bytes: body.length }, async function* () {
      yield body
    })
    if (verdict.ok) expect(verdict.value.derivatives.every((derivative) => derivative.body.length > 0)).toBe(true)
    else expect(verdict.refusal.detail).not.toMatch(/crashed|no verdict/)
  }
})
