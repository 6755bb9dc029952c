// What the reconciliation reads of rows and ledgers, in pages, and where it keeps how far it has come.
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm'
import { idFromUuid, uuidOf, type MediaId, type UserId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { reconciliations, remakes, type ReconcileCursor, type ReconcileReport } from '../schema/upkeep.ts'

/** What rows say of their objects, in the order of their ids, which is that of their keys in S3. */
export const findRowsAfter = async (db: PoolDatabase, after: MediaId | null, rowsMax: number) =>
  await db
    .select({
      id: media.id,
      state: media.state,
      listing: media.listing,
      generation: media.generation,
      derivatives: media.derivatives,
      hasPlay: media.hasPlay,
      captions: media.captions,
      copyType: media.copyType,
      bytes: media.bytes,
      settledAt: media.settledAt,
    })
    .from(media)
    .where(after === null ? undefined : gt(media.id, after))
    .orderBy(asc(media.id))
    .limit(rowsMax)

export type ReconciledRow = Awaited<ReturnType<typeof findRowsAfter>>[number]

export type Ledger = { readonly userId: UserId; readonly driftBytes: number }

/**
 * A page of people, with how far what is counted for them is from what their rows come to. A day may count more than
 * its rows, since what was deleted stays used up; never less.
 */
export async function findLedgersAfter(db: PoolDatabase, after: UserId | null, rowsMax: number): Promise<Ledger[]> {
  const { rows } = await db.execute<{ id: string; drift: string }>(sql`
    with person as (
      select id from ${users} ${after === null ? sql`` : sql`where id > ${uuidOf(after)}::uuid`} order by id limit ${rowsMax}
    ), counted as (
      select owner_id, quota_day, sum(quota_bytes) as bytes from ${media}
      where owner_id in (select id from person) group by owner_id, quota_day
    )
    select person.id, greatest(
      abs(coalesce(total.bytes, 0) - coalesce((select sum(bytes) from counted where owner_id = person.id), 0)),
      (select coalesce(max(counted.bytes - day.bytes), 0) from quota_days as day
        join counted on counted.owner_id = day.user_id and counted.quota_day = day.day
        where day.user_id = person.id)
    ) as drift
    from person left join quota_totals as total on total.user_id = person.id
    order by person.id`)
  return rows.map(({ id, drift }) => ({ userId: idFromUuid('user', id), driftBytes: Number(drift) }))
}

/** Counts a person's rows anew, under the lock that everything of their quota takes. */
export async function mendLedger(db: PoolDatabase, userId: UserId): Promise<void> {
  const owner = sql`${uuidOf(userId)}::uuid`
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into quota_totals (user_id, bytes) values (${owner}, 0)
      on conflict (user_id) do update set bytes = quota_totals.bytes`)
    // A statement of its own: what the one before had to wait for is seen only now.
    await tx.execute(sql`
      with counted as (
        select quota_day, sum(quota_bytes) as bytes from ${media} where owner_id = ${owner} group by quota_day
      ), day as (
        update quota_days set bytes = greatest(quota_days.bytes, counted.bytes)
        from counted where quota_days.user_id = ${owner} and quota_days.day = counted.quota_day
      )
      update quota_totals set bytes = coalesce((select sum(bytes) from counted), 0) where user_id = ${owner}`)
  })
}

export type Reconciliation = typeof reconciliations.$inferSelect

/** What a run mends of what it finds: nothing, missing files within the limits of the clock, or all that can be mended. */
export type MendedClass = 'nothing' | 'derivatives' | 'all'

const nothing: ReconcileReport = { rows: 0, objects: 0, bytes: 0, found: {}, samples: [] }

export async function beginReconciliation(
  db: PoolDatabase,
  mended: MendedClass,
  nowMs: number,
): Promise<Reconciliation> {
  const cursor: ReconcileCursor = { phase: 'media', after: null }
  const [begun] = await db
    .insert(reconciliations)
    .values({
      beganAt: new Date(nowMs),
      mends: mended === 'all',
      remakesOnly: mended === 'derivatives',
      cursor,
      report: nothing,
    })
    .returning()
  if (begun === undefined) throw new Error('the reconciliation was not written')
  return begun
}

/** The last one that was begun, the last that is not ended, the last that is, and the last of the clock's remakes. */
export async function findReconciliations(db: PoolDatabase) {
  const newest = (where?: SQL) =>
    db.select().from(reconciliations).where(where).orderBy(desc(reconciliations.id)).limit(1)
  const [last] = await newest()
  const [unended] = await newest(isNull(reconciliations.endedAt))
  const [ended] = await newest(isNotNull(reconciliations.endedAt))
  const [lastRemake] = await newest(eq(reconciliations.remakesOnly, true))
  return { last: last ?? null, unended: unended ?? null, ended: ended ?? null, lastRemake: lastRemake ?? null }
}

/** Notes how far it has come. False: somebody else goes on with it, or has ended it. */
export async function keepProgress(
  db: PoolDatabase,
  { id, steps }: Pick<Reconciliation, 'id' | 'steps'>,
  progress: Pick<Reconciliation, 'cursor' | 'report' | 'endedAt'>,
): Promise<boolean> {
  const kept = await db
    .update(reconciliations)
    .set({ ...progress, steps: steps + 1 })
    .where(and(eq(reconciliations.id, id), eq(reconciliations.steps, steps), isNull(reconciliations.endedAt)))
    .returning({ id: reconciliations.id })
  return kept.length > 0
}

/** Notes that an item's missing files are to be made again. False: that was in vain too often. */
export async function noteRemake(
  db: PoolDatabase,
  mediaId: MediaId,
  { nowMs, asksMax }: { nowMs: number; asksMax: number },
): Promise<boolean> {
  const askedAt = new Date(nowMs)
  const noted = await db
    .insert(remakes)
    .values({ mediaId, askedAt })
    .onConflictDoUpdate({
      target: remakes.mediaId,
      set: { asks: sql`${remakes.asks} + 1`, askedAt },
      setWhere: lt(remakes.asks, asksMax),
    })
    .returning({ mediaId: remakes.mediaId })
  return noted.length > 0
}
