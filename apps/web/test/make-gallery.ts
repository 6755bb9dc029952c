import type { MediaId } from '../src/feed/feed-item.ts'
import type { GalleryItem, GalleryNames, GalleryPage, TimelineAnswer } from '../src/gallery/gallery-item.ts'
import { makeItem } from './make-item.ts'

export const makeGalleryItem = (n: number, changes: Partial<GalleryItem> = {}): GalleryItem => {
  const item = makeItem(n)
  return {
    ...item,
    groupId: null,
    commentCount: 0,
    timelineAt: item.publishedAt,
    isMine: false,
    ...changes,
  }
}

/** A gallery of items n … 1, as the API serves it. */
export function makeGalleryApi(count: number, chunkSize: number) {
  let items = Array.from({ length: count }, (_, i) => makeGalleryItem(count - i))
  const api = {
    groupId: null,
    query: 'first',
    pagesAsked: [] as (string | null)[],
    add(more: number): void {
      const newest = items.length + more
      items = Array.from({ length: newest }, (_, i) => makeGalleryItem(newest - i))
    },
    remove(id: MediaId): void {
      items = items.filter((item) => item.id !== id)
    },
    timeline(): Promise<TimelineAnswer> {
      const starts = items.filter((_, i) => i % chunkSize === 0)
      const chunks = starts.map((_first, i) => ({
        section: 'today',
        month: '2026-01',
        count: Math.min(chunkSize, items.length - i * chunkSize),
        cursor: items[i * chunkSize - 1]?.id ?? null,
      }))
      return Promise.resolve({ total: items.length, chunks })
    },
    page(cursor: string | null, size: number): Promise<GalleryPage> {
      api.pagesAsked.push(cursor)
      const from = items.findIndex((item) => item.id === cursor) + 1
      const page = items.slice(from, from + size).map((item) => sign(structuredClone(item), api.query))
      return Promise.resolve({
        items: page,
        nextCursor: items[from + size] === undefined ? null : (page.at(-1)?.id ?? null),
        sinceCursor: 'since',
      })
    },
    names(cursor: string | null, _signal?: AbortSignal, size = 50): Promise<GalleryNames> {
      const from = items.findIndex((item) => item.id === cursor) + 1
      const named = items.slice(from, from + size).map(({ id, isMine }) => ({ id, isMine }))
      const isLast = items[from + size] === undefined
      return Promise.resolve({ items: named, nextCursor: isLast ? null : (named.at(-1)?.id ?? null) })
    },
    item(id: MediaId): Promise<GalleryItem> {
      const found = items.find((item) => item.id === id)
      if (found !== undefined) return Promise.resolve(sign(structuredClone(found), api.query))
      return Promise.reject(Object.assign(new Error('not_found'), { data: { refusal: { code: 'not_found' } } }))
    },
  }
  return api
}

const sign = (item: GalleryItem, query: string): GalleryItem => ({
  ...item,
  delivery: {
    ...item.delivery,
    query,
    expiresAt: query === 'first' ? item.delivery.expiresAt : '2031-01-01T00:00:00.000Z',
  },
})
