// What the audit log keeps. A word that was written once stays in the log for ever: words are added here, never renamed.
import type { IdKind } from '../ids.ts'

/** In a group's chain, which its admins see. */
export const groupActions = [
  'group.created',
  'group.edited',
  'group.deleted',
  'group.handed_over',
  'group.joining_changed',
  'group.location_policy_changed',
  'member.joined',
  'member.left',
  'member.removed',
  'member.role_changed',
  'invite.created',
  'invite.revoked',
  'request.declined',
  'item.removed_by_admin',
  'item.restored_by_admin',
  'comment.removed_by_admin',
] as const

/** In the site's chain. An export is written into the chain that was exported. */
export const siteActions = [
  'plan.set',
  'role.set',
  'person.banned',
  'person.unbanned',
  'person.warned',
  'item.removed',
  'item.quarantined',
  'item.restored',
  'comment.removed',
  'report.dismissed',
  'appeal.granted',
  'appeal.denied',
  'media.viewed',
  'review.approved',
  'review.refused',
  'review.threshold_set',
  'known_bad.added',
  'known_bad.lifted',
  'export.audit',
] as const

export const auditActions = [...groupActions, ...siteActions] as const
export type AuditAction = (typeof auditActions)[number]

/** What an entry can be about. `site`: nothing in particular, and it has no id. */
export const auditSubjectKinds = [
  'user',
  'group',
  'media',
  'comment',
  'invite',
  'case',
  'evidence',
  'appeal',
  'known_bad',
  'site',
] as const satisfies readonly (IdKind | 'appeal' | 'known_bad' | 'site')[]
export type AuditSubjectKind = (typeof auditSubjectKinds)[number]
