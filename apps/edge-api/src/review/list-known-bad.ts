import type { MediaId } from '@shoebox/shared/ids.ts'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { formatCursor } from '../feed/feed-cursor.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { KnownBadOutput, ListInput } from './review.schema.ts'

export type KnownBadRow = {
  readonly mediaId: MediaId
  readonly kind: MediaKind
  readonly thumbhash: string | null
  readonly isKnownByLooks: boolean
  readonly addedAt: Date
  readonly addedByName: string | null
}

export type ListKnownBadDeps = {
  readonly nowMs: () => number
  readonly readKnownBad: (wish: {
    after: { addedAtMs: number; id: MediaId } | null
    rowsMax: number
  }) => Promise<CheckedRead<readonly KnownBadRow[]> | null>
}

/** A page of what may not come back. The objects are gone: a blur is all there is to see. */
export async function listKnownBad(
  deps: ListKnownBadDeps,
  { cursor, size }: ListInput,
): Promise<Result<KnownBadOutput, DeskRefusal>> {
  const after = cursor === undefined ? null : { addedAtMs: cursor.publishedAtMs, id: cursor.id }
  const read = await deps.readKnownBad({ after, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  if (!moderator.ok) return moderator
  const shown = read.data.slice(0, size)
  const last = read.data.length > size ? shown.at(-1) : undefined
  return accept({
    known: shown.map(({ addedByName, addedAt, ...row }) => ({
      ...row,
      addedAt: addedAt.toISOString(),
      addedBy: addedByName,
    })),
    nextCursor: last === undefined ? null : formatCursor({ publishedAtMs: last.addedAt.getTime(), id: last.mediaId }),
  })
}
