// What a gallery in memory is made of, and what it asks for.
import type { MediaId } from '../feed/feed-item.ts'
import type { GalleryItem, GalleryPage, GalleryNames, GroupId, TimelineAnswer } from './gallery-item.ts'

export type TimelineDeps = {
  readonly groupId: GroupId | null
  readonly timeline: () => Promise<TimelineAnswer>
  /** `count` items after the one that the cursor names; null: from the newest on. */
  readonly page: (cursor: string | null, count: number) => Promise<GalleryPage>
  /** The same by name alone; without a size as many as one answer holds. */
  readonly names: (cursor: string | null, signal: AbortSignal, size?: number) => Promise<GalleryNames>
  readonly item: (id: MediaId) => Promise<GalleryItem>
  /** Of an item, opened over the gallery; null: of the gallery itself. */
  readonly hrefOf: (id: MediaId | null) => string
  /** `YYYY-MM` of a moment, as the answers of `timeline` count months. */
  readonly monthOf: (moment: string) => string
  readonly nowMs: () => number
}

/** A chunk as the API tells it. */
export type Asked = TimelineAnswer['chunks'][number]

/** `ids`: null until it was looked at. */
export type Chunk = Asked & { readonly ids: readonly MediaId[] | null }

/** Where an item stands: its chunk and its place in it. */
export type Place = { readonly chunk: number; readonly index: number }

/** The same for a chunk that most probably holds the same items. */
export const describeChunk = ({ section, month, count, cursor }: Asked): string =>
  [section, month, count, cursor].join()

/** The loaded items from one to another, both included, whichever comes first. */
export function idsBetween(chunks: readonly Chunk[], from: MediaId, to: MediaId): readonly MediaId[] {
  const ids = chunks.flatMap((chunk) => chunk.ids ?? [])
  const [start = -1, end = -1] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b)
  return start < 0 ? [to] : ids.slice(start, end + 1)
}
