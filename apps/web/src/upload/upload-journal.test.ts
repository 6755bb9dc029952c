import { afterEach, expect, test, vi } from 'vitest'
import type { MediaId } from '../feed/feed-item.ts'
import { publicFeed } from './destination.ts'
import { createUploadJournal } from './upload-journal.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['never answers', () => new EventTarget()],
  [
    'refuses',
    () => {
      throw new DOMException('not in this window', 'SecurityError')
    },
  ],
])('where the database %s, nothing is remembered and no file waits for it', async (_, open) => {
  vi.stubGlobal('indexedDB', { open })
  const journal = createUploadJournal({ page: 'page', hold: () => undefined }, 1)
  const film = new File(['film'], 'film.mp4')
  await journal.begin({
    mediaId: 'med_01990000-0000-7000-8000-000000000001' as MediaId,
    file: film,
    destination: publicFeed,
  })
  expect(await journal.find(film, publicFeed)).toEqual([])
})
