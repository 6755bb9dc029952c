import { api, type Outputs } from '../api/client.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { askOnce, type Answer } from './ask-once.ts'

export type Details = Outputs['feed']['details']

/** What the feed does not tell of an item; asked for by whoever needs it first. */
export const useDetails = (item: () => FeedItem): Answer<Details> =>
  askOnce(() => api.feed.details.options({ mediaId: item().id }))
