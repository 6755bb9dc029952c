import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeFlac } from '@shoebox/testing/samples/time-based/sounds.ts'
import { findFlacEnds } from './flac-ends.ts'

test('a FLAC ends where its last frame does, whatever stands behind', async () => {
  const file = await makeFlac()
  expect(findFlacEnds(file)).toContain(file.length)
  expect(findFlacEnds(Buffer.concat([file, Buffer.from('something else')]))).toContain(file.length)
})

test('what only looks like the beginning of a frame is none to count from', async () => {
  const file = await makeFlac()
  const noise = (seed: number) => createHash('shake256', { outputLength: 1000 }).update(`${seed}`).digest()
  const seeds = Array.from({ length: 100 }, (_, n) => n)
  const falseEnds = seeds.flatMap((seed) =>
    findFlacEnds(Buffer.concat([file, noise(seed)])).filter((end) => end > file.length),
  )
  // By chance one comes out right in 64 KB.
  expect(falseEnds.length).toBeLessThan(5)
})

test('bytes made to begin or to end everywhere are followed only so far', async () => {
  const file = await makeFlac()
  const first = file.indexOf('\xff\xf8', 0, 'latin1')
  const header = file.subarray(first, first + 6)
  expect(findFlacEnds(Buffer.alloc(128 * 1024, header)).length).toBeLessThanOrEqual(128)
  expect(findFlacEnds(Buffer.concat([header, Buffer.alloc(128 * 1024)]))).toEqual([])
})
