import { createRoot, createSignal } from 'solid-js'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { makeItem } from '../../test/make-item.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { Playback } from './playback.ts'
import { createSlideshow } from './slideshow.ts'

beforeEach(() => localStorage.clear())

/** A list of items under a slideshow whose clock the test keeps. */
function open(list: readonly FeedItem[]) {
  return createRoot((dispose) => {
    onTestFinished(dispose)
    const [items, setItems] = createSignal(list)
    const [place, setPlace] = createSignal(0)
    const [playback, setPlayback] = createSignal<Playback>()
    const timers = new Set<{ ms: number; run: () => void }>()
    const decoding: (() => void)[] = []
    const onEnd = vi.fn<() => void>()
    const slideshow = createSlideshow({
      item: () => items()[place()],
      playback,
      neighbour: (by) => items()[place() + by],
      step: (by) => setPlace((now) => now + by),
      whenDecoded: () => new Promise((resolve) => decoding.push(resolve)),
      after: (ms, run) => {
        const timer = { ms, run }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
      onEnd,
    })
    return {
      slideshow,
      setItems,
      setPlayback,
      onEnd,
      place,
      waits: () => [...timers].map(({ ms }) => ms),
      ring: () => {
        for (const timer of [...timers]) {
          timers.delete(timer)
          timer.run()
        }
      },
      decode: async () => {
        decoding.shift()?.()
        await Promise.resolve()
      },
      show: () => slideshow.noteShown(items()[place()]?.id ?? pictures[0]!.id),
    }
  })
}

const pictures = [1, 2, 3].map((n) => makeItem(n))

test('a picture has its seconds from when it is seen, and leaves when the next one is decoded', async () => {
  const { slideshow, waits, ring, show, decode, place } = open(pictures)
  slideshow.start()
  expect(waits()).toEqual([])
  show()
  expect(waits()).toEqual([5000])
  ring()
  expect(place()).toBe(0)
  await decode()
  expect(place()).toBe(1)
  expect(waits(), 'the next one is not seen yet').toEqual([])
})

test('seconds are remembered, and a change holds for the picture that is shown', () => {
  const { slideshow, waits, show } = open(pictures)
  slideshow.start()
  show()
  slideshow.setSeconds(10)
  expect(waits()).toEqual([10_000])
  expect(open(pictures).slideshow.seconds()).toBe(10)
})

test('while it is paused nothing moves on, not even what is decoded by then', async () => {
  const { slideshow, waits, ring, show, decode, place } = open(pictures)
  slideshow.start()
  show()
  ring()
  slideshow.togglePause()
  await decode()
  expect([place(), waits()]).toEqual([0, []])
  slideshow.togglePause()
  await decode()
  expect(place()).toBe(1)
})

test('who looks at another one meanwhile starts its time', async () => {
  const { slideshow, waits, show, setItems, ring, decode, place } = open(pictures)
  slideshow.start()
  show()
  ring()
  setItems([makeItem(7), ...pictures.slice(1)])
  await decode()
  expect([place(), waits()]).toEqual([0, []])
  show()
  expect(waits()).toEqual([5000])
})

test('a like makes no new time', () => {
  const { slideshow, waits, show, setItems, ring } = open(pictures)
  slideshow.start()
  show()
  ring()
  setItems(pictures.map((item) => ({ ...item, likeCount: item.likeCount + 1 })))
  expect(waits()).toEqual([])
})

function openFilm() {
  const film = makeItem(1, { kind: 'video', type: 'video/mp4', hasPlay: true })
  const opened = open([film, makeItem(2)])
  const media = document.createElement('video')
  const play = vi.spyOn(media, 'play').mockResolvedValue()
  const pause = vi.spyOn(media, 'pause')
  vi.spyOn(media, 'readyState', 'get').mockReturnValue(4)
  const playback = createRoot(
    () => new Playback({ item: film, renew: () => Promise.reject(new Error()), onShown: () => undefined }),
  )
  playback.adopt(media)
  opened.setPlayback(playback)
  return { ...opened, media, play, pause, playback }
}

test('a film is played to its end', async () => {
  const { slideshow, play, pause, media, waits, decode, place } = openFilm()
  slideshow.start()
  expect(play).toHaveBeenCalledOnce()
  expect(waits()).toEqual([])
  slideshow.togglePause()
  expect(pause).toHaveBeenCalledOnce()
  slideshow.togglePause()
  expect(play).toHaveBeenCalledTimes(2)
  vi.spyOn(media, 'ended', 'get').mockReturnValue(true)
  media.dispatchEvent(new Event('ended'))
  await decode()
  expect(place()).toBe(1)
})

test('a browser that wants a gesture for sound plays without it', async () => {
  const { slideshow, play, media } = openFilm()
  play.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'))
  slideshow.start()
  await expect.poll(() => play.mock.calls.length).toBe(2)
  expect(media.muted).toBe(true)
})

test('the end of what is loaded is the end only when nothing comes, and says so', async () => {
  const { slideshow, waits, ring, show, decode, place, setItems, onEnd } = open(pictures.slice(0, 1))
  slideshow.start()
  show()
  ring()
  expect(waits()).toEqual([4000])
  setItems(pictures.slice(0, 2))
  expect(waits()).toEqual([])
  await decode()
  expect(place()).toBe(1)
  show()
  ring()
  ring()
  expect([slideshow.isOn(), onEnd.mock.calls.length]).toEqual([false, 1])
})
