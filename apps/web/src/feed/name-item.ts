import { words } from '../words/words.ts'
import type { FeedItem } from './feed-item.ts'

const byKind = { image: 'photoBy', video: 'videoBy', audio: 'audioBy' } as const

type Named = Pick<FeedItem, 'kind' | 'owner'> & Partial<Pick<FeedItem, 'altText' | 'caption'>>

/** What an item is called: alternative text, dialog names. Its owner's words where there are any. */
export const nameItem = ({ kind, owner, altText, caption }: Named): string =>
  altText || caption || words.feed[byKind[kind]](owner.name)
