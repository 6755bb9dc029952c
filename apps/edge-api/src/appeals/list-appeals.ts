import type { AppealId, CaseId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AppealOutcome, AppealSubject } from '@shoebox/shared/safety/bans.ts'
import type { CaseState } from '@shoebox/shared/safety/reasons.ts'
import { readMomentCursor, writeMomentCursor, type MomentPosition } from '../bans/moment-cursor.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { ListInput, ListOutput } from './appeals.schema.ts'

export type AppealRow = {
  readonly id: AppealId
  readonly subject: AppealSubject
  readonly userId: UserId
  readonly name: string | null
  readonly text: string
  readonly createdAt: Date
  readonly decision: {
    readonly outcome: AppealOutcome
    readonly answer: string
    readonly at: Date
    readonly by: string | null
  } | null
  readonly ban: {
    readonly reason: string
    readonly bannedAt: Date
    readonly endsAt: Date | null
    readonly by: string | null
  } | null
  readonly case: { readonly id: CaseId; readonly state: CaseState } | null
  readonly isForOthers: boolean
}

export type ListAppealsDeps = {
  readonly nowMs: () => number
  readonly readAppeals: (wish: {
    isOpen: boolean
    after: MomentPosition<'appeal'> | null
    rowsMax: number
  }) => Promise<CheckedRead<readonly AppealRow[]> | null>
}

/** Appeals that wait, or those that are answered. */
export async function listAppeals(
  deps: ListAppealsDeps,
  { isOpen, cursor, size }: ListInput,
): Promise<Result<ListOutput, DeskRefusal | { code: 'invalid_input' }>> {
  const after = cursor === undefined ? null : readMomentCursor('appeal', cursor)
  if (cursor !== undefined && after === null) return refuse({ code: 'invalid_input' })
  const read = await deps.readAppeals({ isOpen, after, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const moderator = requireModerator(read.user, deps.nowMs())
  if (!moderator.ok) return moderator
  const shown = read.data.slice(0, size)
  const last = read.data.length > size ? shown.at(-1) : undefined
  return accept({
    appeals: shown.map(present),
    nextCursor: last === undefined ? null : writeMomentCursor(last.createdAt, last.id),
  })
}

const present = ({ createdAt, decision, ban, ...row }: AppealRow): ListOutput['appeals'][number] => ({
  ...row,
  createdAt: createdAt.toISOString(),
  decision: decision === null ? null : { ...decision, at: decision.at.toISOString() },
  ban:
    ban === null ? null : { ...ban, bannedAt: ban.bannedAt.toISOString(), endsAt: ban.endsAt?.toISOString() ?? null },
})
