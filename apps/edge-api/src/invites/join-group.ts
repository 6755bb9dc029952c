import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import {
  judgeCharges,
  planCharges,
  type Charge,
  type Charged,
  type PlanChargesDeps,
  type RateLimited,
} from '../account/rate-limits.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { groupsMax, membersMax } from '../groups/limits.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { JoinOutput } from './invites.schema.ts'

export type Standing = {
  readonly groupId: GroupId
  readonly isMember: boolean
  readonly request: 'pending' | 'declined' | null
  readonly isFull: boolean
  readonly hasTooMany: boolean
}

export type JoinGroupDeps = PlanChargesDeps &
  SealDeps & {
    /** Lets the author in or asks for them; answers where they stand then, or null when the code opens nothing. */
    readonly joinByInvite: (wish: {
      author: Author
      /** The statement finds which group's chain it belongs to. */
      audit: AuditEntry
      code: string
      charges: readonly Charge[]
      membersMax: number
      groupsMax: number
      nowMs: number
    }) => Promise<{ counted: readonly Charged[]; standing: Standing | null }>
  }

type JoinRefusal = { code: 'invite_not_valid' | 'request_declined' | 'group_full' | 'too_many_groups' } | RateLimited

/** Joins by a code, or asks to where an admin decides. Doing it again changes nothing and answers the same. */
export async function joinGroup(
  deps: JoinGroupDeps,
  { user, visitor }: { user: EmailVerified<User>; visitor: Visitor },
  code: string,
): Promise<Result<JoinOutput, JoinRefusal>> {
  const charges = await planCharges(deps, 'enter-invite', { network: visitor.network })
  const nowMs = deps.nowMs()
  const author = authorOf(user)
  const subject = { kind: 'user', id: author.userId } as const
  const act = { chain: null, action: 'member.joined', actorId: author.userId, subject, atMs: nowMs } as const
  const audit = await deps.sealEntry(act)
  const wish = { author, audit, code, charges, membersMax, groupsMax, nowMs }
  const { counted, standing } = await deps.joinByInvite(wish)
  const allowed = judgeCharges(charges, counted, nowMs)
  if (!allowed.ok) return allowed
  if (standing === null) return refuse({ code: 'invite_not_valid' })
  if (standing.isMember) return accept({ joined: true, groupId: standing.groupId })
  if (standing.request === 'pending') return accept({ joined: false, requested: true })
  if (standing.request === 'declined') return refuse({ code: 'request_declined' })
  return refuse({ code: standing.isFull ? 'group_full' : 'too_many_groups' })
}
