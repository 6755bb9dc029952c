// What IndexedDB and Web Locks give every tab of a browser, in memory.
import type { MediaId } from '../src/feed/feed-item.ts'
import { fingerprintOf, type JournalEntry, type UploadJournal } from '../src/upload/upload-journal.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'

export function createJournal(): UploadJournal & { readonly entries: ReadonlyMap<MediaId, JournalEntry> } {
  const entries = new Map<MediaId, JournalEntry>()
  return {
    entries,
    find: (file, destination) => {
      const wanted = fingerprintOf(file, destination)
      return Promise.resolve([...entries.values()].filter(({ fingerprint }) => fingerprint === wanted))
    },
    list: () => Promise.resolve([...entries.values()]),
    write: (entry) => Promise.resolve(void entries.set(entry.mediaId, entry)),
    change: (mediaId, change) => {
      const entry = entries.get(mediaId)
      return Promise.resolve(entry && void entries.set(mediaId, { ...entry, ...change }))
    },
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
