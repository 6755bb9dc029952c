// What this browser has begun to send in parts, kept over reloads: when the same file is chosen again, its upload goes on.
// Only a shortcut: an entry may be gone or wrong at any time. Whether its reservation still lives is the API's to say (a
// device's clock may be put right between two visits), and S3 is asked for what has really arrived. Sums of parts are not
// kept: each part is summed again and compared with S3's, or a file that was changed unnoticed would end as half of each.
import type { MediaId } from '../feed/feed-item.ts'
import { nameDestination, type Destination } from './destination.ts'

export type UploadJournal = {
  /** Uploads of this file to this place that had not ended when they were last heard of. */
  readonly find: (file: File, destination: Destination) => Promise<readonly MediaId[]>
  readonly write: (mediaId: MediaId, file: File, destination: Destination) => Promise<void>
  readonly remove: (mediaId: MediaId) => Promise<void>
}

type Entry = { readonly mediaId: MediaId; readonly fingerprint: string }

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'mediaId' in value && typeof value.mediaId === 'string'

const storeName = 'uploads'

/**
 * The same file for the same place, as far as a browser can tell without reading it. Its parts are compared by content
 * later.
 */
export const fingerprintOf = (file: File, destination: Destination): string =>
  `${nameDestination(destination)}/${file.size}/${file.lastModified}/${file.name}`

const settle = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('shoebox', 1)
  request.addEventListener('upgradeneeded', () => {
    const store = request.result.createObjectStore(storeName, { keyPath: 'mediaId' })
    store.createIndex('fingerprint', 'fingerprint')
  })
  return settle(request)
}

/**
 * In IndexedDB. Where there is none, or no room, nothing is remembered and every file begins anew; so too where there is
 * no answer, which some browsers never give when they cannot open a database. No file waits longer than `patienceMs`.
 */
export function createUploadJournal(patienceMs = 3000): UploadJournal {
  let opening: Promise<IDBDatabase> | null = null

  const ask = async <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) => {
    opening ??= openDatabase()
    const database = await opening
    return settle(act(database.transaction(storeName, mode).objectStore(storeName)))
  }
  const use = async <T>(mode: IDBTransactionMode, fallback: T, act: (store: IDBObjectStore) => IDBRequest<T>) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const giveUp = new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(fallback), patienceMs)
    })
    try {
      return await Promise.race([ask(mode, act), giveUp])
    } catch {
      // A connection that the browser has closed (somebody cleared the site's data) is opened again.
      opening = null
      return fallback
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    remove: (mediaId) => use('readwrite', undefined, (store) => store.delete(mediaId)),
    async find(file, destination) {
      const fingerprint = fingerprintOf(file, destination)
      const found = await use<unknown[]>('readonly', [], (store) => store.index('fingerprint').getAll(fingerprint))
      return found.filter(isEntry).map((entry) => entry.mediaId)
    },
    async write(mediaId, file, destination) {
      const entry: Entry = { mediaId, fingerprint: fingerprintOf(file, destination) }
      await use<IDBValidKey>('readwrite', '', (store) => store.put(entry))
    },
  }
}
