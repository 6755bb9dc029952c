import { expect, test } from 'vitest'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, show } from '../../test/render.tsx'
import { uploadWords } from '../words/upload-words.ts'
import { UploadActions } from './upload-actions.tsx'
import type { ItemState, UploadItem } from './upload-item.ts'

function showActions(states: readonly ItemState[], changes: Partial<UploadItem> = {}) {
  const shoebox = makeShoebox()
  const asked: [string, readonly number[]][] = []
  const uploads = {
    ...shoebox.uploads,
    retry: (keys: readonly number[]) => void asked.push(['retry', keys]),
    cancel: (keys: readonly number[]) => void asked.push(['cancel', keys]),
  }
  uploads.onAdded(states.map((state, key) => makeUpload({ ...changes, key, state })))
  const page = show(() => <UploadActions />, { ...shoebox, uploads })
  const find = (text: string) => [...page.querySelectorAll('button')].find((button) => button.textContent === text)
  return { find, asked }
}

test('everything that failed, and nothing else, is tried again with one press', () => {
  const { find, asked } = showActions(['failed', 'sending', 'refused', 'failed', 'ready'])
  find(uploadWords.retryAll)?.click()
  expect(asked).toEqual([['retry', [0, 3]]])
})

test('what was refused for a cause that may pass is tried again with what failed', () => {
  const states = ['failed', 'refused', 'ready'] as const
  const { find, asked } = showActions(states, { refusal: { code: 'over_day_quota' } })
  find(uploadWords.retryAll)?.click()
  expect(asked).toEqual([['retry', [0, 1]]])
})

test('where nothing failed there is nothing to try again', () => {
  expect(showActions(['sending', 'refused', 'ready']).find(uploadWords.retryAll)).toBeUndefined()
})

test('everything that is under way, and nothing else, is cancelled with one press', () => {
  const { find, asked } = showActions(['waiting', 'ready', 'inspecting', 'failed'])
  find(uploadWords.cancelAll)?.click()
  expect(asked).toEqual([['cancel', [0, 2]]])
})

test('what would go on by itself, now or tomorrow, is cancelled with everything, and what cannot is not', () => {
  const states = ['failed', 'refused', 'failed', 'ready'] as const
  const goingOn = showActions(states, { trouble: 'network', refusal: { code: 'over_day_quota' } })
  goingOn.find(uploadWords.cancelAll)?.click()
  expect(goingOn.asked).toEqual([['cancel', [0, 1, 2]]])
  const ended = showActions(states, { trouble: 'unreadable', refusal: { code: 'over_total_quota' } })
  expect(ended.find(uploadWords.cancelAll)).toBeUndefined()
})
