import { createRoot, createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { makeShoebox, show } from '../../test/render.tsx'
import { photo } from '../../test/upload-world.ts'
import { publicFeed } from '../upload/destination.ts'
import type { ItemState } from '../upload/upload-item.ts'
import { createUploadStore } from '../upload/upload-store.ts'
import { cameraWords as words } from '../words/camera-words.ts'
import { ShotProgress } from './shot-progress.tsx'

test('only what was taken in this visit to the camera counts', async () => {
  const store = createRoot(() => createUploadStore())
  const shoebox = makeShoebox()
  const [shots, setShots] = createSignal<readonly File[]>([])
  const page = show(() => <ShotProgress shots={shots()} place={publicFeed} />, {
    ...shoebox,
    uploads: { ...shoebox.uploads, ...store },
  })
  const add = (key: number, state: ItemState, file = photo(`${key}.jpg`)) => {
    store.onAdded([makeUpload({ key, state, file })])
    return file
  }
  const change = (key: number, file: File, state: ItemState) =>
    store.onChanged(makeUpload({ key, file, state }), makeUpload({ key, file, state: 'waiting' }))
  const reads = (text: string) => pollUntil(() => page.textContent === text, { what: `“${text}”` })

  add(0, 'refused')
  add(1, 'waiting')
  const first = photo('first.jpg')
  setShots([first])
  // The queue may be on its way still: nothing is said before it has the shot.
  expect(page.textContent).toBe('')
  add(2, 'waiting', first)
  await reads(words.onTheWay(1))
  change(2, first, 'ready')
  await reads(words.arrived)
  const second = add(3, 'waiting')
  setShots([first, second])
  change(3, second, 'failed')
  await reads(words.trouble)
})
