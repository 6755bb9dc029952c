// Membership as a value. Only check-membership.ts makes a MemberOf<R> (a test looks for other assertions), so a use case
// that takes one cannot be reached by somebody without that role. Each write repeats it as a condition of its statement.
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { AuditAct, AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

/** A role and those below it, whose rights it holds. */
type RolesUpTo = {
  viewer: 'viewer'
  contributor: RolesUpTo['viewer'] | 'contributor'
  admin: RolesUpTo['contributor'] | 'admin'
  owner: RolesUpTo['admin'] | 'owner'
}

declare const proof: unique symbol

/** What somebody is in a group. */
export type Membership = {
  readonly groupId: GroupId
  readonly role: Role
  readonly joinedAt: Date
  readonly seenAt: Date
  readonly notifications: NotificationLevel
}

/** Somebody who had at least the role `R` when the request came in: a `MemberOf<'admin'>` is a `MemberOf<'viewer'>`. */
export type MemberOf<R extends Role> = Membership & {
  readonly user: EmailVerified<User>
  readonly [proof]: { readonly [K in RolesUpTo[R]]: true }
}

/** Who changes something in which group, and when: what every write of a member repeats as its condition. */
export type GroupChange = { readonly author: Author; readonly groupId: GroupId; readonly nowMs: number }

/** A change whose statement appends this entry to the group's chain. */
export type AuditedChange = GroupChange & { readonly audit: AuditEntry }

export const changeBy = (member: MemberOf<'viewer'>, nowMs: number): GroupChange => ({
  author: authorOf(member.user),
  groupId: member.groupId,
  nowMs,
})

/** What the audit log of the group is to say of a change. */
export const actOf = (
  { author, groupId, nowMs }: GroupChange,
  act: Pick<AuditAct, 'action' | 'subject' | 'detail'>,
): AuditAct => ({ ...act, chain: groupId, actorId: author.userId, atMs: nowMs })
