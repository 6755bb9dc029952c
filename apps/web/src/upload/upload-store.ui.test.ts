import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { photo } from '../../test/upload-world.ts'
import { applyEvent, type UploadEvent, type UploadItem } from './upload-item.ts'
import { createUploadStore } from './upload-store.ts'

const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>
const makeUpload = (key: number, bytes = 100): UploadItem => ({
  key,
  file: photo(`${key}.jpg`, bytes),
  kind: 'image',
  state: 'waiting',
  sentBytes: 0,
  mediaId: null,
  refusal: null,
  trouble: null,
  detectedType: null,
  isSlow: false,
})

function start(count: number) {
  const { store, dispose } = createRoot((dispose) => ({ store: createUploadStore(), dispose }))
  const items = Array.from({ length: count }, (_, key) => makeUpload(key))
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

test('a row keeps its object through every state, so that its element stays', () => {
  const { store, apply, dispose } = start(1)
  const [shown] = store.shown()
  const row = shown === undefined ? undefined : store.live(shown)
  apply(0, { type: 'check' })
  apply(0, { type: 'reserve', mediaId })
  expect(shown === undefined ? undefined : store.live(shown)).toBe(row)
  expect(row?.state).toBe('reserved')
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

test('5,000 files through all their states keep the page free', () => {
  const { store, apply, dispose } = start(5000)
  const startedMs = performance.now()
  for (let key = 0; key < 5000; key += 1) {
    apply(key, { type: 'reserve', mediaId })
    apply(key, { type: 'send' })
    apply(key, { type: 'receive' })
    apply(key, { type: 'ready' })
  }
  expect(store.totals().byState.ready).toBe(5000)
  // 20,000 changes; a screen has 16 ms, and this much in all is far below what is noticed over minutes of sending.
  expect(performance.now() - startedMs).toBeLessThan(3000)
  dispose()
})
