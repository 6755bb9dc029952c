import { words } from '../words/words.ts'
import type { FeedItem } from './feed-item.ts'

const byKind = { image: words.feed.photoBy, video: words.feed.videoBy, audio: words.feed.audioBy }

/** What an item is called where nothing else names it: alternative text, dialog names. */
export const nameItem = (item: Pick<FeedItem, 'kind' | 'owner'>): string => byKind[item.kind](item.owner.name)
