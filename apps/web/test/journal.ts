// What IndexedDB and Web Locks give every tab of a browser, in memory.
import type { MediaId } from '../src/feed/feed-item.ts'
import { fingerprintOf, type UploadJournal } from '../src/upload/upload-journal.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'

export function createJournal(): UploadJournal & { readonly entries: ReadonlyMap<MediaId, string> } {
  const entries = new Map<MediaId, string>()
  return {
    entries,
    find: (file, destination) => {
      const found = [...entries].filter(([, fingerprint]) => fingerprint === fingerprintOf(file, destination))
      return Promise.resolve(found.map(([mediaId]) => mediaId))
    },
    write: (mediaId, file, destination) => Promise.resolve(void entries.set(mediaId, fingerprintOf(file, destination))),
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
