import { expect, test } from 'vitest'
import { makeFlac } from '@shoebox/testing/samples/time-based/sounds.ts'
import { findFlacEnds } from './flac-ends.ts'

test('a FLAC ends where its last frame does, whatever stands behind', async () => {
  const file = await makeFlac()
  expect(findFlacEnds(file)).toContain(file.length)
  expect(findFlacEnds(Buffer.concat([file, Buffer.from('something else')]))).toContain(file.length)
})

test('bytes made to begin or to end everywhere are followed only so far', () => {
  expect(findFlacEnds(Buffer.alloc(128 * 1024, '\xff\xf8', 'latin1')).length).toBeLessThanOrEqual(128)
  expect(findFlacEnds(Buffer.concat([Buffer.from('\xff\xf8', 'latin1'), Buffer.alloc(128 * 1024)]))).toEqual([])
})
