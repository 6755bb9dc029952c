// Brings a database to the present schema. Called by the migrate Lambda at deploy, by the local stack and by tests.
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import { connectPool, type PoolDatabase } from './connect-pool.ts'
import { findSchemaState, SchemaMismatch } from './schema-state.ts'

const besideSource = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Applies every migration that the database has not seen, each once. Two runs at the same time wait for one another.
 * Throws a SchemaMismatch for a database that is ahead of this code, and where a migration was passed over: Drizzle
 * looks at the newest applied one only, and two branches may have written theirs in another order.
 * @param migrationsFolder where the SQL lies, when the bundler moved it away from this file
 */
export async function migrate(connectionString: string, migrationsFolder: string = besideSource): Promise<void> {
  await withLock(connectionString, async (db) => {
    const before = await findSchemaState(db)
    if (before.state === 'ahead') throw new SchemaMismatch(before)
    await applyMigrations(db, { migrationsFolder })
    const after = await findSchemaState(db)
    if (after.state !== 'current') throw new SchemaMismatch(after)
  })
}

/**
 * Brings an empty database to the schema of a moment in the past, for a back-up from then.
 * @param lastMs when the newest migration to apply was written
 */
export async function migrateUpTo(connectionString: string, lastMs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-migrations-'))
  try {
    cpSync(besideSource, folder, { recursive: true })
    const entries = journal.entries.filter(({ when }) => when <= lastMs)
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
    await withLock(connectionString, (db) => applyMigrations(db, { migrationsFolder: folder }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function withLock(connectionString: string, work: (db: PoolDatabase) => Promise<void>): Promise<void> {
  const db = connectPool({ connectionString, statementTimeoutMs: 10 * 60_000 })
  try {
    // Drizzle takes no lock of its own: two deploys at once would both try to create the same table. The pool has one
    // connection, so this session-level lock and the migration share it, and it ends with the session.
    await db.execute(`select pg_advisory_lock(${migrationLock})`)
    await work(db)
  } finally {
    await db.$client.end()
  }
}

/** Any number that nothing else in this database uses. */
const migrationLock = 7_420_001
