// What the pages about health ask, each in one trip.
import { sql } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { findDatabaseFault, retryRead } from '../database-fault.ts'
import { compareSchema, isSchemaFault, type SchemaState } from '../schema-state.ts'
import { rounds } from '../schema/operations.ts'
import { toRound, type Round } from './round-store.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

export type SiteHealth = {
  readonly schema: SchemaState['state']
  /** The last one of every task, by name. */
  readonly rounds: readonly Round[]
}

/** Throws when the database cannot be asked; a schema that lacks something is an answer. */
export async function readHealth(db: EdgeDatabase): Promise<SiteHealth> {
  try {
    const [applied, last] = await retryRead(() => db.batch([appliedQuery(db, {}), roundsQuery(db, {})]))
    return describeHealth(applied.rows, last)
  } catch (error) {
    if (isSchemaFault(findDatabaseFault(error)?.sqlState ?? null)) return { schema: 'behind', rounds: [] }
    throw error
  }
}

/** The same, and the session of whoever asks. What was read is for administrators only. */
export async function readSystem(db: EdgeDatabase, sessionId: string) {
  const [session, applied, last] = await readAs(db, sessionId, [appliedQuery(db, {}), roundsQuery(db, {})])
  return { session, data: describeHealth(applied.rows, last) } satisfies SessionRead<SiteHealth>
}

const appliedQuery = declareQuery((db, _: Slots<object>) =>
  db.execute<{ created_at: string }>(sql`select created_at from drizzle.__drizzle_migrations`),
)

const roundsQuery = declareQuery((db, _: Slots<object>) => db.select().from(rounds).orderBy(rounds.task))

const describeHealth = (
  applied: readonly { readonly created_at: string }[],
  last: readonly (typeof rounds.$inferSelect)[],
): SiteHealth => ({
  schema: compareSchema(applied.map((row) => Number(row.created_at))).state,
  rounds: last.map(toRound),
})
