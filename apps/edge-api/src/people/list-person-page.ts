import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { formatCursor, type FeedPosition } from '../feed/feed-cursor.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from '../feed/present-item.ts'
import { presentPerson, type PersonRow } from './find-person.ts'
import type { PersonPage, PersonPageInput } from './people.schema.ts'

export type ListPersonPageDeps = PresentItemDeps & {
  /** The person and what is public of theirs after a position, in one trip; null when there is no such person. */
  readonly readPersonPage: (wish: {
    readonly userId: UserId
    readonly from: FeedPosition | null
    readonly rowsMax: number
  }) => Promise<{ readonly person: PersonRow; readonly items: readonly FeedRow[] } | null>
}

/** Somebody's public page. */
export async function listPersonPage(
  deps: ListPersonPageDeps,
  { userId, cursor, size }: PersonPageInput,
): Promise<Result<PersonPage, { code: 'not_found' }>> {
  // One row more than asked for tells whether there is another page.
  const read = await deps.readPersonPage({ userId, from: cursor ?? null, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'not_found' })
  const shown = read.items.slice(0, size)
  const oldest = shown.at(-1)
  return accept({
    person: await presentPerson(deps, read.person),
    items: await Promise.all(shown.map((row) => presentItem(deps, row))),
    nextCursor:
      read.items.length > size && oldest !== undefined
        ? formatCursor({ publishedAtMs: oldest.publishedAt.getTime(), id: oldest.id })
        : null,
  })
}
