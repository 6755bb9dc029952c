// What the feed shows of an item, and the choices made from it alone.
import { derivativeFile, type DerivativeName } from '@shoebox/shared/media/derivatives.ts'
import type { Outputs } from '../api/client.ts'

export type FeedItem = Outputs['feed']['page']['items'][number]
export type FeedPage = Outputs['feed']['page']
export type MediaId = FeedItem['id']

/** How long before its end a signature is renewed. Milliseconds. */
const renewBeforeMs = 30_000

export const isExpiring = (item: FeedItem, nowMs: number): boolean =>
  Date.parse(item.delivery.expiresAt) - nowMs < renewBeforeMs

export const pictureUrl = (item: FeedItem, name: DerivativeName): string =>
  `${item.delivery.base}/${derivativeFile(name)}?${item.delivery.query}`

/** Where its owner looks at an item that waits for a review, whatever it is for: nobody else is shown it. */
export const hrefOfHeld = (item: FeedItem): string => `/u/${item.owner.id}/p/${item.id}`

/** Newest first; the id breaks ties, as in the API's order. */
export const compareNewest = (a: FeedItem, b: FeedItem): number =>
  a.publishedAt === b.publishedAt ? (a.id < b.id ? 1 : -1) : a.publishedAt < b.publishedAt ? 1 : -1

/** Adds items to a list in feed order, dropping those it has. Objects of the list are kept, never rebuilt. */
export function mergeItems(list: readonly FeedItem[], arrivals: readonly FeedItem[]): FeedItem[] {
  const known = new Set(list.map((item) => item.id))
  const fresh: FeedItem[] = []
  for (const item of arrivals) {
    if (known.has(item.id)) continue
    known.add(item.id)
    fresh.push(item)
  }
  fresh.sort(compareNewest)
  const first = list[0]
  const lastFresh = fresh.at(-1)
  if (first === undefined || lastFresh === undefined) return [...fresh, ...list]
  if (compareNewest(lastFresh, first) < 0) return [...fresh, ...list]
  return [...list, ...fresh].sort(compareNewest)
}
