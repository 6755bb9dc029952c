import { describe, expect, test } from 'vitest'
import { makeFeedApi, makeItem, makeItems, mediaIdOf } from '../../test/make-item.ts'
import type { FeedItem } from './feed-item.ts'
import { Feed } from './feed-store.ts'

const start = async (count: number, nowMs = Date.UTC(2026, 1, 1)) => {
  const api = makeFeedApi(makeItems(count))
  const time = { nowMs }
  const feed = new Feed({ page: api.page, item: api.item, nowMs: () => time.nowMs })
  await feed.loadFirst()
  const checkForNew = async (show: boolean) => feed.takeNew(await api.since(feed.sinceCursor ?? ''), show)
  return { api, feed, time, checkForNew, ids: () => feed.items().map((item) => item.id) }
}

test('pages join in order until the end, and the end is known', async () => {
  const { feed, ids } = await start(70)
  expect(feed.more()).toBe('idle')
  await feed.loadMore()
  await feed.loadMore()
  expect(ids()).toEqual(Array.from({ length: 70 }, (_, i) => mediaIdOf(70 - i)))
  expect(feed.more()).toBe('end')
  await feed.loadMore()
  expect(ids().length).toBe(70)
})

test('the first page is asked once, however often, and again after a failure', async () => {
  const api = makeFeedApi(makeItems(3))
  let failures = 1
  const page: typeof api.page = (cursor) => (failures-- > 0 ? Promise.reject(new Error('down')) : api.page(cursor))
  const feed = new Feed({ page, item: api.item, nowMs: () => 0 })
  await feed.loadFirst()
  expect(feed.first()).toBe('failed')
  await Promise.all([feed.loadFirst(), feed.loadFirst()])
  expect(feed.first()).toBe('ready')
  expect(api.pagesAsked).toEqual([null])
})

test('a failed page more says so, keeps what is there, and can be asked again', async () => {
  const { api, feed, ids } = await start(40)
  const { items } = api
  api.page = () => Promise.reject(new Error('down'))
  const failing = new Feed({ page: (cursor) => api.page(cursor), item: api.item, nowMs: () => 0 })
  await failing.loadFirst()
  expect(failing.first()).toBe('failed')
  expect(ids().length).toBe(30)
  api.items = items
  await feed.loadMore()
  expect(ids().length).toBe(40)
})

describe('what is new', () => {
  test('goes to its place at once for a reader at the top', async () => {
    const { api, feed, ids, checkForNew } = await start(5)
    api.items = [makeItem(7), makeItem(6), ...api.items]
    expect(await checkForNew(true)).toBe(2)
    expect(ids().slice(0, 3)).toEqual([mediaIdOf(7), mediaIdOf(6), mediaIdOf(5)])
    expect(feed.incoming()).toEqual([])
  })

  test('waits for a reader further down, is counted once, and then comes in order', async () => {
    const { api, feed, ids, checkForNew } = await start(5)
    api.items = [makeItem(6), ...api.items]
    expect(await checkForNew(false)).toBe(1)
    api.items = [makeItem(7), ...api.items]
    expect(await checkForNew(false)).toBe(1)
    expect(feed.incoming().length).toBe(2)
    expect(ids()[0]).toBe(mediaIdOf(5))
    feed.showIncoming()
    expect(ids().slice(0, 2)).toEqual([mediaIdOf(7), mediaIdOf(6)])
  })

  test('that committed late, with an earlier time, still finds its place', async () => {
    const { feed, ids } = await start(3)
    feed.insert([makeItem(10), makeItem(8)])
    feed.insert([makeItem(9)])
    expect(ids().slice(0, 3)).toEqual([mediaIdOf(10), mediaIdOf(9), mediaIdOf(8)])
  })

  test('but lies in the trash by now stands nowhere', async () => {
    const { feed, ids } = await start(1)
    feed.insert([makeItem(3, { isTrashed: true }), makeItem(2)])
    expect(ids()).toEqual([mediaIdOf(2), mediaIdOf(1)])
  })

  test('known by the uploader first and by the question later stands there once', async () => {
    const { api, feed, ids, checkForNew } = await start(3)
    feed.insert([makeItem(4)])
    api.items = [makeItem(4, { likeCount: 2 }), ...api.items]
    expect(await checkForNew(true)).toBe(0)
    expect(ids().filter((id) => id === mediaIdOf(4)).length).toBe(1)
    expect(feed.find(mediaIdOf(4))?.likeCount).toBe(2)
  })

  test('and more than one answer carries begins the list again, without a gap', async () => {
    const { api, feed, ids, checkForNew } = await start(35)
    api.items = [...makeItems(100)]
    await checkForNew(true)
    expect(ids()).toEqual(Array.from({ length: 30 }, (_, i) => mediaIdOf(100 - i)))
    await feed.loadMore()
    expect(ids().length).toBe(60)
  })
})

test('an item stays the same object whatever joins the list or changes', async () => {
  const { api, feed, checkForNew } = await start(40)
  const before = feed.find(mediaIdOf(20))
  await feed.loadMore()
  api.items = [makeItem(41), ...api.items]
  await checkForNew(true)
  feed.patch(mediaIdOf(20), { likeCount: 9 })
  expect(feed.find(mediaIdOf(20))).toBe(before)
  expect(before?.likeCount).toBe(9)
  expect(feed.items()[feed.placeOf(mediaIdOf(20))]).toBe(before)
})

test('an item further down than the list is found once it was asked for, and changes like any other', async () => {
  const { feed } = await start(60)
  const told: string[] = []
  feed.onAdded((items) => told.push(...items.map((item) => item.id)))
  await feed.ask(mediaIdOf(2))
  feed.patch(mediaIdOf(2), { likeCount: 4 })
  expect(feed.find(mediaIdOf(2))?.likeCount).toBe(4)
  expect(feed.placeOf(mediaIdOf(2))).toBe(-1)
  expect(told.at(-1)).toBe(mediaIdOf(2))
})

test('looking at an item near the end of the list brings the next page', async () => {
  const { feed, ids } = await start(60)
  feed.lookAround(mediaIdOf(50))
  expect(feed.more()).toBe('idle')
  feed.lookAround(mediaIdOf(32))
  await expect.poll(() => ids().length).toBe(60)
  expect(feed.beside(mediaIdOf(31), 1)?.id).toBe(mediaIdOf(30))
})

describe('signatures that run out', () => {
  const late = Date.UTC(2030, 0, 1)

  test('are renewed for the whole page with one question', async () => {
    const { api, feed, time } = await start(60)
    await feed.loadMore()
    time.nowMs = late
    api.items = api.items.map((item) => ({
      ...item,
      delivery: { ...item.delivery, query: 'second', expiresAt: '2031-01-01T00:00:00.000Z' },
    }))
    api.pagesAsked.length = 0
    await Promise.all([feed.renew(mediaIdOf(10)), feed.renew(mediaIdOf(11)), feed.renew(mediaIdOf(12))])
    expect(api.pagesAsked).toEqual([mediaIdOf(31)])
    expect(feed.find(mediaIdOf(1))?.delivery.query).toBe('second')
    expect(feed.find(mediaIdOf(60))?.delivery.query).toBe('first')
    expect(api.itemsAsked).toEqual([])
  })

  test('of an item that is gone take it off the list', async () => {
    const { api, feed, time, ids } = await start(5)
    time.nowMs = late
    api.items = api.items.filter((item) => item.id !== mediaIdOf(3))
    await feed.renew(mediaIdOf(3))
    expect(ids()).toEqual([5, 4, 2, 1].map(mediaIdOf))
    expect(feed.placeOf(mediaIdOf(2))).toBe(2)
  })
})

describe('people who are apart', () => {
  const bea = { id: 'usr_01990000-0000-7000-8000-000000000002' as FeedItem['owner']['id'], name: 'Bea' }
  const withBea = async (count: number) => {
    const started = await start(0)
    started.api.items = makeItems(count).map((item, i) => (i % 2 === 0 ? { ...item, owner: bea } : item))
    await started.feed.restart()
    return started
  }

  test('are out of the list at once, out of what waits, and out of answers that were under way', async () => {
    const { api, feed, ids, checkForNew } = await withBea(40)
    api.items = [makeItem(41, { owner: bea }), ...api.items]
    expect(await checkForNew(false)).toBe(1)
    const underWay = feed.loadMore()
    feed.leaveOut(bea.id)
    await underWay
    expect(feed.incoming()).toEqual([])
    expect(ids()).toEqual(Array.from({ length: 20 }, (_, i) => mediaIdOf(39 - i * 2)))
    expect(feed.find(mediaIdOf(40))).toBeUndefined()
    expect(feed.placeOf(mediaIdOf(37))).toBe(1)
  })

  test('are there again when the list begins anew, and what was asked before is not taken', async () => {
    const { feed, ids } = await withBea(40)
    feed.leaveOut(bea.id)
    const underWay = feed.loadMore()
    await feed.restart()
    await underWay
    expect(ids()).toEqual(Array.from({ length: 30 }, (_, i) => mediaIdOf(40 - i)))
    expect(feed.more()).toBe('idle')
  })

  test('a list that nobody asked for yet is not asked for by beginning anew', async () => {
    const api = makeFeedApi(makeItems(3))
    await new Feed({ page: api.page, item: api.item, nowMs: () => 0 }).restart()
    expect(api.pagesAsked).toEqual([])
  })
})
