import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { actOf } from '../groups/member-of.ts'
import { requireStepUp } from '../sessions/check-authority.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { readOwnPassword, type OwnPasswordRefusal, type ReadOwnPasswordDeps } from './read-own-password.ts'

/** What becomes of a group of one's own, and who owns it then: null is whoever is next in line. */
type OwnedGroupChoice =
  | { readonly groupId: GroupId; readonly choice: 'end' }
  | { readonly groupId: GroupId; readonly choice: 'handOver'; readonly successorId: UserId | null }

export type DeletionChoices = {
  /** One for each group that is owned. */
  readonly groups: readonly OwnedGroupChoice[]
  /** What becomes of one's items in groups. Others go in any case. */
  readonly items: 'delete' | 'handOver'
}

type Outcome = 'deleted' | 'owns_groups' | 'no_successor' | 'last_administrator' | 'refused'

export type DeleteAccountDeps = ReadOwnPasswordDeps &
  SealDeps & {
    readonly findSignedIn: () => Promise<EmailVerified<User> | null>
    /** Deletes the account and all that is its own, or nothing. `refused`: what was confirmed holds no more. */
    readonly deleteAccount: (
      wish: DeletionChoices & {
        readonly author: Author
        /** Null: confirmed by a code. */
        readonly passwordHash: string | null
        /** One for each of the groups, about it. */
        readonly audits: readonly AuditEntry[]
        readonly nowMs: number
      },
    ) => Promise<Outcome>
    readonly clearSessionCookie: () => void
  }

type DeleteRefusal = OwnPasswordRefusal | { readonly code: 'step_up_needed' | Exclude<Outcome, 'deleted' | 'refused'> }

/**
 * Ends an account for good: at once for everybody to see, and in S3 within minutes, of which a receipt is mailed.
 * Confirmed by the password or, without one, by a code entered lately.
 */
export async function deleteAccount(
  deps: DeleteAccountDeps,
  visitor: Visitor,
  { password, ...choices }: DeletionChoices & { readonly password: string | null },
): Promise<Result<Record<never, never>, DeleteRefusal>> {
  const confirmed = password === null ? await confirmByCode(deps) : await readOwnPassword(deps, visitor, password)
  if (!confirmed.ok) return confirmed
  const { user, passwordHash } = confirmed.value
  const [author, nowMs] = [authorOf(user), deps.nowMs()]
  const audits = await Promise.all(choices.groups.map((group) => sealChoice(deps, { author, nowMs }, group)))
  const outcome = await deps.deleteAccount({ ...choices, author, passwordHash, audits, nowMs })
  if (outcome === 'refused') return refuse({ code: passwordHash === null ? 'step_up_needed' : 'wrong_password' })
  if (outcome !== 'deleted') return refuse({ code: outcome })
  deps.clearSessionCookie()
  return accept({})
}

async function confirmByCode(
  deps: Pick<DeleteAccountDeps, 'findSignedIn' | 'nowMs'>,
): Promise<Result<{ user: EmailVerified<User>; passwordHash: null }, { code: 'sign_in_needed' | 'step_up_needed' }>> {
  const user = await deps.findSignedIn()
  if (user === null) return refuse({ code: 'sign_in_needed' })
  const steppedUp = requireStepUp(user, deps.nowMs())
  return steppedUp.ok ? accept({ user: steppedUp.value, passwordHash: null }) : steppedUp
}

/** What becomes of a group that was owned; whom it belongs to then, the statement knows. */
const sealChoice = (
  deps: SealDeps,
  { author, nowMs }: { readonly author: Author; readonly nowMs: number },
  { groupId, choice }: OwnedGroupChoice,
): Promise<AuditEntry> =>
  deps.sealEntry(
    actOf(
      { author, groupId, nowMs },
      {
        action: choice === 'end' ? 'group.deleted' : 'group.handed_over',
        subject: { kind: 'group', id: groupId },
        detail: { because: 'account_deleted' },
      },
    ),
  )
