import { createRoot } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeDetails, makeItem } from '../../test/make-item.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import type { User } from '../session/session.ts'
import type { Details } from './details-query.ts'
import { Playback } from './playback.ts'
import { StagePlayer } from './stage-player.tsx'
import { StageSound } from './stage-sound.tsx'

function open(changes: Partial<FeedItem>, known: Partial<Details> = {}, shoebox = makeShoebox()) {
  const item = makeItem(1, { hasPlay: true, ...changes })
  const renewals: string[] = []
  queryClient.setQueryData(api.feed.details.key({ mediaId: item.id }), makeDetails(item, known))
  const component = () => (
    <StagePlayer
      item={item}
      renew={() => {
        renewals.push(`renewal-${renewals.length + 1}`)
        return Promise.resolve({ ...item.delivery, query: renewals.at(-1) ?? '' })
      }}
      boxRef={() => undefined}
      onShown={() => undefined}
    />
  )
  return { page: show(component, shoebox), renewals }
}

/** What every failure of the element says of itself, until the test ends. */
async function failAs(media: HTMLMediaElement, answer: Response): Promise<void> {
  vi.stubGlobal('fetch', () => Promise.resolve(answer))
  onTestFinished(() => void vi.unstubAllGlobals())
  Object.defineProperty(media, 'error', { value: { code: 4, MEDIA_ERR_SRC_NOT_SUPPORTED: 4 } })
  await expect.poll(() => media.hasAttribute('src')).toBe(true)
  for (let renewal = 1; renewal <= 2; renewal += 1) {
    media.dispatchEvent(new Event('error'))
    await expect.poll(() => media.getAttribute('src')).toContain(`renewal-${renewal}`)
  }
  media.dispatchEvent(new Event('error'))
}

const ben: User = {
  id: 'usr_01990000-0000-7000-8000-000000000002' as User['id'],
  name: 'Ben',
  email: 'ben@example.org',
}
const actionsOf = (page: HTMLElement) =>
  [...page.querySelectorAll('[role=alert] :is(a, button)')].map((one) => one.textContent)
const film = { kind: 'video', type: 'video/quicktime' } as const
const sound = { kind: 'audio', type: 'audio/mp4' } as const

test.each([
  ['a film by its codec', film, { videoCodec: 'prores', audioCodec: 'aac' }, 'ProRes'],
  ['a film that says none by its type', film, {}, 'QuickTime'],
  ['a sound by its codec', sound, { audioCodec: 'alac' }, 'Apple Lossless'],
])('what the browser does not know is named, %s, and can be saved', async (_, changes, known, format) => {
  const { page } = open(changes, known, makeShoebox({ user: ben }))
  await failAs(need<HTMLMediaElement>(page, 'video, audio'), new Response())
  await expect.poll(() => page.querySelector('[role=alert]')?.textContent).toContain(`cannot play ${format}.`)
  expect(actionsOf(page)).toEqual(['Download'])
})

test('a visitor, who downloads nothing, opens what the browser does not know', async () => {
  const { page } = open(sound)
  await failAs(need<HTMLMediaElement>(page, 'audio'), new Response())
  await expect.poll(() => actionsOf(page)).toEqual(['Open the file'])
})

test('what is refused again and again is not said to be of an unknown format', async () => {
  for (const changes of [film, sound]) {
    const { page } = open(changes, {}, makeShoebox({ user: ben }))
    await failAs(need<HTMLMediaElement>(page, 'video, audio'), new Response(null, { status: 403 }))
    await expect.poll(() => page.querySelector('[role=alert]')?.textContent).toContain('Check your connection')
    expect(actionsOf(page)).toEqual(['Try again', 'Download'])
  }
})

test('a film whose sound alone is known says so while it plays', () => {
  const { page } = open(film, { videoCodec: 'hevc' })
  const video = need<HTMLVideoElement>(page, 'video')
  Object.defineProperty(video, 'videoWidth', { value: 640, configurable: true })
  video.dispatchEvent(new Event('loadeddata'))
  expect(page.querySelector('[role=alert]')).toBeNull()
  Object.defineProperty(video, 'videoWidth', { value: 0 })
  video.dispatchEvent(new Event('loadeddata'))
  expect(need(page, '[role=alert]').textContent).toContain('only play the sound of HEVC')
})

test('a film plays in place under its signature, with its poster and the controls of the browser', async () => {
  const { page } = open({ kind: 'video', type: 'video/mp4' })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.getAttribute('src')).toBe('https://media.example/v/1/play?first')
  expect(video.getAttribute('poster')).toBe('https://media.example/v/1/preview.webp?first')
  expect(video.hasAttribute('controls')).toBe(true)
  expect(video.getAttribute('aria-label')).toBe('Video by Ada')
})

test('what does not play gets new signatures, then says so and offers another try and the file itself', async () => {
  const { page, renewals } = open({ kind: 'video', type: 'video/mp4' })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.hasAttribute('src')).toBe(true)
  for (let failures = 1; failures <= 3; failures += 1) {
    video.dispatchEvent(new Event('error'))
    await expect.poll(() => renewals.length).toBe(Math.min(failures, 2))
  }
  await expect.poll(() => page.querySelector('[role=alert]')?.textContent).toContain('did not play')
  expect(need(page, '[role=alert] a').getAttribute('href')).toContain('/play?')
  expect(video.hasAttribute('controls')).toBe(false)
  need(page, '[role=alert] button').click()
  await expect.poll(() => renewals.length).toBe(3)
  expect(page.querySelector('[role=alert]')).toBeNull()
  expect(video.hasAttribute('controls')).toBe(true)
})

test('signatures that end one after another in a long film are all renewed, and playing goes on at the same second', async () => {
  const { page, renewals } = open({ kind: 'video', type: 'video/mp4', durationMs: 600_000 })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.hasAttribute('src')).toBe(true)
  const play = vi.spyOn(video, 'play').mockResolvedValue()
  video.dispatchEvent(new Event('play'))
  for (let minute = 1; minute <= 5; minute += 1) {
    video.currentTime = minute * 60
    video.dispatchEvent(new Event('error'))
    await expect.poll(() => video.getAttribute('src')).toBe(`https://media.example/v/1/play?renewal-${minute}`)
    video.currentTime = 0
    video.dispatchEvent(new Event('loadedmetadata'))
    expect(video.currentTime).toBe(minute * 60)
  }
  expect(renewals).toHaveLength(5)
  expect(play).toHaveBeenCalledTimes(5)
  expect(page.querySelector('[role=alert]')).toBeNull()
})

test('a film whose first signature ended before its first data still begins, unless it was paused meanwhile', async () => {
  const { page } = open({ kind: 'video', type: 'video/mp4' })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.getAttribute('src')).toBe('https://media.example/v/1/play?first')
  const play = vi.spyOn(video, 'play').mockResolvedValue()
  video.dispatchEvent(new Event('error'))
  await expect.poll(() => video.getAttribute('src')).toBe('https://media.example/v/1/play?renewal-1')
  video.dispatchEvent(new Event('loadedmetadata'))
  expect(play).toHaveBeenCalledTimes(1)
  video.dispatchEvent(new Event('pause'))
  video.dispatchEvent(new Event('error'))
  await expect.poll(() => video.getAttribute('src')).toBe('https://media.example/v/1/play?renewal-2')
  video.dispatchEvent(new Event('loadedmetadata'))
  expect(play).toHaveBeenCalledTimes(1)
})

function openSound(details: Partial<Details> | null, changes: Partial<FeedItem> = {}) {
  const item = makeItem(1, { kind: 'audio', type: 'audio/mpeg', hasPlay: true, durationMs: 60_000, ...changes })
  return createRoot(() => {
    const playback = new Playback({ item, renew: () => Promise.resolve(item.delivery), onShown: () => undefined })
    const known = details === null ? undefined : makeDetails(item, details)
    const page = show(() => <StageSound item={item} playback={playback} details={known} boxRef={() => undefined} />)
    return { page, audio: need<HTMLAudioElement>(page, 'audio'), slider: need(page, '[role=slider]') }
  })
}

const peaks = Array.from({ length: 200 }, (_, n) => n)

test('a sound shows its waveform, its words and its cover', () => {
  const { page, slider } = openSound({ peaks, tags: { title: 'Sea', artist: 'Wind', album: 'Coast' } })
  expect(page.textContent).toContain('Sea')
  expect(page.textContent).toContain('Wind · Coast')
  expect(slider.querySelector('path')?.getAttribute('d')?.match(/M/g)).toHaveLength(200)
  expect(page.querySelector('img')).not.toBeNull()
})

test('a sound without peaks, words or cover has a plain bar, its kind and no picture', () => {
  for (const details of [null, { peaks: null, tags: null }]) {
    const { page, slider } = openSound(details, { derivatives: [], hasPoster: false })
    expect(slider.querySelector('path')).toBeNull()
    expect(page.textContent).toContain('Audio by Ada')
    expect(page.querySelector('img')).toBeNull()
  }
})

test('the waveform is a slider: keys seek, and its value is a time', () => {
  const { audio, slider } = openSound({ peaks })
  const press = (key: string) => slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  for (const [key, seconds] of [
    ['ArrowRight', 5],
    ['PageUp', 11],
    ['ArrowLeft', 6],
    ['End', 60],
    ['ArrowUp', 60],
    ['Home', 0],
    ['ArrowDown', 0],
  ] as const) {
    press(key)
    expect(audio.currentTime, key).toBe(seconds)
  }
  press('PageUp')
  expect(slider.getAttribute('aria-valuenow')).toBe('6')
  expect(slider.getAttribute('aria-valuetext')).toBe('0:06 of 1:00')
})

test('a click on the waveform seeks there', () => {
  const { audio, slider } = openSound({ peaks })
  slider.setPointerCapture = () => undefined
  vi.spyOn(slider, 'getBoundingClientRect').mockReturnValue(new DOMRect(100, 0, 400, 96))
  slider.dispatchEvent(new PointerEvent('pointerdown', { clientX: 200, bubbles: true }))
  expect(audio.currentTime).toBe(15)
})
