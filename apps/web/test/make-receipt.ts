import type { HistoryItem } from '../src/my-uploads/history-store.ts'
import { makeItem, mediaIdOf } from './make-item.ts'

/** An upload of the history as the API tells it. */
export const makeReceipt = (number: number, changes: Partial<HistoryItem> = {}): HistoryItem => ({
  mediaId: mediaIdOf(number),
  state: 'ready',
  reason: null,
  duplicateOf: null,
  declaredType: 'image/jpeg',
  detectedType: 'image/jpeg',
  item: (changes.state ?? 'ready') === 'ready' ? makeItem(number) : null,
  fileName: `${number}.jpg`,
  declaredBytes: 2048,
  createdAt: '2026-01-02T10:00:00.000Z',
  group: null,
  settledAt: '2026-01-02T10:00:03.000Z',
  ...changes,
})
