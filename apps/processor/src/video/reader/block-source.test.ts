import { expect, test } from 'vitest'
import { blockBytes, BlockSource, BudgetSpent, OutOfTime } from './block-source.ts'

test('whoever may read all of a file has no more time for it than before', async () => {
  const fetch = async (start: number, end: number) => new Uint8Array(end - start)
  const source = new BlockSource(100, fetch, { bytesMax: 0, readsMax: 0, isLate: () => true })
  source.readThrough()
  await expect(source.read(0, 10)).rejects.toThrow(new OutOfTime('no time left'))
})

test('fetches with more budget what one before it was too small for', async () => {
  const fetch = async (start: number, end: number) => new Uint8Array(end - start)
  const source = new BlockSource(4 * blockBytes, fetch, { bytesMax: blockBytes, readsMax: 2 })
  await source.read(0, 1)
  await expect(source.read(blockBytes, blockBytes + 1)).rejects.toThrow(BudgetSpent)
  expect([source.bytesRead, source.readsMade]).toEqual([blockBytes, 1])
  source.budget = { bytesMax: 2 * blockBytes, readsMax: 2 }
  expect(await source.read(blockBytes, blockBytes + 1)).toHaveLength(1)
})

const KB = 1024

async function readsFor(bytes: number, ...ranges: readonly (readonly [start: number, end: number])[]) {
  const reads: [start: number, bytes: number][] = []
  const fetch = async (start: number, end: number) => {
    reads.push([start / KB, (end - start) / KB])
    return new Uint8Array(end - start)
  }
  const source = new BlockSource(bytes, fetch, { bytesMax: 2 ** 30, readsMax: 100 })
  for (const [start, end] of ranges) await source.read(start, end)
  source.readThrough()
  for (let at = 0; at < bytes; at += 64 * KB) await source.read(at, Math.min(bytes, at + 64 * KB))
  expect(source.bytesRead).toBe(bytes)
  return reads.slice(0, ranges.length)
}

test('takes in what stands before the last bytes of a file, but nothing twice', async () => {
  const bytes = 10_000 * KB
  expect(await readsFor(bytes, [bytes - 4, bytes])).toEqual([[9472, 528]])
  expect(await readsFor(bytes, [bytes - 100 * KB, bytes - 90 * KB], [bytes - 4, bytes])).toEqual([
    [9856, 64],
    [9920, 80],
  ])
  expect(await readsFor(bytes, [bytes - 100, bytes - 4])).toEqual([[9984, 16]])
  expect(await readsFor(100 * KB, [99 * KB, 100 * KB])).toEqual([[0, 100]])
})
