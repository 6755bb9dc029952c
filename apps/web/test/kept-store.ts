// What IndexedDB and the locks of its owners hold of kept files, in memory.
import type { Id } from '@shoebox/shared/ids.ts'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { MediaId } from '../src/feed/feed-item.ts'
import type { KeptFile } from '../src/upload/kept-files.ts'

export const keeperOf = (count: number): Id<'user'> =>
  idFromUuid('user', `01990000-0000-7000-8000-${String(count).padStart(12, '0')}`)

export type KeptStore = ReturnType<typeof createKeptStore>

export function createKeptStore(room = 100) {
  const rows = new Map<number, KeptFile & { readonly owner: string }>()
  const alive = new Set<string>()
  let last = 0
  /** What one page or worker sees of it. */
  const as = (owner: string) => {
    alive.add(owner)
    return {
      keep: (wish: Omit<KeptFile, 'id' | 'language'>) => {
        if (rows.size >= room) return Promise.resolve(null)
        last += 1
        rows.set(last, { ...wish, id: last, owner, language: 'en' })
        return Promise.resolve(last)
      },
      note: (id: number, mediaId: MediaId | null) => {
        const row = rows.get(id)
        if (row !== undefined) rows.set(id, { ...row, mediaId })
        return Promise.resolve()
      },
      drop: (id: number) => Promise.resolve(rows.delete(id)),
      dropOthers: (userId: Id<'user'>) => {
        for (const row of rows.values()) if (row.userId !== userId) rows.delete(row.id)
        return Promise.resolve()
      },
      listIds: () => Promise.resolve([...rows.keys()]),
      take: (userId: Id<'user'>) => {
        const free = [...rows.values()].filter((row) => row.userId === userId && !alive.has(row.owner))
        for (const row of free) rows.set(row.id, { ...row, owner })
        return Promise.resolve(free)
      },
    }
  }
  return {
    rows,
    as,
    names: () => [...rows.values()].map(({ file }) => file.name),
    kill: (owner: string) => void alive.delete(owner),
  }
}
