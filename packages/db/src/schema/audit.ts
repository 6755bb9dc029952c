// The audit log: one chain for each group and one for the site. Rows are only ever appended, by the trigger
// `chain_audit_entry` (migrations/0018): it gives them their place and their MAC, and others refuse every change. No
// foreign keys: an entry outlives whoever did it and what it was done to.
import { sql } from 'drizzle-orm'
import { bigint, customType, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { AuditAction, AuditSubjectKind } from '@shoebox/shared/safety/audit-actions.ts'
import type { AuditDetail } from '@shoebox/shared/safety/audit-entry.ts'
import { idColumn, momentColumn, quote } from './columns.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** The entries whose detail names whom they concern, and where in it. */
export const concernedActions = [
  'comment.removed_by_admin',
  'item.removed_by_admin',
  'item.restored_by_admin',
  'group.handed_over',
] as const satisfies readonly AuditAction[]
export const concerned = sql.raw(`coalesce(detail ->> 'author', detail ->> 'owner', detail ->> 'to')`)

export const auditEntries = pgTable(
  'audit_entries',
  {
    id: idColumn('audit', 'id').primaryKey(),
    /** A group, or `siteChain`. */
    chain: uuid('chain').notNull(),
    /** From 1 on, without gaps. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    actorId: idColumn('user', 'actor_id'),
    subjectKind: text('subject_kind').$type<AuditSubjectKind>().notNull(),
    subjectId: uuid('subject_id'),
    detail: jsonb('detail').$type<AuditDetail>().notNull().default({}),
    at: momentColumn('at').notNull(),
    /** Given by whoever appends, used by the trigger, and null from then on. */
    rowKey: bytes('row_key'),
    mac: bytes('mac').notNull(),
  },
  (table) => [
    uniqueIndex('audit_entries_chain_seq').on(table.chain, table.seq),
    index('audit_entries_action').on(table.action, table.id),
    index('audit_entries_actor_id').on(table.actorId, table.id),
    index('audit_entries_subject_id').on(table.subjectId, table.id),
    // Whose comment or item an admin took away, and who got a group: those entries are about something else.
    index('audit_entries_concerned')
      .on(concerned)
      .where(sql.raw(`action in (${quote(concernedActions)})`)),
  ],
)

/** The end of each chain. Its row is the lock under which the chain grows, and the last that any statement takes. */
export const auditHeads = pgTable('audit_heads', {
  chain: uuid('chain').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  mac: bytes('mac').notNull(),
})
