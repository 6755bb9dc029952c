import { expect, test } from 'vitest'
import { BlockSource, BudgetSpent } from '../video/reader/block-source.ts'
import { findOggLinks } from './find-ogg-links.ts'
import { sealOggPage } from './ogg-pages.ts'

const bodyBytes = 255 * 200
const pageBytes = 27 + 200 + bodyBytes

function makePage(serial: number, sequence: number): Buffer {
  const isFirst = sequence === 0
  const bodyOffset = 27 + 200
  const bytes = Buffer.alloc(bodyOffset + bodyBytes, 0x5a)
  bytes.fill(0, 0, 27)
  bytes.write('OggS', 0, 'latin1')
  bytes.writeUInt8(isFirst ? 2 : 0, 5)
  bytes.writeUInt32LE(serial, 14)
  bytes.writeUInt32LE(sequence, 18)
  bytes.writeUInt8(200, 26)
  bytes.fill(255, 27, bodyOffset)
  // What looks like a page among the samples.
  bytes.write('OggS\0', bodyOffset + 500 + serial, 'latin1')
  sealOggPage({ bytes })
  return bytes
}

function makeLink(serials: readonly number[], pages: number): Buffer {
  const first = serials.map((serial) => makePage(serial, 0))
  const others = Array.from({ length: pages }, (_, n) =>
    makePage(serials[n % serials.length] ?? 0, 1 + Math.floor(n / serials.length)),
  )
  return Buffer.concat([...first, ...others])
}

async function find(links: readonly Buffer[]) {
  const file = Buffer.concat(links)
  const source = new BlockSource(file.length, async (start, end) => file.subarray(start, end), {
    bytesMax: file.length,
    readsMax: 4096,
  })
  return { found: await findOggLinks(source), reads: source.readsMade }
}

const endsOf = (links: readonly Buffer[]) =>
  links.map((_, n) => links.slice(0, n + 1).reduce((sum, { length }) => sum + length, 0))

test('finds where each link of a chain begins, in a few dozen reads', async () => {
  const links = [makeLink([7], 300), makeLink([8, 9], 3), makeLink([10], 200)]
  const { found, reads } = await find(links)
  const starts = [0, links[0]?.length ?? 0, (links[0]?.length ?? 0) + (links[1]?.length ?? 0)]
  expect(found.map(({ start }) => start)).toEqual(starts)
  expect(found.map(({ end }) => end)).toEqual([...starts.slice(1), links.reduce((sum, { length }) => sum + length, 0)])
  expect(reads).toBeLessThanOrEqual(60)
})

test('tells sounds apart whose streams have the same number, in a small file', async () => {
  const links = [makeLink([7], 20), makeLink([7, 8], 20), makeLink([7], 3)]
  const { found, reads } = await find(links)
  const ends = endsOf(links)
  expect(found).toEqual(ends.map((end, n) => ({ start: ends[n - 1] ?? 0, end })))
  expect(reads).toBe(1)
})

test('tells them apart in a large file by the count of their pages', async () => {
  const links = [makeLink([7], 90), makeLink([7], 60), makeLink([7, 8], 150), makeLink([8], 40)]
  const { found, reads } = await find(links)
  expect(found.map(({ end }) => end)).toEqual(endsOf(links))
  expect(reads).toBeLessThanOrEqual(80)
})

test('reads a little of what is not chained, and believes no count that starts anew in the middle', async () => {
  expect(await find([makeLink([7, 8], 300)])).toMatchObject({ found: [{ start: 0 }] })
  const { found, reads } = await find([makeLink([7], 150), makeLink([7], 150).subarray(pageBytes)])
  expect(found).toHaveLength(1)
  expect(reads).toBeLessThanOrEqual(60)
})

test('knows one sound by few of its pages', async () => {
  const { found, reads } = await find([makeLink([7], 300)])
  expect(found).toHaveLength(1)
  expect(reads).toBeLessThanOrEqual(4)
})

test.each([
  ['five times the same, so that the count goes on where it is looked at', [60, 60, 60, 60, 60]],
  ['of which the first is short', [40, 260]],
])('is not deceived by sounds with the same number, %s', async (_, pages) => {
  const links = pages.map((count) => makeLink([7], count))
  expect((await find(links)).found.map(({ end }) => end)).toEqual(endsOf(links))
})

test('takes what is behind the last page, or no Ogg at all, for one link', async () => {
  expect((await find([makeLink([7], 3), Buffer.alloc(5000, 1)])).found).toHaveLength(1)
  expect((await find([Buffer.alloc(300_000, 1)])).found).toHaveLength(1)
})

test('gives up on more links than a night has songs', async () => {
  await expect(find(Array.from({ length: 70 }, (_, n) => makeLink([n + 1], 1)))).rejects.toThrow(BudgetSpent)
})
