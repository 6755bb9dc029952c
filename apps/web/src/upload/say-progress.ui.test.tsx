import { createRoot } from 'solid-js'
import { render } from 'solid-js/web'
import { expect, test } from 'vitest'
import { makeUpload } from '../../test/make-upload.ts'
import { photo } from '../../test/upload-world.ts'
import { Announcer } from '../ui/announcer.tsx'
import { sayProgress } from './say-progress.ts'
import { applyEvent, type UploadEvent } from './apply-event.ts'
import type { UploadItem } from './upload-item.ts'
import { createUploadStore } from './upload-store.ts'

const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>

test('a long upload is told of at its quarters, and not twice within a quarter of a minute', () => {
  const place = document.createElement('div')
  const end = render(() => <Announcer isOn />, place)
  let nowMs = 0
  const { store, dispose } = createRoot((dispose) => {
    const store = createUploadStore()
    sayProgress(store, () => nowMs)
    return { store, dispose }
  })
  let item = makeUpload({ key: 0, file: photo('long.jpg', 100) })
  store.onAdded([item])
  const at = (ms: number, event: UploadEvent) => {
    nowMs = ms
    const before = item
    item = applyEvent(item, event)
    store.onChanged(item, before)
    return place.textContent
  }
  at(0, { type: 'reserve', mediaId })
  at(0, { type: 'send' })
  expect(at(5000, { type: 'progress', sentBytes: 30 })).toBe('')
  expect(at(20_000, { type: 'progress', sentBytes: 40 })).toBe('')
  expect(at(20_000, { type: 'progress', sentBytes: 55 })).toBe('0 of 1 file')
  dispose()
  end()
})
