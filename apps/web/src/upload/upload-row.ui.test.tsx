import { describe, expect, test } from 'vitest'
import { inspectionRefusals, preflightRefusals } from '@shoebox/shared/refusals.ts'
import { need, show } from '../../test/render.tsx'
import { photo } from '../../test/upload-world.ts'
import { refusalSentences } from '../words/en-refusals.ts'
import { words } from '../words/words.ts'
import type { ItemState, UploadItem } from './upload-item.ts'
import { UploadRow } from './upload-row.tsx'

const makeUpload = (changes: Partial<UploadItem>): UploadItem => ({
  key: 0,
  file: photo('holiday.jpg', 2048),
  kind: null,
  state: 'waiting',
  sentBytes: 0,
  mediaId: null,
  refusal: null,
  trouble: null,
  detectedType: null,
  isSlow: false,
  ...changes,
})
const showRow = (changes: Partial<UploadItem>) => show(() => <UploadRow item={makeUpload(changes)} />)

describe('every state has its word', () => {
  const states: ItemState[] = ['reserved', 'sending', 'received', 'inspecting', 'ready', 'refused', 'failed']
  for (const state of states) {
    test(state, () => {
      expect(showRow({ state }).textContent).toContain(words.upload.states[state])
    })
  }
})

describe('every refused file says why and what to do', () => {
  for (const code of new Set([...preflightRefusals, ...inspectionRefusals])) {
    test(code, () => {
      const { sentence, nextStep } = refusalSentences[code]
      const text = showRow({ state: 'refused', refusal: { code } }).textContent
      expect(text).toContain(sentence)
      expect(text).toContain(nextStep)
    })
  }

  test('a file that is too large says how large is allowed', () => {
    const row = showRow({ state: 'refused', refusal: { code: 'file_too_large', bytesMax: 50 * 2 ** 20 } })
    expect(row.textContent).toContain('The largest size is 50 MB.')
  })

  test('a renamed file is called what it is', () => {
    const refusal = { code: 'content_mismatch' as const }
    expect(showRow({ state: 'refused', refusal, detectedType: 'image/png' }).textContent).toContain('It is really PNG.')
  })
})

test('what is under way can be cancelled, what failed can be tried again, what is done is left alone', () => {
  const buttonOf = (state: ItemState) => showRow({ state }).querySelector('button')?.getAttribute('aria-label') ?? null
  expect(buttonOf('sending')).toBe('Cancel holiday.jpg')
  expect(buttonOf('failed')).toBe('Retry holiday.jpg')
  expect(buttonOf('ready')).toBeNull()
  expect(buttonOf('refused')).toBeNull()
})

test('a duplicate alone among the refused can be added anyway', () => {
  const row = showRow({ state: 'refused', refusal: { code: 'duplicate' } })
  expect(row.querySelector('button')?.getAttribute('aria-label')).toBe('Add holiday.jpg anyway')
  expect(showRow({ state: 'refused', refusal: { code: 'over_day_quota' } }).querySelector('button')).toBeNull()
})

test('progress is a share of the bytes', () => {
  const row = showRow({ state: 'sending', sentBytes: 512 })
  expect(row.textContent).toContain('25 %')
  expect(need(row, '.origin-left').style.transform).toBe('scaleX(0.25)')
})
