import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { UserId, WarningId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { DeskRefusal } from '../desk/summarise.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { FindInput, FindOutput } from './bans.schema.ts'
import { presentBan, type BanRow } from './present-ban.ts'

export type JudgedPerson = {
  readonly person: {
    readonly id: UserId
    readonly name: string
    readonly email: string
    readonly role: SiteRole
    readonly createdAt: Date
    readonly items: number
    readonly groups: number
    readonly cases: number
    readonly upheld: number
  }
  readonly bans: readonly BanRow[]
  readonly warnings: readonly {
    readonly id: WarningId
    readonly reason: string
    readonly warnedAt: Date
    readonly acknowledgedAt: Date | null
  }[]
}

export type FindJudgedPersonDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads somebody by id or address, in one trip. */
  readonly readJudgedPerson: (key: FindInput) => Promise<CheckedRead<JudgedPerson | null> | null>
}

/** Somebody, and what moderators did about them. */
export async function findJudgedPerson(
  deps: FindJudgedPersonDeps,
  key: FindInput,
): Promise<Result<FindOutput, DeskRefusal>> {
  const read = await deps.readJudgedPerson(key)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const nowMs = deps.nowMs()
  const moderator = requireModerator(read.user, nowMs)
  if (!moderator.ok) return moderator
  if (read.data === null) return refuse({ code: 'not_found' })
  const { person, bans, warnings } = read.data
  const isStaff = person.role !== 'member'
  return accept({
    person: { ...person, createdAt: person.createdAt.toISOString() },
    isBannable: person.id !== read.user.id && (!isStaff || read.user.role === 'administrator'),
    bans: bans.map((ban) => presentBan(ban, nowMs)),
    warnings: warnings.map(({ id, reason, warnedAt, acknowledgedAt }) => ({
      id,
      reason,
      warnedAt: warnedAt.toISOString(),
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    })),
  })
}
