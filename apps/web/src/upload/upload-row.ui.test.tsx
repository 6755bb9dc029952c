import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import { makeItem } from '../../test/make-item.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { need, show } from '../../test/render.tsx'
import { uploadWords } from '../words/upload-words.ts'
import type { ItemState, UploadItem } from './upload-item.ts'
import { UploadRow } from './upload-row.tsx'

const mediaId = 'med_01990000-0000-7000-8000-000000000000' as NonNullable<UploadItem['mediaId']>
const showRow = (changes: Partial<UploadItem>) => show(() => <UploadRow item={makeUpload(changes)} />)

describe('every state has its word', () => {
  const states: ItemState[] = ['reserved', 'sending', 'received', 'inspecting', 'ready', 'refused', 'failed']
  for (const state of states) {
    test(state, () => {
      expect(showRow({ state }).textContent).toContain(uploadWords.states[state])
    })
  }
})

test('what waits for a review is not said to be in the feed or a group', () => {
  const row = showRow({ state: 'ready', shown: makeItem(1, { isHeld: true }), mediaId })
  expect(row.textContent).toContain(uploadWords.held)
  expect(row.textContent).not.toContain(uploadWords.states.ready)
  expect(need(row, 'a').getAttribute('href')).toBe(`/u/${makeItem(1).owner.id}/p/${makeItem(1).id}`)
})

test('what was moved to the trash meanwhile is said to be there, and leads nowhere', () => {
  const row = showRow({ state: 'ready', shown: makeItem(1, { isTrashed: true }), mediaId })
  expect(row.textContent).toContain(uploadWords.trashed)
  expect(row.textContent).not.toContain(uploadWords.states.ready)
  expect(row.querySelector('a')).toBeNull()
})

test('a file that is too large says how large is allowed', () => {
  const row = showRow({ state: 'refused', refusal: { code: 'file_too_large', bytesMax: 50 * 2 ** 20 } })
  expect(row.textContent).toContain('The largest size is 50 MB.')
})

test('a renamed file is called what it is, refused or taken', () => {
  const refusal = { code: 'content_mismatch' as const }
  expect(showRow({ state: 'refused', refusal, detectedType: 'image/png' }).textContent).toContain('Really PNG')
  expect(showRow({ state: 'ready', detectedType: 'image/png' }).textContent).toContain('Really PNG')
})

test('what is under way can be cancelled, what failed can be tried again too, what is done is left alone', () => {
  const buttonsOf = (state: ItemState) =>
    [...showRow({ state }).querySelectorAll('button')].map((button) => button.getAttribute('aria-label'))
  expect(buttonsOf('sending')).toEqual(['Cancel holiday.jpg'])
  expect(buttonsOf('inspecting')).toEqual(['Cancel holiday.jpg'])
  expect(buttonsOf('failed')).toEqual(['Retry holiday.jpg', 'Cancel holiday.jpg'])
  expect(buttonsOf('ready')).toEqual([])
  expect(buttonsOf('refused')).toEqual([])
})

test('of the refused, what may pass can be tried again, and what is so by itself can be cancelled', () => {
  const buttonsOf = (code: RefusalCode) =>
    [...showRow({ state: 'refused', refusal: { code } }).querySelectorAll('button')].map((button) =>
      button.getAttribute('aria-label'),
    )
  for (const code of ['processing_failed', 'over_total_quota'] as const)
    expect(buttonsOf(code), code).toEqual(['Retry holiday.jpg'])
  expect(buttonsOf('over_day_quota')).toEqual(['Retry holiday.jpg', 'Cancel holiday.jpg'])
  for (const code of ['image_damaged', 'content_blocked', 'file_too_large'] as const)
    expect(buttonsOf(code), code).toEqual([])
})

test('a duplicate leads to the item it is the same as, and alone among the refused can be added anyway', () => {
  const row = showRow({ state: 'refused', refusal: { code: 'duplicate' }, duplicateOf: mediaId })
  expect(need(row, 'a').getAttribute('href')).toBe(`/p/${mediaId}`)
  expect(need(row, 'button').getAttribute('aria-label')).toBe('Add holiday.jpg anyway')
  expect(showRow({ state: 'refused', refusal: { code: 'image_damaged' } }).querySelector('button')).toBeNull()
})

test('of a large file that waits or has failed, it says how much is there', () => {
  const part = { file: new File([new Uint8Array(4096)], 'film.mp4'), arrivedBytes: 1024 }
  for (const state of ['reserved', 'failed'] as const)
    expect(need(showRow({ ...part, state }), '[title*=arrived]').textContent).toBe('1 kB of 4 kB arrived')
  expect(showRow({ ...part, state: 'ready' }).textContent).not.toContain('arrived')
  expect(showRow({ state: 'failed' }).textContent).not.toContain('arrived')
})

test('what is in the feed leads there', () => {
  expect(need(showRow({ state: 'ready', mediaId }), 'a').getAttribute('href')).toBe(`/p/${mediaId}`)
})

test('progress is a share of the bytes', () => {
  const row = showRow({ state: 'sending', sentBytes: 512 })
  expect(row.textContent).toContain('25 %')
  expect(need(row, '.origin-left').style.transform).toBe('scaleX(0.25)')
})
