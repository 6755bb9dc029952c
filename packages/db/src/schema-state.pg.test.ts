import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { connectPool, type PoolDatabase } from './connect-pool.ts'
import { migrate } from './migrate.ts'
import { compareSchema, findSchemaState } from './schema-state.ts'

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

test('a migrated database has the schema of this code, and migrating again changes nothing', async () => {
  expect(await findSchemaState(db)).toEqual({ state: 'current' })
  await migrate(database.url)
  expect(await findSchemaState(db)).toEqual({ state: 'current' })
})

test('an empty database is behind by every migration', async () => {
  await db.execute(sql`drop schema drizzle cascade`)
  expect(await findSchemaState(db)).toMatchObject({
    state: 'behind',
    missing: expect.arrayContaining(['0000_accounts-media-likes']),
  })
})

test('a database that is ahead is not migrated, and says what to do', async () => {
  const later = Date.UTC(2100, 0)
  await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${later})`)
  expect(await findSchemaState(db)).toEqual({ state: 'ahead', unknown: 1 })
  await expect(migrate(database.url)).rejects.toThrow(/ahead of this code by 1 migration\. Use the code that made it/)
})

test('a migration that was passed over is an error, though Drizzle has nothing to apply', async () => {
  await db.execute(sql`delete from drizzle.__drizzle_migrations where id = 2`)
  await expect(migrate(database.url)).rejects.toThrow(/behind this code: 0001_upload-at-full-strength is missing/)
})

test('what is missing counts for more than what is unknown', () => {
  const known = [
    { when: 1, tag: 'one' },
    { when: 2, tag: 'two' },
  ]
  expect(compareSchema([1, 3], known)).toEqual({ state: 'behind', missing: ['two'] })
})
