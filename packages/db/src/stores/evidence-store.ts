// What is kept to judge a report by. The purge copies it before it may delete anything of the item (deletion-store.ts asks
// here), and deletes the copies when a case is forgotten.
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { EvidenceId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { evidence } from '../schema/reports.ts'
import { moment } from './moment.ts'

/** Tries of about an hour each: what cannot be copied in a day must not keep other people's data for ever. */
export const evidenceTriesMax = 30

export type DueEvidence = Awaited<ReturnType<typeof claimEvidence>>[number]

/**
 * Takes evidence that is to be copied or to go, each with its next try written ahead: after 1, 2, 4 … minutes and never
 * more than an hour.
 */
export async function claimEvidence(db: PoolDatabase, { nowMs, rowsMax }: { nowMs: number; rowsMax: number }) {
  const due = db
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(inArray(evidence.state, ['wanted', 'unwanted']), lte(evidence.nextTryAt, new Date(nowMs))))
    .orderBy(evidence.nextTryAt)
    .limit(rowsMax)
    .for('update', { skipLocked: true })
  return await db
    .update(evidence)
    .set({
      attempts: sql`least(${evidence.attempts} + 1, 1000)`,
      nextTryAt: sql`${moment(nowMs)} + least(interval '1 hour', interval '1 minute' * (1 << least(${evidence.attempts}, 9)))`,
    })
    .where(inArray(evidence.id, due))
    .returning({
      id: evidence.id,
      mediaId: evidence.mediaId,
      generation: evidence.generation,
      files: evidence.files,
      state: evidence.state,
      attempts: evidence.attempts,
    })
}

/** Notes what was copied; where there was nothing to copy, that it is missing. What was wanted until then may go now. */
export async function markCopied(
  db: PoolDatabase,
  id: EvidenceId,
  { files, bytes, nowMs }: { readonly files: readonly string[]; readonly bytes: number; readonly nowMs: number },
): Promise<void> {
  const state = files.length === 0 ? 'missing' : 'kept'
  const keptAt = files.length === 0 ? null : new Date(nowMs)
  await db
    .update(evidence)
    .set({ state, files: [...files], bytes, keptAt })
    .where(and(eq(evidence.id, id), eq(evidence.state, 'wanted')))
}

/** Forgets evidence of which S3 lists nothing any more. */
export async function removeEvidence(db: PoolDatabase, id: EvidenceId): Promise<void> {
  await db.delete(evidence).where(and(eq(evidence.id, id), eq(evidence.state, 'unwanted')))
}

/**
 * Forgets what the cases looked like that were decided before a moment: names, texts, notes, and with them the copies.
 * What was reported for which reason, and what became of it, stays. Answers how many.
 */
export async function forgetCases(
  db: PoolDatabase,
  before: Date,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with due as (
      select id from cases where forgotten_at is null and not (state in ('open', 'quarantined'))
        and decided_at < ${moment(before)}
      order by decided_at limit ${rowsMax} for update skip locked
    ), forgotten as (
      update cases set forgotten_at = ${moment(nowMs)}, decision_note = '' from due where cases.id = due.id
      returning cases.id
    ), wordless as (
      update reports set snapshot = null, note = '' from forgotten where reports.case_id = forgotten.id
    ), unwanted as (
      update evidence set state = 'unwanted', attempts = 0, next_try_at = ${moment(nowMs)}
      from forgotten where evidence.case_id = forgotten.id
    )
    select count(*)::int as count from forgotten`)
  return rows[0]?.count ?? 0
}
