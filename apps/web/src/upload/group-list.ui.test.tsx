import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import { photo } from '../../test/upload-world.ts'
import { uploadWords } from '../words/upload-words.ts'
import { GroupList } from './group-list.tsx'
import type { UploadItem } from './upload-item.ts'

const showMany = (count: number, changes: Partial<UploadItem> = {}) => {
  const shoebox = makeShoebox()
  const items = Array.from({ length: count }, (_, key) => makeUpload({ key, file: photo(`${key}.jpg`, 1), ...changes }))
  shoebox.uploads.onAdded(items)
  return show(() => <GroupList level="h3" />, shoebox)
}

test('5,000 files are one line and a few rows, and all of them only the rows on screen', () => {
  const page = showMany(5000)
  expect(page.querySelectorAll('li').length).toBe(4)
  const more = need<HTMLButtonElement>(page, 'button[aria-expanded]')
  expect(more.textContent).toBe(uploadWords.showAll(5000))
  more.click()
  expect(page.querySelectorAll('li').length).toBeLessThan(40)
  expect(need(page, 'ul').style.height).toBe(`${5000 * 64}px`)
  expect(need(page, 'li').getAttribute('aria-setsize')).toBe('5000')
  more.click()
  expect(page.querySelectorAll('li').length).toBe(4)
})

test('a few files are all shown, with nothing to unfold', () => {
  const page = showMany(3)
  expect(page.querySelectorAll('li').length).toBe(3)
  expect(page.querySelector('button[aria-expanded]')).toBeNull()
})

test('in a row that nobody sees any more the focus goes from one button to the other', async () => {
  const page = showMany(100, { state: 'failed', trouble: 'network' })
  need<HTMLButtonElement>(page, 'button[aria-expanded]').click()
  const [retry, cancel] = need(page, 'li').querySelectorAll('button')
  retry?.focus()
  // Nothing has a height here.
  need(page, 'ul').getBoundingClientRect = () => new DOMRect(0, -50 * 64)
  window.dispatchEvent(new Event('scroll'))
  await pollUntil(() => page.querySelector('[aria-posinset="51"]') !== null, { what: 'rows below' })
  expect(page.querySelector('[aria-posinset="2"]')).toBeNull()
  cancel?.focus()
  expect([document.activeElement, cancel?.isConnected]).toEqual([cancel, true])
})
