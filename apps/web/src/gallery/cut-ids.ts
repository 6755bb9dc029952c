import type { MediaId } from '../feed/feed-item.ts'

/** The most items one call may name. */
export const pieceMax = 500

/** As many lists as calls are needed, in the order of the one given. */
export const cutIds = (ids: readonly MediaId[]): MediaId[][] =>
  Array.from({ length: Math.ceil(ids.length / pieceMax) }, (_, i) => ids.slice(i * pieceMax, (i + 1) * pieceMax))
