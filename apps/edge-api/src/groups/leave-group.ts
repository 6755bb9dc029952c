import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import type { LeaveInput } from './groups.schema.ts'
import { actOf, changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type LeaveGroupDeps = SealDeps & {
  readonly nowMs: () => number
  readonly leaveGroup: (
    wish: GroupChange & { items: LeaveInput['items']; successorId: UserId | null; audits: LeaveAudits },
  ) => Promise<'done' | 'not_found' | 'no_successor' | 'no_room'>
}

type LeaveAudits = { readonly left: AuditEntry; readonly handedOver: AuditEntry; readonly ended: AuditEntry }

const codes = { not_found: 'not_found', no_successor: 'no_successor', no_room: 'no_room_for_items' } as const

/**
 * Leaves a group. An owner hands it over by leaving: to the successor, else to the oldest admin, else to who has been
 * there longest. The last one to go takes the group along.
 */
export async function leaveGroup(
  deps: LeaveGroupDeps,
  member: MemberOf<'viewer'>,
  { items, successorId }: LeaveInput,
): Promise<Result<Record<string, never>, { code: (typeof codes)[keyof typeof codes] }>> {
  const change = changeBy(member, deps.nowMs())
  const audits = await sealLeaving(deps, change, items)
  const answer = await deps.leaveGroup({ ...change, items, successorId: successorId ?? null, audits })
  return answer === 'done' ? accept({}) : refuse({ code: codes[answer] })
}

/** What may come of it; the statement knows what did, and who the heir is. */
async function sealLeaving(deps: SealDeps, change: GroupChange, items: LeaveInput['items']): Promise<LeaveAudits> {
  const { author, groupId } = change
  const [left, handedOver, ended] = await Promise.all([
    deps.sealEntry(
      actOf(change, { action: 'member.left', subject: { kind: 'user', id: author.userId }, detail: { items } }),
    ),
    deps.sealEntry(actOf(change, { action: 'group.handed_over', subject: { kind: 'user', id: null } })),
    deps.sealEntry(actOf(change, { action: 'group.deleted', subject: { kind: 'group', id: groupId } })),
  ])
  return { left, handedOver, ended }
}
