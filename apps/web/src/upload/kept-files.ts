// The bytes of small files that wait for a network, kept in IndexedDB: a browser forgets the files that were picked with
// the page they were picked in. Written by the page (keep-waiting.ts); sent by the service worker once the page is gone,
// or by the next page that opens. Whoever sends a file owns it: an owner lives as long as it holds the Web Lock of its
// name, and only what belongs to nobody alive is taken over, so that no file is ever sent by two.
import type { Id } from '@shoebox/shared/ids.ts'
import { putBytesMax } from '@shoebox/shared/upload/policy.ts'
import { useStore, type StoreHome } from '../api/indexed-db.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { Language } from '../words/language-names.ts'
import type { Destination } from './destination.ts'

export type KeptFile = {
  readonly id: number
  readonly owner: string
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

const home: StoreHome = {
  database: 'shoebox-kept',
  store: 'files',
  make: (made, store) => made.createObjectStore(store, { keyPath: 'id', autoIncrement: true }),
}
const mutexName = 'shoebox.kept'

/** Of all that is kept. A phone must not be filled by what it cannot send. Bytes. */
const keptBytesMax = 256 * 2 ** 20
const keptFilesMax = 500

/** How large a file may be to be kept: one that goes in a single PUT. */
export const isKeepable = (file: File): boolean => file.size > 0 && file.size <= putBytesMax

/** The name of the lock that says an owner is there. */
export const lockOf = (owner: string): string => `shoebox.keeper.${owner}`

/** Held by the service worker while it sends, besides its owner's: a page that opens waits for that. */
export const workerLock = 'shoebox.worker'

/**
 * Whether someone who is there may take a file over. What they have themselves is never free: each page, and each
 * wake-up of the worker, is an owner of its own.
 */
export const isFree = (kept: KeptFile, userId: Id<'user'>, isAlive: (owner: string) => boolean): boolean =>
  kept.userId === userId && !isAlive(kept.owner)

const use = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  useStore(home, mode, act)

/** Everything, whoever's it is. */
export const listKept = (): Promise<KeptFile[]> => use('readonly', (store) => store.getAll() as IDBRequest<KeptFile[]>)
export const dropKept = (id: number): Promise<undefined> => use('readwrite', (store) => store.delete(id))

export const forgetKept = (): Promise<undefined> => use('readwrite', (store) => store.clear())

/** One tab, or the worker, at a time decides whose a file is. */
const alone = <T>(act: () => Promise<T>): Promise<T> => navigator.locks.request(mutexName, act)

/** Its number; null when there is no room. Rejects where this file cannot be read. */
export function keepFile(wish: Omit<KeptFile, 'id'>): Promise<number | null> {
  return alone(async () => {
    const kept = await listKept()
    const bytes = kept.reduce((sum, { file }) => sum + file.size, wish.file.size)
    if (kept.length >= keptFilesMax || bytes > keptBytesMax) return null
    try {
      return Number(await use('readwrite', (store) => store.add(wish)))
    } catch (error) {
      // The browser has less room for this site than we would take.
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return null
      throw error
    }
  })
}

/** In one transaction: what was dropped meanwhile does not come back. */
const change = (id: number, changes: Partial<KeptFile>) =>
  use('readwrite', (store) => {
    const reading = store.get(id) as IDBRequest<KeptFile | undefined>
    reading.addEventListener('success', () => {
      if (reading.result !== undefined) store.put({ ...reading.result, ...changes })
    })
    return reading
  })

/** Its reservation is known now. */
export const noteReservation = (id: number, mediaId: MediaId | null): Promise<unknown> => change(id, { mediaId })

/** Takes what this person left and nobody alive owns; whoever calls holds the lock of `owner`. */
export function takeKept(owner: string, userId: Id<'user'>): Promise<KeptFile[]> {
  return alone(async () => {
    const { held = [] } = await navigator.locks.query()
    const names = new Set(held.map(({ name }) => name))
    const free = (await listKept()).filter((kept) => isFree(kept, userId, (other) => names.has(lockOf(other))))
    for (const { id } of free) await change(id, { owner })
    return free
  })
}

/** The numbers of what an owner has. */
export const listOwn = async (owner: string): Promise<number[]> =>
  (await listKept()).flatMap((kept) => (kept.owner === owner ? [kept.id] : []))

/** How many there are, whoever's they are. */
export const countKept = (): Promise<number> => use('readonly', (store) => store.count())

/** What others than this person left on this computer is none of theirs. */
export const dropOthers = (userId: Id<'user'>): Promise<void> =>
  alone(async () => {
    for (const kept of await listKept()) if (kept.userId !== userId) await dropKept(kept.id)
  })
