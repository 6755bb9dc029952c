import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import type { FeedItem } from '../feed/feed-item.ts'

export type Details = Outputs['feed']['details']

/** What the feed does not tell of an item; asked for by whoever needs it first. */
export const useDetails = (item: () => FeedItem) =>
  useQuery<Details>(() => api.feed.details.options({ mediaId: item().id }))
