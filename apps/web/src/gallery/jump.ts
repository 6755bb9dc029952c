// Where the keys m, d and y go: to the next or former section, day or year, seen from the top of the screen. Days are
// known of what is loaded; where nothing is, the chunk itself is the next stop.
import type { MediaId } from '../feed/feed-item.ts'
import type { PlacedChunk } from './timeline-layout.ts'
import type { Chunk } from './timeline-chunk.ts'

/** Where it is, in the gallery's own pixels. */
export type Stop = number

/** Nearer than this to the top of the screen, a stop is where one is already. */
const herePx = 24

export type JumpWorld = {
  readonly chunks: readonly Chunk[]
  readonly placed: readonly PlacedChunk[]
  /** The day of a loaded item, whatever stands for it. */
  readonly dayOf: (id: MediaId) => string
}

export const listSections = ({ chunks, placed }: JumpWorld): Stop[] =>
  stopsWhere(chunks, placed, (chunk) => chunk.section)

export const listYears = ({ chunks, placed }: JumpWorld): Stop[] =>
  stopsWhere(chunks, placed, (chunk) => chunk.month.slice(0, 4))

/** Headings are part of a stop. */
function stopsWhere(
  chunks: readonly Chunk[],
  placed: readonly PlacedChunk[],
  nameOf: (chunk: Chunk) => string,
): Stop[] {
  let before = ''
  return chunks.flatMap((chunk, i) => {
    const name = nameOf(chunk)
    if (name === before) return []
    before = name
    return [placed[i]?.topPx ?? 0]
  })
}

export function listDays({ chunks, placed, dayOf }: JumpWorld): Stop[] {
  let before = ''
  return chunks.flatMap((chunk, i) => {
    const place = placed[i]
    if (place?.layout == null || chunk.ids === null) {
      before = ''
      return [place?.topPx ?? 0]
    }
    const { layout, rowsTopPx } = place
    return chunk.ids.flatMap((id, index) => {
      const day = dayOf(id)
      if (day === before) return []
      before = day
      return [rowsTopPx + (layout.tops[index] ?? 0)]
    })
  })
}

/** The stop after the top of the screen, or the one before it. */
export function findStop(stops: readonly Stop[], topPx: number, by: 1 | -1): Stop | undefined {
  return by === 1 ? stops.find((stop) => stop > topPx + herePx) : stops.findLast((stop) => stop < topPx - herePx)
}

/** Where a month begins, `YYYY-MM`; where there is nothing of it, what comes next further back. */
export function findMonth({ chunks, placed }: Pick<JumpWorld, 'chunks' | 'placed'>, month: string): Stop {
  const index = chunks.findIndex((chunk) => chunk.month <= month)
  return placed[index < 0 ? chunks.length - 1 : index]?.topPx ?? 0
}
