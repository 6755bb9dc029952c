// Reading the audit log as whoever verifies it does: nothing is taken for granted that a constraint promises, since
// whoever changed the log may have lifted it.
import { sql } from 'drizzle-orm'
import type { AuditBody } from '@shoebox/shared/safety/audit-entry.ts'
import type { PoolDatabase } from '../connect-pool.ts'

export type AuditHead = {
  readonly chain: string
  /** What the head says; null when there is none. MACs are hexadecimal. */
  readonly seq: number | null
  readonly mac: string | null
  /** The highest number that an entry has; 0 when there is none. */
  readonly lastSeq: number
}

/** Every chain there is, as it is at one moment. */
export async function findAuditHeads(db: PoolDatabase): Promise<AuditHead[]> {
  const { rows } = await db.execute<{ chain: string; seq: string | null; mac: string | null; last_seq: string }>(sql`
    select coalesce(head.chain, entry.chain) as chain, head.seq, encode(head.mac, 'hex') as mac,
      coalesce(entry.last_seq, 0) as last_seq
    from audit_heads as head
      full join (select chain, max(seq) as last_seq from audit_entries group by chain) as entry on entry.chain = head.chain
    order by 1`)
  return rows.map(({ chain, seq, mac, last_seq }) => ({
    chain,
    seq: seq === null ? null : Number(seq),
    mac,
    lastSeq: Number(last_seq),
  }))
}

export type AuditRow = AuditBody & { readonly mac: string }

/**
 * Entries of a chain in its order, a page.
 * @param after the place of the last one that was read, or null
 */
export async function findAuditRows(
  db: PoolDatabase,
  chain: string,
  after: Pick<AuditRow, 'seq' | 'id'> | null,
  rowsMax: number,
): Promise<AuditRow[]> {
  const { rows } = await db.execute<{
    id: string
    seq: string
    action: string
    actor_id: string | null
    subject_kind: string
    subject_id: string | null
    at_ms: string
    detail: string
    mac: string
  }>(sql`
    select id, seq, action, actor_id, subject_kind, subject_id, detail::text as detail, encode(mac, 'hex') as mac,
      (extract(epoch from at) * 1000)::bigint as at_ms
    from audit_entries
    where chain = ${chain}::uuid and ${after === null ? sql`true` : sql`(seq, id) > (${after.seq}, ${after.id}::uuid)`}
    order by seq, id limit ${rowsMax}`)
  return rows.map((row) => ({
    chain,
    id: row.id,
    seq: Number(row.seq),
    action: row.action,
    actorId: row.actor_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    at: new Date(Number(row.at_ms)),
    detail: row.detail,
    mac: row.mac,
  }))
}
