import { createRoot } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeGalleryApi } from '../../test/make-gallery.ts'
import { toasts } from '../ui/toasts.tsx'
import { createChooseAll } from './choose-all.ts'
import { createSelection } from './selection.ts'
import { Timeline } from './timeline-store.ts'

async function open(count: number) {
  const api = makeGalleryApi(count, 10)
  const timeline = new Timeline({ ...api, hrefOf: (id) => id ?? '', monthOf: () => '2026-01', nowMs: () => 0 })
  await timeline.load()
  return createRoot((dispose) => {
    onTestFinished(dispose)
    const selection = createSelection((from, to) => timeline.between(from, to))
    return { api, timeline, selection, all: createChooseAll(() => timeline, selection) }
  })
}

/** How often an item was put into any set on the way, copies of sets included. */
async function countAdded(work: () => Promise<void>): Promise<number> {
  const added = vi.spyOn(Set.prototype, 'add')
  onTestFinished(() => added.mockRestore())
  await work()
  return added.mock.calls.filter(([value]) => typeof value === 'string' && value.startsWith('med_')).length
}

test('everything is chosen by name, loading none of it, and each item is touched a few times however many there are', async () => {
  const { api, timeline, selection, all } = await open(1200)
  await timeline.loadChunk(3)
  const pages = api.pagesAsked.length
  expect(all.isDone()).toBe(false)
  const added = await countAdded(() => all.choose())
  expect([selection.count(), all.isDone()]).toEqual([1200, true])
  expect(api.pagesAsked).toHaveLength(pages)
  // Into the selection, and among those that are not the viewer's own.
  expect(added).toBeLessThanOrEqual(2 * 1200 + 10)
})

test('what is taken out again while the rest is on its way stays out, and comes back when all is asked for anew', async () => {
  const { timeline, selection, all } = await open(100)
  await timeline.loadChunk(0)
  const choosing = all.choose()
  expect(all.total()).toBe(100)
  const [first] = timeline.chunks()[0]?.ids ?? []
  selection.toggle(first!)
  await choosing
  expect([selection.count(), all.total()]).toEqual([99, null])
  await all.choose()
  expect(selection.count()).toBe(100)
})

test('a selection that is gone does not come back, not even into the next one, and nothing more is asked', async () => {
  const { timeline, selection, all } = await open(100)
  await timeline.loadChunk(0)
  const choosing = all.choose()
  const [first] = timeline.chunks()[0]?.ids ?? []
  selection.clear()
  selection.toggle(first!)
  await choosing
  expect([...selection.ids()]).toEqual([first])
  expect(all.isBroken()).toBe(false)
})

test('what breaks off is said, keeps what it has, and goes on from there', async () => {
  const api = makeGalleryApi(200, 10)
  const asked: (string | null)[] = []
  let isBroken = true
  const timeline = new Timeline({
    ...api,
    names: (cursor) => {
      asked.push(cursor)
      if (isBroken && asked.length === 3) return Promise.reject(new TypeError('no network'))
      return api.names(cursor)
    },
    hrefOf: (id) => id ?? '',
    monthOf: () => '2026-01',
    nowMs: () => 0,
  })
  await timeline.load()
  const { selection, all } = createRoot((dispose) => {
    onTestFinished(dispose)
    const made = createSelection(() => [])
    return { selection: made, all: createChooseAll(() => timeline, made) }
  })
  await all.choose()
  expect([selection.count(), all.isBroken()]).toEqual([100, true])
  expect(toasts().at(-1)?.text).toMatch(/^Only 100 could be selected\. ./)
  isBroken = false
  await all.choose()
  expect([selection.count(), all.isBroken()]).toEqual([200, false])
  expect(asked[3]).toBe(asked[2])
  expect(asked).toHaveLength(5)
})
