// What the audit log says of somebody, for the export of their data: what they did, what was done to them, to their
// items, those that are gone too, and to their comments. Of others' acts it says neither whose they were nor, but to themselves, the details.
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { idFromUuid, uuidOf, type UserId } from '@shoebox/shared/ids.ts'
import { siteChain } from '@shoebox/shared/safety/audit-entry.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { auditEntries, concerned, concernedActions } from '../schema/audit.ts'
import { quote } from '../schema/columns.ts'

export async function readLogged(db: PoolDatabase, userId: UserId) {
  const me = uuidOf(userId)
  // A union, since Postgres takes an index for each part of it and none for the same with `or`.
  const concerning = sql`(
    select id from audit_entries where actor_id = ${me}
    union select id from audit_entries where subject_id = ${me} and subject_kind = 'user'
    union select entry.id from media join audit_entries as entry on entry.subject_id = media.id
      where media.owner_id = ${me} and entry.subject_kind = 'media'
    union select id from audit_entries
      where ${sql.raw(`action in (${quote(concernedActions)})`)} and (${concerned}) = ${me}::text)`
  const rows = await db
    .select({
      at: auditEntries.at,
      action: auditEntries.action,
      chain: auditEntries.chain,
      isOwnAct: sql<boolean>`coalesce(${eq(auditEntries.actorId, userId)}, false)`,
      about: auditEntries.subjectKind,
      detail: sql`case when subject_kind = 'user' and subject_id = ${me} then detail end`,
    })
    .from(auditEntries)
    .where(inArray(auditEntries.id, concerning))
    .orderBy(asc(auditEntries.id))
  return rows.map(({ chain, ...entry }) => ({
    ...entry,
    groupId: chain === siteChain ? null : idFromUuid('group', chain),
  }))
}
