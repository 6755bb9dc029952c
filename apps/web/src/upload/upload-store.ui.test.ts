import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { photo } from '../../test/upload-world.ts'
import { applyEvent, type UploadEvent } from './apply-event.ts'
import type { UploadItem } from './upload-item.ts'
import { createUploadStore } from './upload-store.ts'

const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>
function start(count: number) {
  const { store, dispose } = createRoot((dispose) => ({ store: createUploadStore(), dispose }))
  const items = Array.from({ length: count }, (_, key) => makeUpload({ key, file: photo(`${key}.jpg`, 100) }))
  store.onAdded(items)
  const apply = (key: number, event: UploadEvent) => {
    const before = items[key]
    if (before === undefined) return
    const after = applyEvent(before, event)
    items[key] = after
    store.onChanged(after, before)
  }
  return { store, apply, dispose }
}

test('totals follow every change without counting again', () => {
  const { store, apply, dispose } = start(3)
  expect(store.activeCount()).toBe(3)
  expect(store.totals().bytes).toBe(300)
  for (const key of [0, 1, 2]) apply(key, { type: 'reserve', mediaId })
  apply(0, { type: 'send' })
  apply(0, { type: 'progress', sentBytes: 40 })
  expect(store.totals()).toMatchObject({ sentBytes: 40, byState: { sending: 1, reserved: 2 } })
  expect(store.hereCount()).toBe(3)
  apply(0, { type: 'receive' })
  expect(store.hereCount()).toBe(2)
  apply(1, { type: 'refuse', refusal: { code: 'image_damaged' } })
  expect(store.totals()).toMatchObject({ bytes: 200, byState: { refused: 1 } })
  dispose()
})

test('counts stay right while failures are tried again', () => {
  const { store, apply, dispose } = start(2)
  apply(0, { type: 'ready' })
  apply(1, { type: 'fail', trouble: 'network' })
  expect(store.totals()).toMatchObject({ bytes: 100, byState: { ready: 1, failed: 1, waiting: 0 } })
  apply(1, { type: 'retry' })
  expect(store.totals()).toMatchObject({ bytes: 200, sentBytes: 100, byState: { ready: 1, failed: 0, waiting: 1 } })
  expect(store.activeCount()).toBe(1)
  dispose()
})

test('what an earlier visit sent counts as sent, and not as travelling now', () => {
  const { store, apply, dispose } = start(1)
  apply(0, { type: 'reserve', mediaId, arrivedBytes: 60 })
  apply(0, { type: 'send' })
  expect(store.totals()).toMatchObject({ sentBytes: 60, movedBytes: 0 })
  apply(0, { type: 'progress', sentBytes: 80 })
  expect(store.totals()).toMatchObject({ sentBytes: 80, movedBytes: 20 })
  // Broken off, and sent once more.
  apply(0, { type: 'progress', sentBytes: 60 })
  apply(0, { type: 'progress', sentBytes: 80 })
  expect(store.totals()).toMatchObject({ sentBytes: 80, movedBytes: 40 })
  // Found to be there while it was compared.
  apply(0, { type: 'arrive', arrivedBytes: 90 })
  apply(0, { type: 'progress', sentBytes: 95 })
  expect(store.totals()).toMatchObject({ sentBytes: 95, movedBytes: 45 })
  dispose()
})

test('a row that is followed is kept up', () => {
  const { store, apply, dispose } = start(1)
  const [shown] = store.shown()
  if (shown === undefined) throw new Error('there is no row')
  const row = store.follow(shown)
  apply(0, { type: 'check' })
  expect(row().state).toBe('checking')
  dispose()
})

test('cleared and cancelled rows are gone from the list', async () => {
  const { store, apply, dispose } = start(3)
  apply(0, { type: 'cancel' })
  await pollUntil(() => store.shown().length === 2)
  apply(1, { type: 'ready' })
  apply(2, { type: 'ready' })
  store.clear()
  expect(store.shown()).toEqual([])
  expect(store.totals()).toMatchObject({ bytes: 0, byState: { ready: 0 } })
  dispose()
})

test('what a network broke is not over: clearing leaves it, and its counts are right when it is tried again', async () => {
  const { store, apply, dispose } = start(4)
  apply(0, { type: 'ready' })
  apply(1, { type: 'fail', trouble: 'network' })
  apply(2, { type: 'fail', trouble: 'unreadable' })
  apply(3, { type: 'refuse', refusal: { code: 'image_damaged' } })
  expect(store.totals().broken).toBe(1)
  store.clear()
  expect(store.shown().map(({ key }) => key)).toEqual([1])
  expect(store.totals()).toMatchObject({ bytes: 0, broken: 1, byState: { ready: 0, failed: 1, refused: 0 } })
  // Chosen again, it goes on in another row.
  apply(2, { type: 'yield' })
  apply(1, { type: 'retry' })
  expect(store.totals()).toMatchObject({ bytes: 100, broken: 0, byState: { failed: 0, waiting: 1, cancelled: 0 } })
  expect(store.activeCount()).toBe(1)
  apply(1, { type: 'ready' })
  store.clear()
  expect(store.shown()).toEqual([])
  dispose()
})
