// The parts of downloads, kept over reloads: what is saved already is not saved again. The page and the service worker
// share it. In IndexedDB, whose records are small: names and ids, no bytes of files.
import type { UserId } from '@shoebox/shared/ids.ts'
import { useStore, type StoreHome } from '../api/indexed-db.ts'
import type { Part, PartKey } from './download-part.ts'

export type PartJournal = {
  /** All parts of somebody's downloads, in order; those of others and old ones are dropped. */
  readonly list: (userId: UserId) => Promise<readonly Part[]>
  readonly find: (key: PartKey) => Promise<Part | null>
  readonly write: (parts: readonly Part[]) => Promise<void>
  /** Null: it is not there any more, and stays so. */
  readonly change: (key: PartKey, change: Partial<Part>) => Promise<Part | null>
  readonly remove: (downloadId: string) => Promise<void>
}

const home: StoreHome = {
  database: 'shoebox-downloads',
  store: 'parts',
  make: (made, store) => made.createObjectStore(store, { keyPath: ['downloadId', 'number'] }),
}
const lifetimeMs = 7 * 24 * 60 * 60 * 1000

const keyOf = ({ downloadId, number }: PartKey): [string, number] => [downloadId, number]
const allOf = (downloadId: string): IDBKeyRange => IDBKeyRange.bound([downloadId, 0], [downloadId, Infinity])

/** Throws where there is no IndexedDB or no room. */
export const createPartJournal = (nowMs: () => number): PartJournal => ({
  async find(key) {
    const found: unknown = await useStore(home, 'readonly', (parts) => parts.get(keyOf(key)))
    return isPart(found) ? found : null
  },
  async list(userId) {
    const all: unknown[] = await useStore(home, 'readonly', (parts) => parts.getAll())
    const isKept = (part: unknown): part is Part =>
      isPart(part) && part.userId === userId && nowMs() - part.begunAtMs < lifetimeMs
    const others = all.filter((part) => !isKept(part)).filter(isPart)
    if (others.length > 0)
      await useStore(home, 'readwrite', (parts) => each(others, (part) => parts.delete(keyOf(part))))
    return all.filter(isKept).sort((a, b) => a.begunAtMs - b.begunAtMs || a.number - b.number)
  },
  write: (written) => useStore(home, 'readwrite', (parts) => each(written, (part) => parts.put(part))),
  change: (key, change) =>
    useStore(home, 'readwrite', (parts) => {
      const changed: { result: Part | null } = { result: null }
      const reading: IDBRequest<unknown> = parts.get(keyOf(key))
      reading.addEventListener('success', () => {
        if (!isPart(reading.result)) return
        changed.result = { ...reading.result, ...change }
        parts.put(changed.result)
      })
      return changed
    }),
  remove: (downloadId) => useStore(home, 'readwrite', (parts) => parts.delete(allOf(downloadId))),
})

const each = (all: readonly Part[], act: (part: Part) => unknown): { readonly result: undefined } => {
  for (const part of all) act(part)
  return { result: undefined }
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'downloadId' in value && 'files' in value && 'begunAtMs' in value
