import { expect, test } from 'vitest'
import { makeGalleryItem } from '../../test/make-gallery.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { toasts } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { createSetAsideDeed } from './set-aside-deed.ts'

const items = Array.from({ length: 1200 }, (_, n) => makeGalleryItem(n + 1))
const send = (mediaIds: MediaId[]) => Promise.resolve({ done: mediaIds, refused: [] })

test('what is put back in pieces tells how far it is, and once stopped says what is left and asks for the list', async () => {
  let renewals = 0
  const deed = createSetAsideDeed(() => (renewals += 1))
  const told: unknown[] = []
  const stopping = (mediaIds: MediaId[]) => {
    const progress = deed.progress()
    told.push(progress?.count)
    if (progress?.count === 500) progress.stop()
    return send(mediaIds)
  }
  await deed.run(items, stopping, groupWords.restored)
  expect(told).toEqual([0, 500])
  expect([deed.progress(), renewals]).toEqual([null, 1])
  expect(toasts().at(-1)?.text).toBe(galleryWords.leftOver(200, ''))
  await deed.run(items.slice(0, 3), send, groupWords.restored)
  expect(toasts().at(-1)?.text).toBe(groupWords.restored(3))
})
