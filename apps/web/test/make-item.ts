import type { FeedItem, FeedPage, MediaId } from '../src/feed/feed-item.ts'
import type { Details } from '../src/viewer/details-query.ts'

export const mediaIdOf = (n: number): MediaId => `med_01990000-0000-7000-8000-${String(n).padStart(12, '0')}` as MediaId

/** Item n of a feed: the higher, the newer. */
export const makeItem = (n: number, changes: Partial<FeedItem> = {}): FeedItem => ({
  id: mediaIdOf(n),
  kind: 'image',
  type: 'image/jpeg',
  bytes: 1000,
  owner: { id: 'usr_01990000-0000-7000-8000-000000000001' as FeedItem['owner']['id'], name: 'Ada' },
  caption: '',
  altText: '',
  widthPx: 1600,
  heightPx: 1200,
  thumbhash: null,
  dominantColor: '#336699',
  takenLocal: null,
  isCutToFirstFrame: false,
  durationMs: null,
  hasPoster: true,
  hasPlay: false,
  isHdr: false,
  publishedAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  likeCount: 0,
  derivatives: [
    { name: 'thumb', widthPx: 320, heightPx: 240 },
    { name: 'tile', widthPx: 640, heightPx: 480 },
    { name: 'preview', widthPx: 1600, heightPx: 1200 },
  ],
  delivery: { base: `https://media.example/v/${n}`, query: 'first', expiresAt: '2030-01-01T00:00:00.000Z' },
  ...changes,
})

/** All that is told of an item, as a phone's photo would have it. */
export const makeDetails = (item: FeedItem, changes: Partial<Details> = {}): Details => ({
  mediaId: item.id,
  owner: item.owner,
  fileName: 'IMG_0001.HEIC',
  kind: item.kind,
  originalType: item.type,
  bytes: item.bytes,
  widthPx: item.widthPx,
  heightPx: item.heightPx,
  taken: { local: '2026-06-15T14:30:05', offsetMinutes: -210, source: 'exif' },
  camera: 'Apple iPhone 15 Pro',
  lens: 'back camera 6.86mm f/1.78',
  exposure: { shutterSeconds: 1 / 121, fNumber: 1.78, iso: 64, focalLengthMm: 6.86, focalLength35Mm: 24 },
  place: { country: 'DE', city: 'Berlin' },
  publishedAt: item.publishedAt,
  isCutToFirstFrame: false,
  isHdr: false,
  isPlayable: item.hasPlay,
  durationMs: item.durationMs,
  videoCodec: null,
  audioCodec: null,
  frameRate: null,
  peaks: null,
  tags: null,
  captions: [],
  ...changes,
})

/** A feed of items n … 1 in pages, as the API serves it. Change `items` and it serves the change. */
export function makeFeedApi(items: FeedItem[], pageSize = 30) {
  const api = {
    items,
    pagesAsked: [] as (string | null)[],
    itemsAsked: [] as MediaId[],
    page(cursor: string | null): Promise<FeedPage> {
      api.pagesAsked.push(cursor)
      const from = cursor === null ? 0 : api.items.findIndex((item) => item.id === cursor) + 1
      const page = api.items.slice(from, from + pageSize).map((item) => structuredClone(item))
      const last = page.at(-1)
      const hasMore = from + pageSize < api.items.length
      return Promise.resolve({
        items: page,
        nextCursor: hasMore && last !== undefined ? last.id : null,
        sinceCursor: api.items[0]?.publishedAt ?? '',
      })
    },
    since(after: string) {
      const fresh = api.items.filter((item) => item.publishedAt >= after).map((item) => structuredClone(item))
      const isComplete = fresh.length <= pageSize
      return Promise.resolve({
        items: fresh.slice(0, pageSize),
        sinceCursor: api.items[0]?.publishedAt ?? after,
        isComplete,
      })
    },
    item(id: MediaId): Promise<FeedItem> {
      api.itemsAsked.push(id)
      const found = api.items.find((item) => item.id === id)
      if (found !== undefined) return Promise.resolve(structuredClone(found))
      return Promise.reject(Object.assign(new Error('not_found'), { data: { refusal: { code: 'not_found' } } }))
    },
  }
  return api
}

/** Items from `newest` down to 1. */
export const makeItems = (newest: number): FeedItem[] => Array.from({ length: newest }, (_, i) => makeItem(newest - i))
