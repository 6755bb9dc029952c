import { createRoot } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeGalleryApi } from '../../test/make-gallery.ts'
import { chooseAll } from './choose-all.ts'
import { createSelection } from './selection.ts'
import { Timeline } from './timeline-store.ts'

async function open(count: number) {
  const api = makeGalleryApi(count, 10)
  const timeline = new Timeline({ ...api, hrefOf: (id) => id ?? '', monthOf: () => '2026-01', nowMs: () => 0 })
  await timeline.load()
  const selection = createRoot((dispose) => {
    onTestFinished(dispose)
    return createSelection((from, to) => timeline.between(from, to))
  })
  return { timeline, selection }
}

/** How often an item was put into any set on the way, copies of sets included. */
async function countAdded(work: () => Promise<void>): Promise<number> {
  const added = vi.spyOn(Set.prototype, 'add')
  onTestFinished(() => added.mockRestore())
  await work()
  return added.mock.calls.filter(([value]) => typeof value === 'string' && value.startsWith('med_')).length
}

test('everything is chosen, also what was not looked at, and each item is touched once however many there are', async () => {
  const { timeline, selection } = await open(1200)
  await timeline.loadChunk(3)
  const added = await countAdded(() => chooseAll(timeline, selection))
  expect(selection.count()).toBe(1200)
  expect(added).toBe(1200)
})

test('what is taken out again while the rest is on its way stays out', async () => {
  const { timeline, selection } = await open(100)
  await timeline.loadChunk(0)
  const all = chooseAll(timeline, selection)
  const [first] = timeline.chunks()[0]?.ids ?? []
  selection.toggle(first!)
  await all
  expect(selection.count()).toBe(99)
})

test('a selection that is gone does not come back, not even into the next one', async () => {
  const { timeline, selection } = await open(100)
  await timeline.loadChunk(0)
  const all = chooseAll(timeline, selection)
  const [first] = timeline.chunks()[0]?.ids ?? []
  selection.clear()
  selection.toggle(first!)
  await all
  expect([...selection.ids()]).toEqual([first])
})
