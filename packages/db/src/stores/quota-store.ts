// What people's uploads come to. The ledgers follow `quota_bytes` of the rows and change with them in one statement.
// Whoever changes both locks in this order: rows of media, the person's total (which guards everything of theirs),
// days; several people in the order of their ids. A pre-flight only adds rows of media, so it begins with the total.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { quotaDayOf } from '@shoebox/shared/upload/quota-plans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { quotaDays, quotaTotals } from '../schema/quota.ts'
import { viewerId } from './block-filter.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

/** Parts of a statement that give back what the rows of `ending` weigh, which it has locked by then. */
export const giveTotalBack = sql.raw(`purse as (
    select user_id from quota_totals
    where user_id = any((select array_agg(owner_id) from ending where quota_bytes > 0)::uuid[])
    order by user_id for update
  ), total as (
    update quota_totals set bytes = quota_totals.bytes - back.bytes
    from purse join (select owner_id, sum(quota_bytes) as bytes from ending group by owner_id) as back
      on back.owner_id = purse.user_id
    where quota_totals.user_id = purse.user_id
  )`)

/**
 * Ends those reserved uploads that the condition names and gives their room back; answers their ids. What is settled
 * meanwhile is left alone.
 * @param outbox a further part of the statement, such as `, outbox as (…)` over the rows of `ending`
 */
export const endReserved = (
  which: SQL,
  state: Exclude<StoredState, 'reserved' | 'ready'>,
  nowMs: number,
  reason: InspectionRefusal | null = null,
  outbox: SQL = sql``,
): SQL => sql`
  with ending as (
    select id, owner_id, quota_bytes, quota_day, null as incoming_key, null as multipart_upload_id, false as was_shown from ${media}
    where ${which} and ${media.state} = 'reserved'
    order by id for update
  ), ${giveTotalBack}, today as (
    update quota_days set bytes = quota_days.bytes - back.bytes
    from purse join (select owner_id, quota_day, sum(quota_bytes) as bytes from ending group by owner_id, quota_day)
      as back on back.owner_id = purse.user_id
    where quota_days.user_id = purse.user_id and quota_days.day = back.quota_day
  )${outbox}
  update media set state = ${state}, refusal_reason = ${reason}, quota_bytes = 0,
    settled_at = ${new Date(nowMs).toISOString()}::timestamptz
  from ending where media.id = ending.id
  returning media.id`

export type UsageWish = { readonly sessionId: string; readonly nowMs: number }

const usageQuery = declareQuery((db, wish: Slots<UsageWish & { readonly day: string }>) =>
  db
    .select({
      plan: users.plan,
      dayBytes: sql<number>`greatest(${quotaDays.bytes}, 0)`.mapWith(Number),
      totalBytes: sql<number>`greatest(${quotaTotals.bytes}, 0)`.mapWith(Number),
    })
    .from(users)
    .leftJoin(quotaTotals, eq(quotaTotals.userId, users.id))
    .leftJoin(quotaDays, and(eq(quotaDays.userId, users.id), eq(quotaDays.day, wish.day)))
    .where(eq(users.id, viewerId(wish))),
)

/** The plan of the session's user and what is used of it, and the session itself, in one trip. */
export async function findUsage(db: EdgeDatabase, wish: UsageWish) {
  const [session, [data]] = await readAs(db, wish.sessionId, [usageQuery(db, { ...wish, day: quotaDayOf(wish.nowMs) })])
  return { session, data: data ?? null } satisfies SessionRead<object | null>
}
