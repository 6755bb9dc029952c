import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { ListInput, ListOutput } from './bans.schema.ts'
import { readMomentCursor, writeMomentCursor, type MomentPosition } from './moment-cursor.ts'
import { presentBan, type BanRow } from './present-ban.ts'

export type ListBansDeps = {
  readonly nowMs: () => number
  readonly readBans: (
    after: MomentPosition<'ban'> | null,
    rowsMax: number,
  ) => Promise<CheckedRead<readonly BanRow[]> | null>
}

/** Who is banned, with reason and dates. */
export async function listBans(
  deps: ListBansDeps,
  { cursor, size }: ListInput,
): Promise<Result<ListOutput, DeskRefusal | { code: 'invalid_input' }>> {
  const after = cursor === undefined ? null : readMomentCursor('ban', cursor)
  if (cursor !== undefined && after === null) return refuse({ code: 'invalid_input' })
  const read = await deps.readBans(after, size + 1)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const nowMs = deps.nowMs()
  const moderator = requireModerator(read.user, nowMs)
  if (!moderator.ok) return moderator
  const shown = read.data.slice(0, size)
  const last = read.data.length > size ? shown.at(-1) : undefined
  return accept({
    bans: shown.map((row) => presentBan(row, nowMs)),
    nextCursor: last === undefined ? null : writeMomentCursor(last.bannedAt, last.id),
  })
}
