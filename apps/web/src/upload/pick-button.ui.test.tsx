import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import type { MediaId } from '../feed/feed-item.ts'
import { toasts } from '../ui/toasts.tsx'
import { words } from '../words/words.ts'
import { PickButton } from './pick-button.tsx'
import { UploadCorner } from './upload-corner.tsx'

function showPicker(folder?: boolean) {
  const shoebox = makeShoebox()
  const added: string[][] = []
  const uploads = {
    ...shoebox.uploads,
    add: (files: readonly File[]) => Promise.resolve(added.push(files.map(({ name }) => name)) > 0),
  }
  const page = show(
    () => (
      <>
        <PickButton class="" {...(folder === undefined ? {} : { folder })}>
          Add
        </PickButton>
        <UploadCorner />
      </>
    ),
    { ...shoebox, uploads },
  )
  const input = need<HTMLInputElement>(page, 'input')
  const choose = (...paths: string[]) => {
    const files = paths.map((path) => {
      const file = new File(['x'], path.split('/').at(-1) ?? '')
      return Object.defineProperty(file, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
    })
    Object.defineProperty(input, 'files', { value: files, configurable: true })
    input.dispatchEvent(new Event('change'))
  }
  return { page, input, choose, added, press: () => need(page, 'button').click() }
}

test('a folder is picked whole, without what systems leave in it', () => {
  const { input, choose, added } = showPicker(true)
  expect(input.webkitdirectory).toBe(true)
  choose('.Lake/a.jpg', '.Lake/.DS_Store', '.Lake/in/Thumbs.db', '.Lake/in/b.jpg', '.Lake/.thumbnails/a.jpg')
  expect(added).toEqual([['a.jpg', 'b.jpg']])
})

test('a folder with nothing but what systems leave in it is said to hold nothing', () => {
  const { choose, added } = showPicker(true)
  choose('Lake/.DS_Store', 'Lake/Thumbs.db')
  expect(toasts().map(({ text }) => text)).toEqual([words.upload.emptyFolder])
  expect(added).toEqual([])
})

test('files that are picked one by one are all meant, whatever they are called', () => {
  const { input, choose, added } = showPicker()
  expect(input.webkitdirectory).toBe(false)
  choose('a.jpg', '.hidden.jpg')
  expect(added).toEqual([['a.jpg', '.hidden.jpg']])
})

test('a picker that has closed and is still fetching says so, until the files are there', async () => {
  const { page, choose, press, added } = showPicker()
  const saysSo = () => page.textContent.includes(words.upload.preparing)
  press()
  expect(saysSo()).toBe(false)
  dispatchEvent(new Event('focus'))
  await pollUntil(saysSo, { what: 'the picker to be told of' })
  choose('a.jpg')
  expect(saysSo()).toBe(false)
  expect(added).toEqual([['a.jpg']])
})

test('a picker that is left with nothing chosen is not waited for', async () => {
  const { page, input, press } = showPicker()
  press()
  dispatchEvent(new Event('focus'))
  await pollUntil(() => page.textContent.includes(words.upload.preparing), { what: 'the picker to be told of' })
  input.dispatchEvent(new Event('cancel'))
  expect(page.textContent).not.toContain(words.upload.preparing)
})

test('an unfinished upload goes on with one file of its size, and with nothing else', () => {
  const shoebox = makeShoebox()
  const named: (MediaId | undefined)[] = []
  const uploads: typeof shoebox.uploads = {
    ...shoebox.uploads,
    add: (_files, _place, goOnWith) => Promise.resolve(named.push(goOnWith) > 0),
  }
  const mediaId = 'med_01990000-0000-7000-8000-000000000001' as MediaId
  const page = show(
    () => (
      <PickButton class="" goOnWith={{ mediaId, bytes: 2 }}>
        Choose
      </PickButton>
    ),
    { ...shoebox, uploads },
  )
  const input = need<HTMLInputElement>(page, 'input')
  for (const contents of [['xy'], ['xyz'], ['xy', 'xy']]) {
    Object.defineProperty(input, 'files', {
      value: contents.map((each) => new File([each], 'a.mp4')),
      configurable: true,
    })
    input.dispatchEvent(new Event('change'))
  }
  expect(named).toEqual([mediaId, undefined, undefined])
})
