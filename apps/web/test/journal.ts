// What IndexedDB and Web Locks give every tab of a browser, in memory.
import type { MediaId } from '../src/feed/feed-item.ts'
import { entryOf, fingerprintOf, type JournalEntry, type UploadJournal } from '../src/upload/upload-journal.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'

export function createJournal(page = 'page'): UploadJournal & { readonly entries: ReadonlyMap<MediaId, JournalEntry> } {
  const entries = new Map<MediaId, JournalEntry>()
  const replace = (entry: JournalEntry) =>
    Promise.resolve(entries.has(entry.mediaId) && entries.set(entry.mediaId, entry))
  return {
    entries,
    find: (file, destination) => {
      const wanted = fingerprintOf(file, destination)
      return Promise.resolve([...entries.values()].filter(({ fingerprint }) => fingerprint === wanted))
    },
    list: () => Promise.resolve([...entries.values()]),
    begin: (upload) => Promise.resolve(entries.set(upload.mediaId, entryOf(page, upload, []))),
    note: (upload, parts) => replace(entryOf(page, upload, parts)),
    markTold: (entry) => replace({ ...entry, isTold: true }),
    remove: (mediaId) => Promise.resolve(void entries.delete(mediaId)),
  }
}

export function createTurns(): UploadQueueDeps['takeTurn'] {
  const last = new Map<MediaId, Promise<unknown>>()
  return (mediaId, _signal, run, onWait) => {
    if (last.has(mediaId)) onWait()
    const turn = (last.get(mediaId) ?? Promise.resolve()).then(run)
    last.set(
      mediaId,
      turn.catch(() => undefined),
    )
    return turn
  }
}
