import { expect, test } from 'vitest'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, show } from '../../test/render.tsx'
import { uploadWords } from '../words/upload-words.ts'
import type { UploadItem } from './upload-item.ts'
import { UploadPanel } from './upload-panel.tsx'

function showPanel(...changes: Partial<UploadItem>[]) {
  const shoebox = makeShoebox()
  shoebox.uploads.onAdded(changes.map((change, key) => makeUpload({ key, ...change })))
  const page = show(() => <UploadPanel />, shoebox)
  return { ...shoebox, clear: () => page.querySelector<HTMLElement>(`[aria-label="${uploadWords.clear}"]`) }
}

test('what has ended can be cleared, once nothing is under way', () => {
  const { uploads, clear } = showPanel({ state: 'ready' }, { state: 'failed', trouble: 'network' })
  clear()?.click()
  expect(uploads.shown().map(({ key }) => key)).toEqual([1])
  expect(clear()).toBeNull()
  expect(showPanel({ state: 'ready' }, { state: 'sending' }).clear()).toBeNull()
})

test('a file that cannot be read has ended', () => {
  const { uploads, clear } = showPanel({ state: 'failed', trouble: 'unreadable' })
  clear()?.click()
  expect(uploads.shown()).toEqual([])
})
