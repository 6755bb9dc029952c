// What a migration makes of rows that were there before it, and what code from before it still does beside it.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import { connectPool, type PoolDatabase } from './connect-pool.ts'
import { migrate, migrateUpTo } from './migrate.ts'

let database: ClonedDatabase
let db: PoolDatabase

beforeEach(async () => {
  database = await cloneDatabase()
  db = connectPool({ connectionString: database.url })
})

afterEach(async () => {
  await db.$client.end()
  await database.drop()
})

/** Brings the database to the schema of the moment before a migration. */
async function goBackBefore(number: number): Promise<void> {
  await db.execute(sql`drop schema public, drizzle cascade`)
  await db.execute(sql`create schema public`)
  await migrateUpTo(database.url, (journal.entries[number]?.when ?? Number.NaN) - 1)
}

const rowsOf = async (query: ReturnType<typeof sql>) => (await db.execute(query)).rows

test('0027: a comparison under way stays what it was, and code from before begins and reads one as ever', async () => {
  await goBackBefore(27)
  const begin = (mends: boolean) =>
    db.execute(sql`
      insert into reconciliations (began_at, mends, cursor, report) values ('2026-06-15T12:00Z', ${mends}, '{}', '{}')`)
  await begin(false)
  await begin(true)
  await migrate(database.url)
  await begin(false)
  expect(await rowsOf(sql`select mends, remakes_only from reconciliations order by id`)).toEqual([
    { mends: false, remakes_only: false },
    { mends: true, remakes_only: false },
    { mends: false, remakes_only: false },
  ])
})
