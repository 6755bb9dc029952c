// The parts of downloads, kept over reloads: what is saved already is not saved again. The page and the service worker
// share it. In IndexedDB, whose records are small: names and ids, no bytes of files.
import type { UserId } from '@shoebox/shared/ids.ts'
import { openDatabase, settle } from '../api/indexed-db.ts'
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

const storeName = 'parts'
const lifetimeMs = 7 * 24 * 60 * 60 * 1000

const keyOf = ({ downloadId, number }: PartKey): [string, number] => [downloadId, number]
const allOf = (downloadId: string): IDBKeyRange => IDBKeyRange.bound([downloadId, 0], [downloadId, Infinity])

/** Throws where there is no IndexedDB or no room. */
export function createPartJournal(nowMs: () => number): PartJournal {
  let opening: Promise<IDBDatabase> | null = null
  const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    opening ??= openDatabase('shoebox-downloads', 1, (made) =>
      made.createObjectStore(storeName, { keyPath: ['downloadId', 'number'] }),
    )
    return (await opening).transaction(storeName, mode).objectStore(storeName)
  }
  const find = async (key: PartKey): Promise<Part | null> => {
    const found: unknown = await settle((await store('readonly')).get(keyOf(key)))
    return isPart(found) ? found : null
  }

  return {
    find,
    async list(userId) {
      const all: unknown[] = await settle((await store('readonly')).getAll())
      const isKept = (part: unknown): part is Part =>
        isPart(part) && part.userId === userId && nowMs() - part.begunAtMs < lifetimeMs
      const others = all.filter((part) => !isKept(part)).filter(isPart)
      if (others.length > 0) {
        const parts = await store('readwrite')
        await Promise.all(others.map((part) => settle(parts.delete(keyOf(part)))))
      }
      return all.filter(isKept).sort((a, b) => a.begunAtMs - b.begunAtMs || a.number - b.number)
    },
    async write(written) {
      const parts = await store('readwrite')
      await Promise.all(written.map((part) => settle(parts.put(part))))
    },
    async change(key, change) {
      const parts = await store('readwrite')
      const found: unknown = await settle(parts.get(keyOf(key)))
      if (!isPart(found)) return null
      const changed = { ...found, ...change }
      await settle(parts.put(changed))
      return changed
    },
    async remove(downloadId) {
      await settle((await store('readwrite')).delete(allOf(downloadId)))
    },
  }
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'downloadId' in value && 'files' in value && 'begunAtMs' in value
