import { playFile } from '@shoebox/shared/upload/object-keys.ts'
import type { FeedItem } from '../feed/feed-item.ts'

/** What is played of a film or a sound; there only where the item says so. */
export const playUrl = ({ delivery }: Pick<FeedItem, 'delivery'>): string =>
  `${delivery.base}/${playFile}?${delivery.query}`
