// Brings a database to the present schema. Called by the migrate Lambda at deploy, by the local stack and by tests.
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { fileURLToPath } from 'node:url'
import { connectPool } from './connect-pool.ts'
import { findSchemaState, SchemaMismatch } from './schema-state.ts'

const besideSource = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Applies every migration that the database has not seen, each once. Two runs at the same time wait for one another.
 * Throws a SchemaMismatch for a database that is ahead of this code, and where a migration was passed over: Drizzle
 * looks at the newest applied one only, and two branches may have written theirs in another order.
 * @param migrationsFolder where the SQL lies, when the bundler moved it away from this file
 */
export async function migrate(connectionString: string, migrationsFolder: string = besideSource): Promise<void> {
  const db = connectPool({ connectionString, statementTimeoutMs: 10 * 60_000 })
  try {
    // Drizzle takes no lock of its own: two deploys at once would both try to create the same table. The pool has one
    // connection, so this session-level lock and the migration share it.
    await db.execute(`select pg_advisory_lock(${migrationLock})`)
    const before = await findSchemaState(db)
    if (before.state === 'ahead') throw new SchemaMismatch(before)
    await applyMigrations(db, { migrationsFolder })
    const after = await findSchemaState(db)
    if (after.state !== 'current') throw new SchemaMismatch(after)
    await db.execute(`select pg_advisory_unlock(${migrationLock})`)
  } finally {
    await db.$client.end()
  }
}

/** Any number that nothing else in this database uses. */
const migrationLock = 7_420_001
