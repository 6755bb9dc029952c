// The bytes of files that wait for a network, kept in IndexedDB: a browser forgets the files that were picked with
// the page they were picked in. Written by the page (keep-waiting.ts); sent by the service worker once the page is gone,
// or by the next page that opens. Whoever sends a file holds its Web Lock, which the browser frees however they end, so that
// no file is ever sent by two.
import type { Id } from '@shoebox/shared/ids.ts'
import { putBytesMax } from '@shoebox/shared/upload/policy.ts'
import { useStore, type StoreHome } from '../api/indexed-db.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { Language } from '../words/language-names.ts'
import type { Destination } from './destination.ts'
import { Shot } from './shot.ts'

export type KeptFile = {
  readonly id: number
  readonly userId: Id<'user'>
  readonly file: File
  readonly destination: Destination
  /** Its reservation, where there is one. */
  readonly mediaId: MediaId | null
  /** Wanted although the same is there. */
  readonly allowDuplicate?: boolean
  /** In which its person is told of it. */
  readonly language: Language
}

/** Under which the browser wakes the service worker. */
export const syncTag = 'send-waiting'

/** What became known of a file's reservation since it was kept stands apart: noting it does not write the file again. */
const notes = 'reservations'
type Note = Pick<KeptFile, 'id' | 'mediaId'>
const notesBeside = (store: IDBObjectStore): IDBObjectStore => store.transaction.objectStore(notes)

const home: StoreHome = {
  database: 'shoebox-kept',
  store: 'files',
  version: 2,
  make(made, store) {
    // The first version had the files alone.
    if (!made.objectStoreNames.contains(store)) made.createObjectStore(store, { keyPath: 'id', autoIncrement: true })
    made.createObjectStore(notes, { keyPath: 'id' })
  },
}
const mutexName = 'shoebox.kept'

/** Of all that is kept. A phone must not be filled by what it cannot send. Bytes. */
const keptBytesMax = 256 * 2 ** 20
const keptFilesMax = 500

/** What goes in a single PUT, and what cannot be chosen again to go on in its parts. */
export const isKeepable = (file: File): boolean => file.size > 0 && (file.size <= putBytesMax || file instanceof Shot)

/** Held by the service worker while it sends, besides those of its files: a page that opens waits for that. */
export const workerLock = 'shoebox.worker'

const use = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => { readonly result: T }): Promise<T> =>
  useStore(home, mode, act)

/** Everything, whoever's it is. */
export const listKept = (): Promise<KeptFile[]> =>
  use('readonly', (store) => {
    const files = store.getAll() as IDBRequest<KeptFile[]>
    const noted = notesBeside(store).getAll() as IDBRequest<Note[]>
    return {
      get result() {
        const byId = new Map(noted.result.map((note) => [note.id, note]))
        return files.result.map((file) => ({ ...file, ...byId.get(file.id) }))
      },
    }
  })

/** The numbers of everything. */
export const listIds = (): Promise<number[]> => use('readonly', (store) => store.getAllKeys() as IDBRequest<number[]>)

export async function dropKept(id: number): Promise<void> {
  await use('readwrite', (store) => {
    notesBeside(store).delete(id)
    return store.delete(id)
  })
  letGoOf(id)
}

export const forgetKept = (): Promise<undefined> =>
  use('readwrite', (store) => {
    notesBeside(store).clear()
    return store.clear()
  })

/** What ends each lock that is held here. */
const owned = new Map<number, () => void>()

/** False where somebody has the file already, be it whoever asks. */
const own = (id: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise<void>((end) => owned.set(id, end))
    }
    navigator.locks.request(`${mutexName}.${id}`, { ifAvailable: true }, hold).catch(reject)
  })

function letGoOf(id: number): void {
  owned.get(id)?.()
  owned.delete(id)
}

/** Whatever is still kept is free for others. */
export const letGo = (): void => owned.forEach((_, id) => letGoOf(id))

/** One tab, or the worker, at a time decides whose a file is. */
const alone = <T>(act: () => Promise<T>): Promise<T> => navigator.locks.request(mutexName, act)

/** Its number; null when there is no room. Rejects where this file cannot be read. */
export function keepFile(wish: Omit<KeptFile, 'id'>): Promise<number | null> {
  return alone(async () => {
    const kept = await listKept()
    const bytes = kept.reduce((sum, { file }) => sum + file.size, wish.file.size)
    if (kept.length >= keptFilesMax || bytes > keptBytesMax) return null
    try {
      const id = Number(await use('readwrite', (store) => store.add(wish)))
      await own(id)
      return id
    } catch (error) {
      // The browser has less room for this site than we would take.
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return null
      throw error
    }
  })
}

/**
 * Its reservation is known now. In one transaction: of what was dropped meanwhile nothing is noted. Where this finds no
 * room, the API knows the reservation by the file's content.
 */
export const noteReservation = (id: number, mediaId: MediaId | null): Promise<unknown> =>
  use('readwrite', (store) => {
    const reading = store.getKey(id)
    reading.addEventListener('success', () => {
      if (reading.result !== undefined) notesBeside(store).put({ id, mediaId } satisfies Note)
    })
    return reading
  }).catch(() => undefined)

/** Takes what this person left and nobody has, without writing anything: a device may be full. */
export const takeKept = (userId: Id<'user'>): Promise<KeptFile[]> =>
  alone(async () => {
    const free = new Set<number>()
    for (const kept of await listKept()) if (kept.userId === userId && (await own(kept.id))) free.add(kept.id)
    // Read once more: who had it may have sent it meanwhile.
    return (await listKept()).filter(({ id }) => free.has(id))
  })

/** How many there are, whoever's they are. */
export const countKept = (): Promise<number> => use('readonly', (store) => store.count())

/** What others than this person left on this computer is none of theirs. */
export const dropOthers = (userId: Id<'user'>): Promise<void> =>
  alone(async () => {
    for (const kept of await listKept()) if (kept.userId !== userId) await dropKept(kept.id)
  })
