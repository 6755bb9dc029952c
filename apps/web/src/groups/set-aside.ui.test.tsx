import { createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import { makeGalleryItem } from '../../test/make-gallery.ts'
import { need, show } from '../../test/render.tsx'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import type { Progress } from '../gallery/long-deed.ts'
import type { Pages } from '../ui/page-list.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { SetAside } from './set-aside.tsx'

const list = {
  isPending: false,
  isLoadingError: false,
  error: null,
  hasNextPage: false,
  isFetchingNextPage: false,
  refetch: () => undefined,
  fetchNextPage: () => undefined,
}

/** Five items, of which the last cannot be put back. */
function showFive(pages: Pages = list) {
  const [items, setItems] = createSignal([5, 4, 3, 2, 1].map((n) => makeGalleryItem(n)))
  const [progress, setProgress] = createSignal<Progress | null>(null)
  const calls = { back: [] as GalleryItem[][], end: [] as GalleryItem[][] }
  const page = show(() => (
    <SetAside
      list={pages}
      items={items()}
      progress={progress()}
      empty={{ icon: 'trash', title: '', text: '' }}
      failedTitle=""
      backIcon="retry"
      backText={groupWords.restore}
      nameBack={(item) => (item.id === items().at(-1)?.id ? null : groupWords.restoreOne(item.id))}
      onBack={(chosen) => calls.back.push([...chosen])}
      onEnd={(chosen) => calls.end.push([...chosen])}
    />
  ))
  const checks = () => [...page.querySelectorAll<HTMLButtonElement>('[role="checkbox"]')]
  const click = (n: number, isShift = false) =>
    checks()[n]?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: isShift }))
  const act = (text: string) =>
    [...need(page, '[role="toolbar"]').querySelectorAll('button')]
      .find((button) => button.textContent === text)
      ?.click()
  const checked = () => checks().map((check) => check.getAttribute('aria-checked') === 'true')
  return { page, items, setItems, setProgress, calls, click, act, checked }
}

test('what is on its way has the shape of what comes', () => {
  const page = show(() => (
    <SetAside
      list={{ ...list, isPending: true }}
      items={[]}
      progress={null}
      empty={{ icon: 'trash', title: '', text: '' }}
      failedTitle=""
      backIcon="retry"
      backText=""
      nameBack={() => null}
      onBack={() => undefined}
    />
  ))
  expect(need(page, '[role="img"]').children.length).toBe(10)
})

const key = (name: string, isCtrl = false) =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key: name, ctrlKey: isCtrl, bubbles: true, cancelable: true }))

test('several items are chosen one by one and by a range, and go back together', () => {
  const { page, items, calls, click, act, checked } = showFive()
  expect(page.querySelector('[role="toolbar"]')).toBeNull()
  click(0)
  click(2, true)
  expect(checked()).toEqual([true, true, true, false, false])
  click(1)
  expect(need(page, '[role="toolbar"]').getAttribute('aria-label')).toBe(galleryWords.chosen(2))
  act(groupWords.restore)
  expect(calls.back).toEqual([[items()[0], items()[2]]])
})

test('what has no way back is not sent back with the rest, but may be ended with it', () => {
  const { items, calls, act, checked } = showFive()
  key('a', true)
  expect(checked()).toEqual([true, true, true, true, true])
  act(groupWords.restore)
  expect(calls.back[0]).toHaveLength(4)
  act(groupWords.delete)
  expect(calls.end).toEqual([items()])
})

test('Escape and what left the list end a choice', () => {
  const { page, items, setItems, click, checked } = showFive()
  click(0)
  click(1)
  setItems(items().slice(1))
  expect(checked()).toEqual([true, false, false, false])
  expect(need(page, '[role="toolbar"]').getAttribute('aria-label')).toBe(galleryWords.chosen(1))
  key('Escape')
  expect(page.querySelector('[role="toolbar"]')).toBeNull()
})

test('everything is chosen by touch too, what is not loaded first, and given up the same way', async () => {
  const [isMore, setMore] = createSignal(true)
  const world = showFive({
    ...list,
    get hasNextPage() {
      return isMore()
    },
    fetchNextPage: () => {
      world.setItems((items) => [...items, makeGalleryItem(6)])
      setMore(false)
    },
  })
  const button = () => need(world.page, '[role="toolbar"] [aria-pressed]')
  world.click(0)
  expect([button().textContent, button().getAttribute('aria-pressed')]).toEqual([galleryWords.chooseAll, 'false'])
  world.act(galleryWords.chooseAll)
  await expect.poll(() => button().getAttribute('aria-pressed')).toBe('true')
  expect(world.checked()).toEqual(Array.from({ length: 6 }, () => true))
  world.act(galleryWords.chooseAll)
  expect(world.page.querySelector('[role="toolbar"]')).toBeNull()
})

test('what is done to many is told in place of the choice, and Escape stops it before it ends the choice', () => {
  let stops = 0
  const { page, setProgress, click, checked } = showFive()
  click(0)
  setProgress({ count: 500, total: 1200, stop: () => (stops += 1) })
  expect(need(page, '[role="toolbar"]').textContent).toBe(galleryWords.working(500, 1200))
  key('Escape')
  expect([stops, checked()[0]]).toEqual([1, true])
})
