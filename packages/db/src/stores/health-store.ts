// What the site's own health page asks, in one trip.
import { sql } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { findDatabaseFault, retryRead } from '../database-fault.ts'
import { compareSchema, isSchemaFault, type SchemaState } from '../schema-state.ts'
import { rounds } from '../schema/operations.ts'

export type SiteHealth = {
  readonly schema: SchemaState['state']
  readonly rounds: readonly { readonly task: string; readonly isOk: boolean; readonly endedMs: number }[]
}

/** Throws when the database cannot be asked; a schema that lacks something is an answer. */
export async function readHealth(db: EdgeDatabase): Promise<SiteHealth> {
  try {
    const [applied, last] = await retryRead(() =>
      db.batch([
        db.execute<{ created_at: string }>(sql`select created_at from drizzle.__drizzle_migrations`),
        db.select({ task: rounds.task, isOk: rounds.isOk, endedAt: rounds.endedAt }).from(rounds).orderBy(rounds.task),
      ]),
    )
    const { state } = compareSchema(applied.rows.map((row) => Number(row.created_at)))
    return {
      schema: state,
      rounds: last.map(({ task, isOk, endedAt }) => ({ task, isOk, endedMs: endedAt.getTime() })),
    }
  } catch (error) {
    if (isSchemaFault(findDatabaseFault(error)?.sqlState ?? null)) return { schema: 'behind', rounds: [] }
    throw error
  }
}
