// What IndexedDB and Web Locks give every tab of a browser, in memory.
import type { MediaId } from '../src/feed/feed-item.ts'
import {
  entryOf,
  fingerprintOf,
  markEntry,
  type JournalEntry,
  type UploadJournal,
} from '../src/upload/upload-journal.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'

/** `entries`: the browser's, which several pages may share. */
export function createJournal(page = 'page', entries = new Map<MediaId, JournalEntry>()) {
  const update = (mediaId: MediaId, change: (stored: JournalEntry) => JournalEntry | null): Promise<boolean> => {
    const stored = entries.get(mediaId)
    const changed = stored === undefined ? null : change(stored)
    if (changed !== null) entries.set(mediaId, changed)
    return Promise.resolve(changed !== null)
  }
  const journal: UploadJournal = {
    find: (file, destination) => {
      const wanted = fingerprintOf(file, destination)
      return Promise.resolve([...entries.values()].filter(({ fingerprint }) => fingerprint === wanted))
    },
    list: () => Promise.resolve([...entries.values()]),
    begin: (upload) => Promise.resolve(entries.set(upload.mediaId, entryOf(page, upload, []))),
    async claim(mediaId) {
      const parts = entries.get(mediaId)?.parts ?? []
      await update(mediaId, (stored) => ({ ...stored, page, isTold: false }))
      return parts
    },
    note: (upload, parts) => update(upload.mediaId, () => entryOf(page, upload, parts)),
    markTold: (entry) => update(entry.mediaId, (stored) => markEntry(stored, entry)),
    abandon: () =>
      Promise.all(
        [...entries.keys()].map((each) =>
          update(each, (stored) => (stored.page === page ? { ...stored, page: '' } : null)),
        ),
      ),
    remove: (mediaId) => Promise.resolve(void entries.delete(mediaId)),
  }
  return { ...journal, entries }
}

export function createTurns(): Pick<UploadQueueDeps, 'takeTurn' | 'alone'> {
  const last = new Map<string, Promise<unknown>>()
  const takeTurn = <T>(what: string, _signal: unknown, run: () => Promise<T>, onWait: () => void): Promise<T> => {
    if (last.has(what)) onWait()
    const turn = (last.get(what) ?? Promise.resolve()).then(run)
    last.set(
      what,
      turn.catch(() => undefined),
    )
    return turn
  }
  return { takeTurn, alone: (run) => takeTurn('new', null, run, () => undefined) }
}
