import { useQuery } from '@tanstack/solid-query'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import type { FeedItem } from '../feed/feed-item.ts'

export type Details = Outputs['feed']['details']

/** What the feed does not tell of an item. Asked for once while it is open, by whoever needs it first. */
export const useDetails = (item: () => FeedItem) =>
  useQuery(
    () => api.feed.details.options({ mediaId: item().id }),
    () => queryClient,
  )
