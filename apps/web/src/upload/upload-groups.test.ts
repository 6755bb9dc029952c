import { beforeAll, describe, expect, test } from 'vitest'
import { inspectionRefusals, preflightRefusals } from '@shoebox/shared/refusals.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { refusalSentences } from '../words/en-refusals.ts'
import { loadSentences } from '../words/words.ts'
import { groupUploads } from './upload-groups.ts'
import type { UploadItem } from './upload-item.ts'

const group = (...items: Partial<UploadItem>[]) => groupUploads(items.map((item, key) => makeUpload({ key, ...item })))

test('what is sent stands first, then what needs a hand, then what waits, then what is done', () => {
  const groups = group(
    { state: 'ready' },
    { state: 'waiting' },
    { state: 'refused', refusal: { code: 'image_damaged' } },
    { state: 'inspecting' },
    { state: 'failed', trouble: 'network' },
    { state: 'sending' },
    { state: 'checking' },
    { state: 'ready' },
  )
  expect(groups.map(({ name }) => name)).toEqual([
    'sending',
    'network',
    'image_damaged',
    'inspecting',
    'waiting',
    'added',
  ])
  expect(groups.map(({ items }) => items.map(({ key }) => key))).toEqual([[5], [4], [2], [3], [1, 6], [7, 0]])
})

beforeAll(loadSentences)

describe('every refusal is a group of its own that says why and what to do', () => {
  for (const code of new Set([...preflightRefusals, ...inspectionRefusals])) {
    test(code, () => {
      const groups = group({ state: 'refused', refusal: { code } }, { state: 'refused', refusal: { code } })
      const { sentence, nextStep } = refusalSentences[code]
      expect(groups.map(({ name }) => name)).toEqual([code])
      expect(groups[0]?.hint).toBe(`${sentence} ${nextStep}`)
      expect(groups[0]?.title).toMatch(/2/)
    })
  }
})

test('says how many of how many did not fit', () => {
  const over = { state: 'refused', refusal: { code: 'over_day_quota' } } as const
  const titles = group(over, over, over, { state: 'waiting' }).map(({ title }) => title)
  expect(titles).toContain('3 of 4 didn’t fit in the daily quota')
})

test('says so when inspecting takes long', () => {
  expect(group({ state: 'inspecting' })[0]?.hint).toBeNull()
  expect(group({ state: 'inspecting', isSlow: true })[0]?.hint).not.toBeNull()
})
