import { describe, expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { createManualTime } from '../../test/manual-time.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { createWatchLoop, type WatchedItem } from './watch-loop.ts'

const ids = (count: number) => Array.from({ length: count }, (_, n) => numberedId('media', n + 1))

/** A loop whose time passes only in its sleeps; `answer` may fail or settle. */
function start(answer: (asked: MediaId[], nowMs: number) => MediaId[] | Error) {
  const world = { nowMs: 0, askedAtMs: [] as number[], asked: [] as MediaId[][], hidden: null as Promise<void> | null }
  const loop = createWatchLoop({
    sleep: (ms) => {
      world.nowMs += ms
      // Lets the test look in between.
      return new Promise((resolve) => void setTimeout(resolve))
    },
    waitForNetwork: () => Promise.resolve(),
    waitForEyes: () => world.hidden ?? Promise.resolve(),
    random: () => 0.5,
    nowMs: () => world.nowMs,
    onSignInNeeded: () => {},
    watch: async (asked) => {
      world.askedAtMs.push(world.nowMs)
      world.asked.push(asked)
      const settled = answer(asked, world.nowMs)
      if (settled instanceof Error) throw settled
      return asked.map((mediaId) => {
        const state = settled.includes(mediaId) ? 'ready' : 'reserved'
        return { mediaId, state } as WatchedItem
      })
    },
    onWatched: (items) => {
      for (const { mediaId, state } of items) if (state === 'ready') loop.drop(mediaId)
    },
  })
  return { world, loop, until: (done: () => boolean) => expect.poll(done).toBe(true) }
}

/** A loop whose time passes when the test says so; the first of what it asks for may settle. */
function startSlowly(isFirstSettled: (nowMs: number) => boolean) {
  const time = createManualTime()
  const asked: { readonly atMs: number; readonly ids: readonly MediaId[] }[] = []
  const loop = createWatchLoop({
    ...time,
    waitForNetwork: () => Promise.resolve(),
    waitForEyes: () => Promise.resolve(),
    random: () => 0.5,
    onSignInNeeded: () => {},
    watch: async (some) => {
      asked.push({ atMs: time.nowMs(), ids: [...some] })
      const [first] = ids(1)
      return some.map((mediaId) => {
        const state = mediaId === first && isFirstSettled(time.nowMs()) ? 'ready' : 'reserved'
        return { mediaId, state } as WatchedItem
      })
    },
    onWatched: (items) => {
      for (const { mediaId, state } of items) if (state === 'ready') loop.drop(mediaId)
    },
  })
  return { time, loop, asked }
}

const gaps = (times: readonly number[]) => times.slice(1).map((ms, n) => ms - (times[n] ?? 0))

describe('while files are inspected', () => {
  test('one question a second names them all, and none is asked when they have their ends', async () => {
    const { world, loop, until } = start((asked, nowMs) => (nowMs > 10_000 ? asked : []))
    ids(50).forEach(loop.add)
    await until(() => world.nowMs > 10_000)
    expect(world.asked.every((asked) => asked.length === 50)).toBe(true)
    expect(Math.max(...gaps(world.askedAtMs))).toBeLessThan(1000)
    const { length } = world.asked
    loop.add(numberedId('media', 99))
    await until(() => world.asked.length > length)
    expect(world.asked.at(-1)).toHaveLength(1)
  })

  test('a thousand are no different: each is in every question', async () => {
    const many = ids(1000)
    const { world, loop, until } = start((asked) => (world.asked.length > 5 ? asked : []))
    many.forEach(loop.add)
    await until(() => world.asked.length > 5)
    expect(world.asked.slice(0, 5).every((asked) => new Set(asked).size === 1000)).toBe(true)
  })

  test('of very many, those that wait the longest are asked each time and the others in turns', async () => {
    const many = ids(3000)
    const { world, loop, until } = start((asked) => (world.asked.length > 25 ? asked : []))
    many.forEach(loop.add)
    await until(() => world.asked.length > 25)
    const first = world.asked.slice(0, 25)
    expect(first.every((asked) => asked.length === 1000 && new Set(asked).size === 1000)).toBe(true)
    expect(first.every((asked) => many.slice(0, 800).every((id) => asked.includes(id)))).toBe(true)
    expect(new Set(first.flat()).size).toBe(3000)
  })

  test('failures are asked again less and less often, and a good answer ends that', async () => {
    const { world, loop, until } = start((asked, nowMs) => {
      if (nowMs < 60_000) return new Error('down')
      return world.asked.length > 20 ? asked : []
    })
    ids(1).forEach(loop.add)
    await until(() => world.asked.length > 20)
    const waits = gaps(world.askedAtMs)
    expect(Math.max(...waits)).toBeGreaterThan(10_000)
    expect(waits.at(-1)).toBeLessThan(1000)
  })

  test('after five minutes without a change a question every five seconds will do, until something changes', async () => {
    const { time, loop, asked } = startSlowly((nowMs) => nowMs > 330_000)
    ids(2).forEach(loop.add)
    while (time.nowMs() < 340_000) await time.pass(200)
    const changedAtMs = asked.find(({ atMs }) => atMs > 330_000)?.atMs ?? 0
    const waitsBetween = (fromMs: number, toMs: number) =>
      new Set(gaps(asked.map(({ atMs }) => atMs).filter((atMs) => fromMs <= atMs && atMs <= toMs)))
    expect(waitsBetween(0, 300_000)).toEqual(new Set([800]))
    expect(waitsBetween(302_000, changedAtMs)).toEqual(new Set([5000]))
    expect(waitsBetween(changedAtMs, 340_000)).toEqual(new Set([800]))
  })

  test('a file that arrives ends a long wait, and no short one', async () => {
    const { time, loop, asked } = startSlowly(() => false)
    const [first, second, third] = ids(3) as [MediaId, MediaId, MediaId]
    loop.add(first)
    while (time.nowMs() < 302_000) await time.pass(800)
    asked.length = 0
    loop.add(second)
    await time.pass(0)
    expect(asked.map((each) => each.ids)).toEqual([[first, second]])
    loop.add(third)
    await time.pass(0)
    expect(asked).toHaveLength(1)
    await time.pass(800)
    expect(asked[1]?.ids).toEqual([first, second, third])
  })

  test('nothing is asked while nobody sees the page', async () => {
    const { world, loop, until } = start((asked) => asked)
    let show = () => {}
    world.hidden = new Promise((resolve) => (show = resolve))
    ids(3).forEach(loop.add)
    await until(() => world.nowMs > 0)
    expect(world.asked).toEqual([])
    show()
    await until(() => world.asked.length === 1)
  })
})
