import { describe, expect, test } from 'vitest'
import { makeUpload } from '../../test/make-upload.ts'
import { applyEvent, type UploadEvent } from './apply-event.ts'
import { isActive, isHere, type ItemState, type UploadItem } from './upload-item.ts'

const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>

const fresh = makeUpload({ file: new File(['0123456789'], 'a.jpg', { type: 'image/jpeg' }) })
const events: UploadEvent[] = [
  { type: 'check' },
  { type: 'reserve', mediaId },
  { type: 'send' },
  { type: 'progress', sentBytes: 4 },
  { type: 'arrive', arrivedBytes: 4 },
  { type: 'receive' },
  { type: 'inspect' },
  { type: 'slow' },
  { type: 'ready' },
  { type: 'refuse', refusal: { code: 'image_damaged' } },
  { type: 'fail', trouble: 'network' },
  { type: 'cancel' },
  { type: 'retry' },
  { type: 'pause' },
  { type: 'lose' },
  { type: 'insist' },
]
const run = (...path: UploadEvent[]) => path.reduce(applyEvent, fresh)

test('goes the whole way, state by state', () => {
  const way: UploadEvent[] = [
    { type: 'check' },
    { type: 'reserve', mediaId },
    { type: 'send' },
    { type: 'progress', sentBytes: 4 },
    { type: 'receive' },
    { type: 'inspect' },
    { type: 'ready' },
  ]
  const states: ItemState[] = []
  let item = fresh
  for (const event of way) states.push((item = applyEvent(item, event)).state)
  expect(states).toEqual(['checking', 'reserved', 'sending', 'sending', 'received', 'inspecting', 'ready'])
  expect(item).toMatchObject({ mediaId, sentBytes: 10 })
})

describe('an end is an end', () => {
  const ends: Record<string, UploadItem> = {
    ready: run({ type: 'ready' }),
    refused: run({ type: 'refuse', refusal: { code: 'file_empty' } }),
    cancelled: run({ type: 'cancel' }),
  }
  for (const [name, end] of Object.entries(ends)) {
    test(`nothing that comes late changes what is ${name}`, () => {
      for (const event of events)
        if (name !== 'refused' || event.type !== 'cancel') expect(applyEvent(end, event), event.type).toBe(end)
    })
  }
})

test('what was refused can be cancelled, since it may be tried again', () => {
  const refused = run({ type: 'refuse', refusal: { code: 'over_day_quota' } })
  expect(applyEvent(refused, { type: 'cancel' }).state).toBe('cancelled')
})

test('what failed can be tried again, and keeps its reservation', () => {
  const failedEarly = run({ type: 'check' }, { type: 'fail', trouble: 'network' }, { type: 'retry' })
  expect(failedEarly).toMatchObject({ state: 'waiting', trouble: null })
  const failedLate = run(
    { type: 'reserve', mediaId },
    { type: 'send' },
    { type: 'fail', trouble: 'network' },
    { type: 'retry' },
  )
  expect(failedLate).toMatchObject({ state: 'reserved', mediaId, sentBytes: 0 })
  expect(applyEvent(fresh, { type: 'retry' })).toBe(fresh)
})

test('of what was refused, only what may pass can be tried again, and begins anew', () => {
  const end = run(
    { type: 'reserve', mediaId },
    { type: 'receive' },
    { type: 'slow' },
    { type: 'refuse', refusal: { code: 'processing_failed' }, detectedType: 'image/png' },
  )
  expect(applyEvent(end, { type: 'retry' })).toEqual(fresh)
  const damaged = run({ type: 'refuse', refusal: { code: 'image_damaged' } })
  expect(applyEvent(damaged, { type: 'retry' })).toBe(damaged)
})

test('a second attempt begins at no bytes sent', () => {
  const item = run({ type: 'reserve', mediaId }, { type: 'send' }, { type: 'progress', sentBytes: 9 }, { type: 'send' })
  expect(item.sentBytes).toBe(0)
})

test('what has arrived in parts is not counted again after a pause, a failure or on another visit', () => {
  const begun = run({ type: 'reserve', mediaId, arrivedBytes: 2 })
  expect(begun.sentBytes).toBe(2)
  const sending = [
    { type: 'send' },
    { type: 'arrive', arrivedBytes: 4 },
    { type: 'progress', sentBytes: 9 },
  ] as const satisfies UploadEvent[]
  const broken = sending.reduce(applyEvent, begun)
  expect(broken.sentBytes).toBe(9)
  expect(applyEvent(broken, { type: 'pause' }).sentBytes).toBe(4)
  expect(applyEvent(broken, { type: 'send' }).sentBytes).toBe(4)
  const failed = applyEvent(broken, { type: 'fail', trouble: 'network' })
  expect(applyEvent(failed, { type: 'retry' }).sentBytes).toBe(4)
  expect(applyEvent(broken, { type: 'lose' })).toMatchObject({ sentBytes: 0, arrivedBytes: 0 })
})

test('leaving the page is dangerous exactly until the bytes have arrived', () => {
  const here: ItemState[] = ['waiting', 'checking', 'reserved', 'sending']
  const away: ItemState[] = ['received', 'inspecting']
  const ended: ItemState[] = ['ready', 'refused', 'failed', 'cancelled']
  expect([...here, ...away, ...ended].filter(isHere)).toEqual(here)
  expect([...here, ...away, ...ended].filter(isActive)).toEqual([...here, ...away])
})
