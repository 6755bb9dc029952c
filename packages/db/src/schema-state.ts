// Whether a database has the schema that this code was written for. Asked at a start, by a migration, by `npm run
// status` and by the site's health; nobody serves on a schema that lacks something without saying so.
import { sql, type SQL } from 'drizzle-orm'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }

export type SchemaState =
  | { readonly state: 'current' }
  /** Migrations of this code that the database has not seen; all of them when it is empty. */
  | { readonly state: 'behind'; readonly missing: readonly string[] }
  /** How many migrations the database has that this code does not know. */
  | { readonly state: 'ahead'; readonly unknown: number }

/** Both kinds of database do this. */
export type SchemaDatabase = { execute(query: SQL): Promise<{ readonly rows: readonly Record<string, unknown>[] }> }

const appliedTable = sql`select to_regclass('drizzle.__drizzle_migrations') is not null as is_there`
const applied = sql`select created_at from drizzle.__drizzle_migrations`

export async function findSchemaState(db: SchemaDatabase): Promise<SchemaState> {
  const isThere = (await db.execute(appliedTable)).rows[0]?.['is_there'] === true
  const rows = isThere ? (await db.execute(applied)).rows : []
  return compareSchema(rows.map((row) => Number(row['created_at'])))
}

/**
 * Drizzle knows a migration by the moment it was written. Something missing counts for more than something unknown: it
 * breaks statements, while a schema that is only ahead is what old code meets during every deployment.
 * @param appliedAt those of the database, milliseconds
 */
export function compareSchema(
  appliedAt: readonly number[],
  known: readonly { readonly when: number; readonly tag: string }[] = journal.entries,
): SchemaState {
  const missing = known.filter(({ when }) => !appliedAt.includes(when)).map(({ tag }) => tag)
  if (missing.length > 0) return { state: 'behind', missing }
  const unknown = appliedAt.filter((at) => !known.some(({ when }) => when === at)).length
  return unknown > 0 ? { state: 'ahead', unknown } : { state: 'current' }
}

/** Thrown where going on would do harm; its message says what to do. */
export class SchemaMismatch extends Error {
  constructor(state: Exclude<SchemaState, { state: 'current' }>) {
    super(explainSchema(state))
    this.name = 'SchemaMismatch'
  }
}

export const explainSchema = (state: Exclude<SchemaState, { state: 'current' }>): string =>
  state.state === 'behind'
    ? `The database is behind this code: ${state.missing.join(', ')} ${state.missing.length === 1 ? 'is' : 'are'} missing. Run the migrations (a deployment does; so does \`npm start\`).`
    : `The database is ahead of this code by ${state.unknown} migration${state.unknown === 1 ? '' : 's'}. Use the code that made it, or restore a back-up that fits; migrations only go forward.`

/** SQLSTATEs of a statement that names a table, a column or a function that is not there. */
const missingStates = new Set(['42P01', '42703', '42883', '42704', '3F000'])

/** Whether a statement failed because the schema lacks what the code needs. */
export const isSchemaFault = (sqlState: string | null): boolean => sqlState !== null && missingStates.has(sqlState)
