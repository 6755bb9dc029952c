// Counting of rate-limited calls. Counts and the call's own statements run in one batch, so a refused call writes
// nothing but its count. Used by the account stores.
import { and, eq, gt, notExists, or, sql, type SQL } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { rateLimits } from '../schema/rate-limits.ts'

/** One count that a call adds to. */
export type Charge = {
  readonly key: string
  readonly windowSeconds: number
  readonly windowStart: Date
  readonly timesMax: number
}

/** Adds one to every count and returns what they came to. Give the charges sorted: two calls then never deadlock. */
export const countChargesQuery = (db: EdgeDatabase, charges: readonly Charge[]) =>
  db
    .insert(rateLimits)
    .values(charges.map(({ key, windowSeconds, windowStart }) => ({ key, windowSeconds, windowStart, count: 1 })))
    .onConflictDoUpdate({
      target: [rateLimits.key, rateLimits.windowSeconds, rateLimits.windowStart],
      set: { count: sql`${rateLimits.count} + 1` },
    })
    .returning({
      key: rateLimits.key,
      windowSeconds: rateLimits.windowSeconds,
      windowStart: rateLimits.windowStart,
      count: rateLimits.count,
    })

export const countCharges = async (db: EdgeDatabase, charges: readonly Charge[]) => await countChargesQuery(db, charges)

/** A condition for statements of the same batch: none of these counts is over its limit. */
export const withinLimits = (db: EdgeDatabase, charges: readonly Charge[]): SQL =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(rateLimits)
      .where(
        or(
          ...charges.map((charge) =>
            and(
              eq(rateLimits.key, charge.key),
              eq(rateLimits.windowSeconds, charge.windowSeconds),
              eq(rateLimits.windowStart, charge.windowStart),
              gt(rateLimits.count, charge.timesMax),
            ),
          ),
        ),
      ),
  )
