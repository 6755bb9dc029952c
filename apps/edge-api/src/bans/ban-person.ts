import type { BanId, CaseId, GroupId, UserId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import { banMail } from '../account/code-mail.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { requireModerator } from '../sessions/check-authority.ts'
import { authorOf, type Author, type CheckedRead } from '../sessions/signed-in.ts'
import type { BanInput } from './bans.schema.ts'

/** Whom a ban would be about. */
export type BanTarget = {
  readonly name: string
  readonly email: string
  readonly ownedGroupIds: readonly GroupId[]
}

export type BanPersonDeps = SealDeps & {
  readonly nowMs: () => number
  readonly newBanId: () => BanId
  readonly hashAddress: (email: string) => Promise<string>
  /** Checks the session and reads whom it is about, in one trip. */
  readonly readBanTarget: (userId: UserId) => Promise<CheckedRead<BanTarget | null> | null>
  /** Does all of it or nothing. */
  readonly banPerson: (wish: {
    author: Author
    id: BanId
    userId: UserId
    email: string
    addressHash: string
    reason: string
    items: BannedItemsChoice
    endsAt: Date | null
    caseId: CaseId | null
    audit: AuditEntry
    handedOver: readonly AuditEntry[]
    nowMs: number
  }) => Promise<'banned' | BanRefusal['code']>
  readonly mailAfterwards: (mail: MailMessage) => void
}

type BanRefusal = { readonly code: 'not_found' | 'bans_self' | 'bans_staff' | 'already_banned' }

const dayMs = 24 * 3_600_000

/** Keeps somebody out, for some days or until it is lifted, and mails them why and how to appeal. */
export async function banPerson(
  deps: BanPersonDeps,
  { userId, reason, items, days, caseId }: BanInput,
): Promise<Result<{ banId: BanId }, BanRefusal | { code: 'sign_in_needed' | 'step_up_needed' }>> {
  const read = await deps.readBanTarget(userId)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const nowMs = deps.nowMs()
  const moderator = requireModerator(read.user, nowMs)
  if (!moderator.ok) return moderator
  if (read.data === null) return refuse({ code: 'not_found' })
  const { name, email, ownedGroupIds } = read.data
  const author = authorOf(moderator.value)
  const endsAt = days === null ? null : new Date(nowMs + days * dayMs)
  const [id, addressHash] = [deps.newBanId(), await deps.hashAddress(email)]
  const subject = { kind: 'user', id: userId } as const
  const detail = { ban: id, items, days }
  const audit = await deps.sealEntry({
    chain: null,
    action: 'person.banned',
    actorId: author.userId,
    subject,
    detail,
    atMs: nowMs,
  })
  // Nobody in the group did it, and its admins need not know which moderator did.
  const handedOver = await Promise.all(
    ownedGroupIds.map((groupId) =>
      deps.sealEntry({
        chain: groupId,
        action: 'group.handed_over',
        actorId: null,
        subject: { kind: 'group', id: groupId },
        atMs: nowMs,
      }),
    ),
  )
  const outcome = await deps.banPerson({
    ...{ author, id, userId, email, addressHash, reason, items, endsAt, caseId },
    ...{ audit, handedOver, nowMs },
  })
  if (outcome !== 'banned') return refuse({ code: outcome })
  deps.mailAfterwards(banMail({ name, email }, { reason, endsAt: endsAt?.toISOString() ?? null }, true))
  return accept({ banId: id })
}
