// What the janitor throws away because nobody asks for it any more. Bounded, so that a round stays short: the rest is
// there in the next one.
import { sql, type SQL } from 'drizzle-orm'
import { notificationDays } from '@shoebox/shared/notices/kinds.ts'
import { quotaDayOf } from '@shoebox/shared/upload/quota-plans.ts'
import type { PoolDatabase } from '../connect-pool.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/**
 * Rows of each table that are over. A rate limit's window is a day at most. A wish to delete outlives every message and
 * every arrived object that could ask for the same again; what is in the incoming bucket expires after 30 days.
 */
const endedRows = {
  rate_limits: (nowMs: number) => sql`window_start < ${at(nowMs - 2 * dayMs)}`,
  verifications: (nowMs: number) => sql`created_at < ${at(nowMs - dayMs)} and expires_at < ${at(nowMs)}`,
  sessions: (nowMs: number) => sql`expires_at < ${at(nowMs)}`,
  undos: (nowMs: number) => sql`expires_at < ${at(nowMs)}`,
  // As long as a browser keeps what it is known by.
  devices: (nowMs: number) => sql`seen_at < ${at(nowMs - 400 * dayMs)}`,
  quota_days: (nowMs: number) => sql`day < ${quotaDayOf(nowMs - 35 * dayMs)}::date`,
  deletions: (nowMs: number) => sql`done_at < ${at(nowMs - 60 * dayMs)}`,
  notifications: (nowMs: number) => sql`last_at < ${at(nowMs - notificationDays * dayMs)}`,
  // A day longer than a queue keeps a dead letter.
  deliveries: (nowMs: number) => sql`made_at < ${at(nowMs - 15 * dayMs)}`,
  reconciliations: (nowMs: number) => sql`ended_at < ${at(nowMs - 60 * dayMs)}`,
  remakes: (nowMs: number) => sql`asked_at < ${at(nowMs - 30 * dayMs)}`,
} as const satisfies Record<string, (nowMs: number) => SQL>

export type PrunedTable = keyof typeof endedRows
export const prunedTables = Object.keys(endedRows) as PrunedTable[]

const at = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`

/** Deletes rows of a table that are over, so many at most, and answers how many there were. */
export async function pruneTable(
  db: PoolDatabase,
  table: PrunedTable,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<number> {
  const name = sql.identifier(table)
  const { rowCount } = await db.execute(sql`
    delete from ${name} where ctid = any(array(
      select ctid from ${name} where ${endedRows[table](nowMs)} limit ${rowsMax} for update skip locked))`)
  return rowCount ?? 0
}
