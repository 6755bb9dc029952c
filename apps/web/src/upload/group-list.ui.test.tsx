import { expect, test } from 'vitest'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import { photo } from '../../test/upload-world.ts'
import { uploadWords } from '../words/upload-words.ts'
import { GroupList } from './group-list.tsx'

const showMany = (count: number) => {
  const shoebox = makeShoebox()
  shoebox.uploads.onAdded(Array.from({ length: count }, (_, key) => makeUpload({ key, file: photo(`${key}.jpg`, 1) })))
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
