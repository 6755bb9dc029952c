import type { MediaId } from '../feed/feed-item.ts'
import type { Timeline } from './timeline-store.ts'

/** The most names one answer holds. */
const namedMax = 5000

/** What a section holds, by name: also what of it was not looked at yet. */
export async function readSection(timeline: Timeline, section: string): Promise<readonly MediaId[]> {
  const chunks = timeline.chunks().filter((chunk) => chunk.section === section)
  if (chunks.every(({ ids }) => ids !== null)) return chunks.flatMap(({ ids }) => ids ?? [])
  const named: MediaId[] = []
  let left = chunks.reduce((sum, { count }) => sum + count, 0)
  let cursor = chunks[0]?.cursor ?? null
  do {
    const page = await timeline.readNames(cursor, new AbortController().signal, Math.min(left, namedMax))
    for (const { id } of page.items) named.push(id)
    left -= page.items.length
    cursor = page.nextCursor
  } while (left > 0 && cursor !== null)
  return named
}
