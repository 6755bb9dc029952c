// Writing the audit log. An entry is a part of the statement that does what it tells of, so that neither is there without
// the other. The trigger `chain_audit_entry` numbers and binds it; it locks the chain's head, which nobody locks before
// anything else: what an action still has to lock comes in front of it.
import { sql, type SQL } from 'drizzle-orm'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { siteChain, type AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import { moment } from './moment.ts'

/** A wish whose statement appends an entry, if it does what is wished. */
export type Audited = { readonly audit: AuditEntry }

/** What only the statement knows. */
type Known = { readonly chain?: SQL; readonly subjectId?: SQL; /** A jsonb. */ readonly detail?: SQL }

/**
 * A part of a statement, `audited as (…)`, that appends the entry if something happened.
 * @param happened what stands after `from`: a part that returns rows if and only if the action was done
 * @param known expressions that take the place of what the entry says; they may not name columns of `happened`
 */
export const auditedBy = (entry: AuditEntry, happened: SQL, known: Known = {}): SQL => sql`
        insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
        select ${uuidOf(entry.id)}::uuid, decode(${entry.rowKey}, 'hex'), ${known.chain ?? chainOf(entry)},
          ${entry.action}, ${idOrNull(entry.actorId)}, ${entry.subject.kind},
          ${known.subjectId ?? idOrNull(entry.subject.id)}, ${known.detail ?? detailOf(entry)}, ${moment(entry.atMs)}
        where (select count(*) from ${happened}) > 0`

/**
 * The same for several things of which each may have happened or not: an entry is appended where `happened` has a row
 * with its subject's id in the column `id`. All are one person's.
 * @param known expressions over the rows of `happened`
 */
export const auditedEach = (entries: readonly AuditEntry[], happened: SQL, known: Known = {}): SQL => sql`
        insert into audit_entries (id, row_key, chain, action, actor_id, subject_kind, subject_id, detail, at)
        select entry.id, decode(entry.row_key, 'hex'), ${known.chain ?? sql`entry.chain`}, entry.action, entry.actor_id,
          entry.subject_kind, entry.subject_id, ${known.detail ?? sql`entry.detail`}, entry.at
        from ${happened} as happened join jsonb_to_recordset(${JSON.stringify(entries.map(rowOf))}::jsonb)
          as entry (id uuid, row_key text, chain uuid, action text, actor_id uuid, subject_kind text, subject_id uuid,
            detail jsonb, at timestamptz)
          on entry.subject_id = happened.id
        -- Everything has happened, with its locks, before the first head is locked; and heads are locked in one order.
        order by ${known.chain ?? sql`entry.chain`}, entry.id`

const chainOf = ({ chain }: AuditEntry): SQL => sql`${chain === null ? siteChain : uuidOf(chain)}::uuid`

const idOrNull = (id: AuditEntry['subject']['id']): SQL => sql`${id === null ? null : uuidOf(id)}::uuid`

const detailOf = ({ detail }: AuditEntry): SQL => sql`${JSON.stringify(detail ?? {})}::jsonb`

const rowOf = (entry: AuditEntry) => ({
  id: uuidOf(entry.id),
  row_key: entry.rowKey,
  chain: entry.chain === null ? siteChain : uuidOf(entry.chain),
  action: entry.action,
  actor_id: entry.actorId === null ? null : uuidOf(entry.actorId),
  subject_kind: entry.subject.kind,
  subject_id: entry.subject.id === null ? null : uuidOf(entry.subject.id),
  detail: entry.detail ?? {},
  at: new Date(entry.atMs).toISOString(),
})
