import { afterEach, expect, test, vi } from 'vitest'
import { createJournal } from '../../test/journal.ts'
import { film, journalRules } from '../../test/journal-rules.ts'
import { createUploadJournal } from './upload-journal.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

// The real one: e2e/browser-stores.e2e.ts.
test.each(journalRules)('in memory: $name', async ({ act, expected }) => {
  const { entries } = createJournal()
  expect(await act((page) => createJournal(page, entries))).toEqual(expected)
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
  await journal.begin(film)
  expect(await journal.find(film.file, film.destination)).toEqual([])
})
