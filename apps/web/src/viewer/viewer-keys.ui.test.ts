import { createRoot } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { watchViewerKeys, type ViewerKeys } from './viewer-keys.ts'

function watch() {
  const step = vi.fn<ViewerKeys['step']>()
  const act = vi.fn<(name: string) => void>()
  const named = (name: string) => () => act(name)
  createRoot((dispose) => {
    onTestFinished(dispose)
    watchViewerKeys({
      playback: () => undefined,
      step,
      like: named('like'),
      details: named('details'),
      captions: named('captions'),
      comments: named('comments'),
      trash: named('trash'),
      download: named('download'),
      zoom: named('zoom'),
      slideshow: named('slideshow'),
      pauseSlideshow: () => undefined,
    })
  })
  const press = (key: string, init: KeyboardEventInit = {}) =>
    document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...init }))
  return { step, act, press }
}

test('each key of an opened item does its own, with Shift also the download', () => {
  const { step, act, press } = watch()
  for (const key of ['l', 'i', 'c', 't', 'z', 's', 'Delete']) press(key)
  press('D', { shiftKey: true })
  press('ArrowRight')
  press('ArrowLeft')
  const named = ['like', 'details', 'captions', 'comments', 'zoom', 'slideshow', 'trash', 'download']
  expect(act.mock.calls.flat()).toEqual(named)
  expect(step.mock.calls).toEqual([[1], [-1]])
})

test('keys with Ctrl belong to the browser', () => {
  const { step, act, press } = watch()
  press('s', { ctrlKey: true })
  press('d', { metaKey: true })
  press('ArrowRight', { altKey: true })
  expect([act.mock.calls, step.mock.calls]).toEqual([[], []])
})
