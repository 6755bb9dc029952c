import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, show } from '../../test/render.tsx'
import { toasts } from '../ui/toasts.tsx'
import { words } from '../words/words.ts'
import { DropZone } from './drop-zone.tsx'
import { UploadCorner } from './upload-corner.tsx'
import { applyEvent } from './apply-event.ts'

function showZone() {
  const shoebox = makeShoebox()
  const added: string[][] = []
  const uploads = {
    ...shoebox.uploads,
    add: (files: readonly File[]) => Promise.resolve(added.push(files.map(({ name }) => name)) > 0),
  }
  const page = show(
    () => (
      <>
        <DropZone />
        <UploadCorner />
      </>
    ),
    { ...shoebox, uploads },
  )
  return { page, added }
}

type Done = (entries: readonly object[]) => void

function dropFolder(readEntries: (done: Done) => void): Event {
  const folder = { isFile: false, isDirectory: true, name: 'Lake', createReader: () => ({ readEntries }) }
  const items = [{ kind: 'file', webkitGetAsEntry: () => folder }]
  const event = new Event('drop', { cancelable: true })
  document.dispatchEvent(Object.assign(event, { dataTransfer: { types: ['Files'], items, files: [] } }))
  return event
}

test('a dropped folder is said to be prepared until it was walked through, held fast, and added as one choice', async () => {
  const { page, added } = showZone()
  const lots: Done[] = []
  expect(dropFolder((done) => void lots.push(done)).defaultPrevented).toBe(true)
  expect(page.textContent).toContain(words.upload.preparing)

  const fileNamed = (name: string) => {
    const file = (done: (file: File) => void) => done(new File(['x'], name))
    return { isFile: true, isDirectory: false, name, file }
  }
  for (const lot of [[fileNamed('a.jpg')], [fileNamed('b.jpg')], []]) {
    await pollUntil(() => lots.length > 0, { what: 'the folder to be read' })
    expect(page.textContent).toContain(words.upload.preparing)
    expect(isLeavingAsked()).toBe(true)
    lots.shift()?.(lot)
  }
  await pollUntil(() => !page.textContent.includes(words.upload.preparing), { what: 'the end' })
  expect(added).toEqual([['a.jpg', 'b.jpg']])
  expect(isLeavingAsked()).toBe(false)
})

test('a dropped folder that is empty is said to be', async () => {
  const { added } = showZone()
  dropFolder((done) => done([]))
  await pollUntil(() => toasts().length > 0, { what: 'a word about it' })
  expect(toasts().map(({ text }) => text)).toEqual([words.upload.emptyFolder])
  expect(added).toEqual([])
})

/** Whether the browser would ask before it leaves the page. */
const isLeavingAsked = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

test('leaving is asked about while a file is on its way or will be tried again, and not once it has arrived', () => {
  const shoebox = makeShoebox()
  show(() => <DropZone />, shoebox)
  const sending = makeUpload({ state: 'sending' })
  const broken = applyEvent(sending, { type: 'fail', trouble: 'network' })
  const { uploads } = shoebox
  uploads.onAdded([sending])
  expect(isLeavingAsked()).toBe(true)
  uploads.onChanged(broken, sending)
  expect(isLeavingAsked()).toBe(true)
  uploads.onChanged(applyEvent(sending, { type: 'receive' }), broken)
  expect(isLeavingAsked()).toBe(false)
})
