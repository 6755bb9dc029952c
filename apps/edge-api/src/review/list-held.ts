import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { HeldReason } from '@shoebox/shared/safety/review-tiers.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { formatCursor } from '../feed/feed-cursor.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from '../feed/present-item.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { HeldOutput, ListInput } from './review.schema.ts'

type Held = HeldOutput['held'][number]

export type HeldRow = FeedRow &
  Pick<Held, 'purpose' | 'groupName'> & {
    readonly heldFor: HeldReason | null
    readonly removedAt: Date | null
    readonly ownerSince: Date
  }

export type ListHeldDeps = PresentItemDeps & {
  readonly nowMs: () => number
  readonly readHeld: (wish: {
    after: { heldAtMs: number; id: MediaId } | null
    rowsMax: number
  }) => Promise<CheckedRead<readonly HeldRow[]> | null>
}

/** A page of what waits for a review, as those would see it whom it is for. */
export async function listHeld(
  deps: ListHeldDeps,
  { cursor, size }: ListInput,
): Promise<Result<HeldOutput, DeskRefusal>> {
  const after = cursor === undefined ? null : { heldAtMs: cursor.publishedAtMs, id: cursor.id }
  const read = await deps.readHeld({ after, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  if (!moderator.ok) return moderator
  const shown = read.data.slice(0, size)
  const last = read.data.length > size ? shown.at(-1) : undefined
  const present = async (row: HeldRow): Promise<Held> => ({
    item: await presentItem(deps, row),
    // A row without its reason is older than they are.
    reason: row.heldFor ?? 'first_posts',
    removedAt: row.removedAt?.toISOString() ?? null,
    purpose: row.purpose,
    groupName: row.groupName,
    ownerSince: row.ownerSince.toISOString(),
    isOwn: row.ownerId === read.user.id,
  })
  return accept({
    held: await Promise.all(shown.map(present)),
    nextCursor: last === undefined ? null : formatCursor({ publishedAtMs: last.publishedAt.getTime(), id: last.id }),
  })
}
