import { describe, expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeReadArrivals, type ArrivalsShelf } from '../adapters/shared-arrivals.ts'
import { formatCursor, positionAt } from './feed-cursor.ts'
import type { FeedArrivals, FeedItem } from './feed.schema.ts'
import { streamArrivals } from './stream-arrivals.ts'

const arrivals = (atMs: number, ...ids: number[]): FeedArrivals => ({
  items: ids.map((n) => ({ id: numberedId('media', n) }) as FeedItem),
  sinceCursor: formatCursor(positionAt(atMs)),
  isComplete: true,
})

/** Plays the looks of one stream; what it says is listed, silence as null. */
async function play(looks: readonly (FeedArrivals | null)[], lookMs = 5000) {
  const told: (number | null)[] = []
  const asked: number[] = []
  let nowMs = 1_000_000
  let look = 0
  await streamArrivals(
    {
      nowMs: () => nowMs,
      random: () => 0.5,
      sleep: async () => void (nowMs += lookMs),
      isGone: () => look >= looks.length,
      readArrivals: async ({ publishedAtMs }) => {
        asked.push(publishedAtMs)
        return looks[look++] ?? null
      },
      tell: async (news) => void told.push(news === null ? null : news.items.length),
    },
    positionAt(1),
  )
  return { told, asked }
}

test('goes on from what it told last, and does not tell again what is read again', async () => {
  const { told, asked } = await play([arrivals(10, 1), arrivals(10, 1), arrivals(20, 2, 1), null])
  expect(told).toEqual([1, 1])
  expect(asked).toEqual([1, 10, 10, 20])
})

test('shows now and then that it is alive', async () => {
  const { told } = await play(Array.from({ length: 9 }, () => arrivals(1)))
  expect(told).toEqual([null, null])
})

test('ends by itself, so that nobody stays with old code', async () => {
  const { asked } = await play(Array.from({ length: 1000 }, () => null))
  expect(asked.length).toBe(120)
})

describe('the shelf of an isolate', () => {
  function makeShelf() {
    const clock = { nowMs: 1_000_000 }
    const shelf: ArrivalsShelf<FeedArrivals> = new Map()
    const reads: ((answer: FeedArrivals) => void)[] = []
    const read = () => new Promise<FeedArrivals>((resolve) => void reads.push(resolve))
    return { clock, shelf, reads, ask: makeReadArrivals({ shelf, nowMs: () => clock.nowMs, msMax: 3500, read }) }
  }
  const place = positionAt(1)

  test('asks once for everyone, and again when the answer is old', async () => {
    const { clock, reads, ask } = makeShelf()
    const first = ask(place)
    expect(await ask(place)).toBeNull()
    reads[0]?.(arrivals(5, 1))
    expect((await first)?.items).toHaveLength(1)
    expect((await ask(place))?.items).toHaveLength(1)
    clock.nowMs += 3500
    const second = ask(place)
    expect((await ask(place))?.items).toHaveLength(1)
    expect(reads).toHaveLength(2)
    reads[1]?.(arrivals(6))
    expect((await second)?.items).toHaveLength(0)
  })

  test('does not wait for ever for whoever asked', async () => {
    const { clock, reads, ask } = makeShelf()
    void ask(place)
    clock.nowMs += 8000
    void ask(place)
    expect(reads).toHaveLength(2)
  })

  test('forgets places where nobody stands any more', async () => {
    const { clock, shelf, reads, ask } = makeShelf()
    const first = ask(place)
    reads[0]?.(arrivals(5))
    await first
    clock.nowMs += 61_000
    const second = ask(positionAt(2))
    reads[1]?.(arrivals(5))
    await second
    expect([...shelf.keys()]).toEqual([formatCursor(positionAt(2))])
  })
})
