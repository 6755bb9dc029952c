// What this browser has begun to send in parts, kept over reloads: when the same file is chosen again, its upload goes on,
// and until then people can be told how much of it is there. Only a shortcut: an entry may be gone or wrong at any time.
// Whether its reservation still lives is the API's to say (a device's clock may be put right between two visits), and S3
// is asked for what has really arrived. The sums that are kept say what S3 was given, never what the file is: each part is
// summed again and compared, or a file that was changed unnoticed would end as half of each.
import { findPart } from '@shoebox/shared/upload/plan-parts.ts'
import { useStore, type StoreHome } from '../api/indexed-db.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { nameDestination, type Destination } from './destination.ts'
import type { PageLock } from './page-lock.ts'
import type { PartSum } from './send-part.ts'

export type JournalEntry = {
  readonly mediaId: MediaId
  readonly fingerprint: string
  readonly fileName: string
  readonly fileBytes: number
  /** The parts that S3 has taken. */
  readonly parts: readonly PartSum[]
  /** The page that has the file: while it lives, no other need take care of it. */
  readonly page: string
  /** Its person was told that it waits to be taken up, and it has not moved since. */
  readonly isTold: boolean
}

export type BegunUpload = { readonly mediaId: MediaId; readonly file: File; readonly destination: Destination }

export type UploadJournal = {
  /** Uploads of this file to this place that had not ended when they were last heard of. */
  readonly find: (file: File, destination: Destination) => Promise<readonly JournalEntry[]>
  readonly list: () => Promise<readonly JournalEntry[]>
  readonly begin: (upload: BegunUpload) => Promise<unknown>
  /** This page goes on with it; whether its file is the one these parts were of is not known yet. */
  readonly claim: (mediaId: MediaId) => Promise<readonly PartSum[]>
  /** This page has it, and these are the parts that have arrived. Nothing where it was removed. */
  readonly note: (upload: BegunUpload, parts: readonly PartSum[]) => Promise<unknown>
  /** False where it is not as it was read any more: somebody has chosen the file again, or was told by another tab. */
  readonly markTold: (entry: JournalEntry) => Promise<boolean>
  /** The person of this page is another: what it has begun is nobody's who lives. */
  readonly abandon: () => Promise<unknown>
  readonly remove: (mediaId: MediaId) => Promise<unknown>
}

export const entryOf = (
  page: string,
  { mediaId, file, destination }: BegunUpload,
  parts: readonly PartSum[],
): JournalEntry => ({
  mediaId,
  fingerprint: fingerprintOf(file, destination),
  fileName: file.name,
  fileBytes: file.size,
  parts,
  page,
  isTold: false,
})

/** How much of its file S3 has. */
export const arrivedBytesOf = ({ fileBytes, parts }: Pick<JournalEntry, 'fileBytes' | 'parts'>): number =>
  parts.reduce((sum, { partNumber }) => {
    const part = findPart(fileBytes, partNumber)
    return part === null ? sum : sum + part.end - part.start
  }, 0)

/** As it is told of; null where it is not as it was read any more. */
export const markEntry = (stored: JournalEntry, read: JournalEntry): JournalEntry | null =>
  JSON.stringify(stored) === JSON.stringify(read) ? { ...read, isTold: true } : null

/**
 * The same file for the same place, as far as a browser can tell without reading it. Its parts are compared by content
 * later. Not its date: phones hand out a copy that was made when it was chosen.
 */
export const fingerprintOf = (file: File, destination: Destination): string =>
  `${nameDestination(destination)}/${file.size}/${file.name}`

const home: StoreHome = {
  database: 'shoebox-uploads',
  store: 'uploads',
  make: (made, store) =>
    made.createObjectStore(store, { keyPath: 'mediaId' }).createIndex('fingerprint', 'fingerprint'),
}

/**
 * In IndexedDB. Where there is none, or no room, nothing is remembered and every file begins anew; so too where there is
 * no answer, which some browsers never give when they cannot open a database. No file waits longer than `patienceMs`.
 */
export function createUploadJournal({ page, hold }: PageLock, patienceMs = 3000): UploadJournal {
  const use = async <T>(
    mode: IDBTransactionMode,
    fallback: T,
    act: (store: IDBObjectStore) => { readonly result: T },
  ): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const giveUp = new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(fallback), patienceMs)
    })
    try {
      return await Promise.race([useStore(home, mode, act), giveUp])
    } catch {
      return fallback
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * In one transaction: an entry that was removed does not come back. `change` answers null where nothing changes; true
   * where something has.
   */
  const update = (query: MediaId | null, change: (stored: JournalEntry) => JournalEntry | null) =>
    use('readwrite', false, (store) => {
      const changes = { result: false }
      const reading = store.getAll(query) as IDBRequest<JournalEntry[]>
      reading.addEventListener('success', () => {
        for (const stored of reading.result) {
          const changed = change(stored)
          if (changed === null) continue
          store.put(changed)
          changes.result = true
        }
      })
      return changes
    })

  return {
    find(file, destination) {
      const fingerprint = fingerprintOf(file, destination)
      const find = (store: IDBObjectStore) =>
        store.index('fingerprint').getAll(fingerprint) as IDBRequest<JournalEntry[]>
      return use('readonly', [], find)
    },
    list: () => use('readonly', [], (store) => store.getAll() as IDBRequest<JournalEntry[]>),
    begin(upload) {
      hold()
      return use<IDBValidKey>('readwrite', '', (store) => store.put(entryOf(page, upload, [])))
    },
    async claim(mediaId) {
      hold()
      let parts: readonly PartSum[] = []
      await update(mediaId, (stored) => {
        parts = stored.parts
        return { ...stored, page, isTold: false }
      })
      return parts
    },
    note(upload, parts) {
      hold()
      return update(upload.mediaId, () => entryOf(page, upload, parts))
    },
    markTold: (entry) => update(entry.mediaId, (stored) => markEntry(stored, entry)),
    abandon: () => update(null, (stored) => (stored.page === page ? { ...stored, page: '' } : null)),
    remove: (mediaId) => use('readwrite', undefined, (store) => store.delete(mediaId)),
  }
}
