import { describe, expect, test, vi } from 'vitest'
import { createManualTime } from '../../test/manual-time.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import { photo } from '../../test/upload-world.ts'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import { applyEvent, type UploadEvent } from './apply-event.ts'
import { UploadHead } from './upload-head.tsx'
import type { UploadItem } from './upload-item.ts'
import type { Uploads } from './uploads.ts'

const kB = 1024
const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>

/** The head over files of 100 kB, with a clock that stands still. */
function showHead(changes: Partial<Uploads> = {}, { count = 1, bytes = 100 * kB } = {}) {
  const shoebox = makeShoebox()
  const uploads = { ...shoebox.uploads, ...changes }
  const time = createManualTime()
  const items = Array.from({ length: count }, (_, key) => makeUpload({ key, file: photo(`${key}.jpg`, bytes) }))
  uploads.onAdded(items)
  const page = show(() => <UploadHead clock={time} />, { ...shoebox, uploads })
  const apply = (key: number, ...events: UploadEvent[]) => {
    for (const event of events) {
      const before = items[key] as UploadItem
      const after = applyEvent(before, event)
      items[key] = after
      uploads.onChanged(after, before)
    }
  }
  return { time, apply, title: () => need(page, 'h2').textContent, text: () => need(page, 'p').textContent }
}
const startAt = (arrivedBytes: number): UploadEvent[] => [{ type: 'reserve', mediaId, arrivedBytes }, { type: 'send' }]
const sent = (kilobytes: number): UploadEvent => ({ type: 'progress', sentBytes: kilobytes * kB })

describe('the head says', () => {
  test('where they go until it is known how fast, then how far, how fast and how long', async () => {
    const { time, apply, text } = showHead({}, { count: 2 })
    apply(0, ...startAt(0))
    expect(text()).toBe('Goes to the public feed')
    apply(0, sent(20))
    await time.pass(1000)
    expect(text()).toBe('10 % · 20 kB/s · 9 s left')
    apply(0, sent(40))
    await time.pass(1000)
    expect(text()).toBe('20 % · 20 kB/s · 8 s left')
    apply(0, sent(100), { type: 'receive' })
    apply(1, ...startAt(0))
    await time.pass(1000)
    expect(text()).toBe('50 % · 32 kB/s · 3 s left')
  })

  test('of a file that goes on after a reload how far it is, and the speed of what travels now alone', async () => {
    const { time, apply, text } = showHead()
    apply(0, ...startAt(80 * kB), sent(80))
    await time.pass(1000)
    expect(text()).toBe('Goes to the public feed')
    apply(0, sent(90))
    await time.pass(1000)
    expect(text()).toBe('90 % · 10 kB/s · 1 s left')
  })

  test('minutes and hours where it takes so long', async () => {
    for (const [bytes, left] of [
      [100 * kB, '2 min left'],
      [5 * 1024 * kB, '1 h left'],
    ] as const) {
      const { time, apply, text } = showHead({}, { bytes })
      apply(0, ...startAt(0), sent(1))
      await time.pass(1000)
      expect(text()).toContain(`1 kB/s · ${left}`)
    }
  })

  test('instead what holds everything up', async () => {
    const texts = async (changes: Partial<Uploads>) => {
      const { time, apply, text } = showHead(changes)
      apply(0, ...startAt(0), sent(20))
      const early = text()
      await time.pass(1000)
      return [early, text()]
    }
    const moving = '20 % · 20 kB/s · 4 s left'
    const goesTo = uploadWords.goesTo(null)
    const { preparing } = words.upload
    expect(await texts({})).toEqual([goesTo, moving])
    expect(await texts({ isPreparing: () => true })).toEqual([preparing, preparing])
    expect(await texts({ isPaused: () => true })).toEqual([uploadWords.paused, uploadWords.paused])
    expect(await texts({ isHeld: () => true })).toEqual([goesTo, goesTo])
    expect(await texts({ isStruggling: () => true })).toEqual([uploadWords.struggling, moving])
  })

  test('that it waits for a network, and whether the page may be closed meanwhile', async () => {
    const { time, apply, text } = showHead({ isAllKept: () => true })
    const careless = showHead({ isAllKept: () => false })
    for (const each of [{ time, apply }, careless]) {
      each.apply(0, ...startAt(0), sent(20))
      await each.time.pass(1000)
    }
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    dispatchEvent(new Event('offline'))
    const texts = [text(), careless.text()]
    online.mockRestore()
    dispatchEvent(new Event('online'))
    expect(texts).toEqual([uploadWords.offlineKept, uploadWords.offline])
  })

  test('nothing of a speed once all has arrived', async () => {
    const { time, apply, text, title } = showHead()
    apply(0, ...startAt(0), sent(20))
    await time.pass(1000)
    apply(0, { type: 'receive' })
    expect(text()).toBe(uploadWords.goesTo(null))
    apply(0, { type: 'ready' })
    expect(title()).toBe(uploadWords.addedCount(1))
  })

  test('how many have their end, of how many, and what went wrong', async () => {
    const { apply, title } = showHead({}, { count: 4 })
    expect(title()).toBe('0 of 4 files')
    apply(0, ...startAt(0), { type: 'receive' }, { type: 'ready' })
    apply(1, { type: 'refuse', refusal: { code: 'duplicate' } })
    apply(2, { type: 'fail', trouble: 'network' })
    expect(title()).toBe('3 of 4 files · 1 refused · 1 failed')
    apply(3, { type: 'refuse', refusal: { code: 'duplicate' } })
    expect(title()).toBe('1 added · 2 refused · 1 failed')
  })
})
