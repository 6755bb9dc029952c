// The edge's copy of the first feed page, one per size and location. It holds data and not responses: nothing that
// belongs to one visitor (cookies, request ids) can get into it, and batched calls find it as well as single ones.
import type { FeedPage } from '../feed/feed.schema.ts'

/** The platform's cache of this location. Without entries for long when nobody asks. */
export type EdgeCache = {
  readonly match: (url: string) => Promise<Response | undefined>
  readonly put: (url: string, response: Response) => Promise<void>
}

export type SharedPages = {
  readonly findSharedPage: (size: number) => Promise<FeedPage | null>
  readonly keepSharedPage: (size: number, page: FeedPage) => void
}

export type SharedPagesDeps = {
  readonly cache: EdgeCache
  readonly siteOrigin: string
  readonly secondsMax: number
  readonly nowMs: () => number
  readonly afterwards: (work: Promise<void>) => void
}

export function makeSharedPages({ cache, siteOrigin, secondsMax, nowMs, afterwards }: SharedPagesDeps): SharedPages {
  // Only the size tells entries apart, and the version, raised when the page's shape changes: an entry of the code
  // before would not be an answer of this one. No route answers under this path.
  const keyOf = (size: number) => `${siteOrigin}/edge-cache/feed-page/v2?size=${size}`
  return {
    async findSharedPage(size) {
      const entry = await cache.match(keyOf(size))
      if (entry === undefined) return null
      // The cache counts in seconds from when it stored; the promise is about when the page was read.
      if (nowMs() - Number(entry.headers.get('x-read-at-ms')) > secondsMax * 1000) return null
      return (await entry.json()) as FeedPage
    },
    keepSharedPage(size, page) {
      const headers = { 'cache-control': `public, max-age=${secondsMax}`, 'x-read-at-ms': String(nowMs()) }
      afterwards(cache.put(keyOf(size), Response.json(page, { headers })))
    },
  }
}
