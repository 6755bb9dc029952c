import { expect, test } from 'vitest'
import { makeGalleryApi } from '../../test/make-gallery.ts'
import { mediaIdOf } from '../../test/make-item.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { readSection } from './read-section.ts'
import { Timeline } from './timeline-store.ts'

async function start(count = 25) {
  const api = makeGalleryApi(count, 10)
  let nowMs = 0
  const timeline = new Timeline({
    ...api,
    hrefOf: (id) => `/g/x/p/${id}`,
    monthOf: () => '2026-01',
    nowMs: () => nowMs,
  })
  await timeline.load()
  return { api, timeline, sleepUntil: (ms: number) => (nowMs = ms) }
}

const idsOf = (timeline: Timeline) => timeline.chunks().flatMap((chunk) => chunk.ids ?? [])

test('knows how much there is before a single item is asked for', async () => {
  const { api, timeline } = await start()
  expect(timeline.total()).toBe(25)
  expect(timeline.chunks().map((chunk) => chunk.count)).toEqual([10, 10, 5])
  expect(api.pagesAsked).toEqual([])
})

test('a chunk that is asked for twice is loaded once', async () => {
  const { api, timeline } = await start()
  await Promise.all([timeline.loadChunk(1), timeline.loadChunk(1)])
  await timeline.loadChunk(1)
  expect(api.pagesAsked).toEqual([mediaIdOf(16)])
  expect(idsOf(timeline)).toHaveLength(10)
})

test('what is taken away is gone at once and comes back to its place', async () => {
  const { timeline } = await start()
  await timeline.loadChunk(0)
  const before = idsOf(timeline)
  const [first, second] = before
  if (first === undefined || second === undefined) throw new Error('there are ten')
  const putBack = timeline.takeAway([first, second])
  expect(idsOf(timeline)).toEqual(before.slice(2))
  expect(timeline.total()).toBe(23)
  expect(timeline.placeOf(first)).toBeUndefined()
  putBack()
  expect(idsOf(timeline)).toEqual(before)
  expect(timeline.placeOf(second)).toEqual({ chunk: 0, index: 1 })
})

test('a chunk of which everything was taken away leaves no hole, and the others are found where they are', async () => {
  const { timeline } = await start()
  await timeline.loadChunk(0)
  await timeline.loadChunk(1)
  timeline.takeAway(timeline.chunks()[0]?.ids ?? [])
  expect(timeline.chunks()).toHaveLength(2)
  expect(timeline.placeOf(mediaIdOf(15))).toEqual({ chunk: 0, index: 0 })
})

test('a reload keeps the objects of items that are still there', async () => {
  const { api, timeline } = await start()
  await timeline.loadChunk(0)
  const kept = timeline.find(mediaIdOf(25))
  api.add(1)
  timeline.near = () => ({ start: 0, end: 1 })
  await timeline.load()
  expect(timeline.find(mediaIdOf(25))).toBe(kept)
  expect(idsOf(timeline)[0]).toBe(mediaIdOf(26))
})

test('a reload forgets only what has changed: what was loaded far away stays', async () => {
  const { api, timeline } = await start()
  await timeline.loadChunk(0)
  await timeline.loadChunk(2)
  await timeline.load()
  expect(timeline.chunks().map((chunk) => chunk.ids !== null)).toEqual([true, false, true])
  api.remove(mediaIdOf(1))
  await timeline.load()
  expect(timeline.chunks().map((chunk) => chunk.ids !== null)).toEqual([true, false, false])
})

test('walks over the edge of a chunk and asks for the next one on the way', async () => {
  const { api, timeline } = await start()
  await timeline.loadChunk(0)
  expect(timeline.beside(mediaIdOf(16), 1)).toBeUndefined()
  timeline.lookAround(mediaIdOf(20))
  timeline.lookAround(mediaIdOf(16))
  await expect.poll(() => timeline.beside(mediaIdOf(16), 1)?.id).toBe(mediaIdOf(15))
  expect(timeline.beside(mediaIdOf(15), -1)?.id).toBe(mediaIdOf(16))
  expect(timeline.beside(mediaIdOf(25), -1)).toBeUndefined()
  expect(api.pagesAsked).toHaveLength(2)
})

test('an item opened by its address is found, and so is its place, without loading the whole month', async () => {
  const { api, timeline } = await start(1000)
  const told: MediaId[] = []
  timeline.onAdded((ids) => told.push(...ids))
  await timeline.ask(mediaIdOf(333))
  expect(timeline.find(mediaIdOf(333))?.id).toBe(mediaIdOf(333))
  expect(timeline.beside(mediaIdOf(333), 1)?.id).toBe(mediaIdOf(332))
  expect(api.pagesAsked.length).toBeLessThan(8)
  expect(told.filter((id) => id === mediaIdOf(333))).toHaveLength(1)
})

test('an item opened by its address that is not there is told as such', async () => {
  const { timeline } = await start()
  await expect(timeline.ask(mediaIdOf(99))).rejects.toThrow('not_found')
  expect(timeline.find(mediaIdOf(99))).toBeUndefined()
})

test('what was taken away cannot be opened any more, and can again when it is back', async () => {
  const { timeline } = await start()
  await timeline.loadChunk(0)
  const putBack = timeline.takeAway([mediaIdOf(20)])
  expect(timeline.find(mediaIdOf(20))).toBeUndefined()
  putBack()
  expect(timeline.find(mediaIdOf(20))?.id).toBe(mediaIdOf(20))
})

test('one renewal brings new signatures for a whole chunk', async () => {
  const { api, timeline, sleepUntil } = await start()
  await timeline.loadChunk(0)
  api.query = 'second'
  sleepUntil(Date.parse('2030-01-01T00:00:00Z'))
  await Promise.all([timeline.renew(mediaIdOf(25)), timeline.renew(mediaIdOf(24))])
  expect(api.pagesAsked).toHaveLength(2)
  expect(timeline.find(mediaIdOf(20))?.delivery.query).toBe('second')
})

test('an item that is not there any more leaves the gallery when its picture is renewed', async () => {
  const { api, timeline } = await start()
  await timeline.loadChunk(0)
  api.remove(mediaIdOf(25))
  await timeline.renew(mediaIdOf(25))
  expect(timeline.placeOf(mediaIdOf(25))).toBeUndefined()
})

test('a gallery that does not load says so, and a second try is a fresh one', async () => {
  const api = makeGalleryApi(3, 10)
  let isDown = true
  const timeline = new Timeline({
    ...api,
    timeline: () => (isDown ? Promise.reject(new Error('down')) : api.timeline()),
    hrefOf: (id) => id ?? '',
    monthOf: () => '2026-01',
    nowMs: () => 0,
  })
  await timeline.load()
  expect(timeline.state()).toBe('failed')
  isDown = false
  await timeline.load()
  expect(timeline.state()).toBe('ready')
})

test('everything of one owner goes at once, and stands where it was when they are met again', async () => {
  const { timeline } = await start()
  await timeline.loadChunk(0)
  const before = idsOf(timeline)
  const ownerId = timeline.find(before[0]!)!.owner.id
  timeline.leaveOut(ownerId)
  expect(idsOf(timeline)).toEqual([])
  expect(timeline.find(before[0]!)).toBeUndefined()
  await timeline.takeBackIn(ownerId)
  await timeline.loadChunk(0)
  expect(idsOf(timeline)).toEqual(before)
})

test('an empty gallery stays what is shown while it is asked anew', async () => {
  const { timeline } = await start(0)
  expect(timeline.state()).toBe('ready')
  const asking = timeline.load()
  expect(timeline.state()).toBe('ready')
  await asking
  expect(timeline.state()).toBe('ready')
})

test('a section is named whole in one question, also what of it was not looked at', async () => {
  const api = makeGalleryApi(25, 10)
  const sizes: (number | undefined)[] = []
  const timeline = new Timeline({
    ...api,
    names: (cursor, signal, size) => {
      sizes.push(size)
      return api.names(cursor, signal, size)
    },
    hrefOf: (id) => id ?? '',
    monthOf: () => '2026-01',
    nowMs: () => 0,
  })
  await timeline.load()
  expect(await readSection(timeline, 'today')).toHaveLength(25)
  expect(sizes).toEqual([25])
  await Promise.all([0, 1, 2].map((chunk) => timeline.loadChunk(chunk)))
  expect(await readSection(timeline, 'today')).toHaveLength(25)
  expect(sizes).toEqual([25])
})
