import { createRoot } from 'solid-js'
import { expect, onTestFinished, test } from 'vitest'
import { makeGalleryApi } from '../../test/make-gallery.ts'
import { mediaIdOf } from '../../test/make-item.ts'
import { createChosenSlides } from './chosen-slides.ts'
import { Timeline } from './timeline-store.ts'

async function open(loaded = [0, 1, 2]) {
  const timeline = new Timeline({
    ...makeGalleryApi(25, 10),
    hrefOf: (id) => id ?? '',
    monthOf: () => '2026-01',
    nowMs: () => 0,
  })
  await timeline.load()
  await Promise.all(loaded.map((chunk) => timeline.loadChunk(chunk)))
  const slides = createRoot((dispose) => {
    onTestFinished(dispose)
    return createChosenSlides(() => timeline)
  })
  return { timeline, slides }
}

test('only what was chosen is stepped through, newest first, whatever was chosen first', async () => {
  const { slides } = await open()
  expect(slides.begin(new Set([mediaIdOf(3), mediaIdOf(24), mediaIdOf(12)]))).toBe(mediaIdOf(24))
  expect(slides.beside(mediaIdOf(24), -1)).toBeUndefined()
  expect(slides.beside(mediaIdOf(24), 1)?.id).toBe(mediaIdOf(12))
  expect(slides.beside(mediaIdOf(12), 1)?.id).toBe(mediaIdOf(3))
  expect(slides.beside(mediaIdOf(3), 1)).toBeUndefined()
})

test('what is chosen and not loaded yet is met on the way through the gallery', async () => {
  const { timeline, slides } = await open([0])
  const chosen = Array.from({ length: 25 }, (_, n) => mediaIdOf(n + 1)).filter((id) => id !== mediaIdOf(24))
  expect(slides.begin(new Set(chosen))).toBe(mediaIdOf(25))
  expect(slides.beside(mediaIdOf(25), 1)?.id).toBe(mediaIdOf(23))
  await timeline.loadChunk(1)
  expect(slides.beside(mediaIdOf(16), 1)?.id).toBe(mediaIdOf(15))
})

test('what is taken away meanwhile is passed over', async () => {
  const { timeline, slides } = await open()
  slides.begin(new Set([mediaIdOf(24), mediaIdOf(12), mediaIdOf(3)]))
  timeline.takeAway([mediaIdOf(12)])
  expect(slides.beside(mediaIdOf(24), 1)?.id).toBe(mediaIdOf(3))
  expect(slides.beside(mediaIdOf(3), -1)?.id).toBe(mediaIdOf(24))
})

test('when it is over, the whole gallery is there again', async () => {
  const { slides } = await open()
  slides.begin(new Set([mediaIdOf(24), mediaIdOf(12)]))
  slides.end()
  expect(slides.isOn()).toBe(false)
  expect(slides.beside(mediaIdOf(24), 1)?.id).toBe(mediaIdOf(23))
})
