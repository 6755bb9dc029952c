import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openDatabaseForTest } from '@shoebox/testing/open-database.ts'
import { migrate } from './migrate.ts'
import { compareSchema, findSchemaState } from './schema-state.ts'

test('a migrated database has the schema of this code, and migrating again changes nothing', async () => {
  const { url, db } = await openDatabaseForTest()
  expect(await findSchemaState(db)).toEqual({ state: 'current' })
  await migrate(url)
  expect(await findSchemaState(db)).toEqual({ state: 'current' })
})

test('an empty database is behind by every migration', async () => {
  const { db } = await openDatabaseForTest()
  await db.execute(sql`drop schema drizzle cascade`)
  expect(await findSchemaState(db)).toMatchObject({
    state: 'behind',
    missing: expect.arrayContaining(['0000_accounts-media-likes']),
  })
})

test('a database that is ahead is not migrated, and says what to do', async () => {
  const { url, db } = await openDatabaseForTest()
  const later = Date.UTC(2100, 0)
  await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${later})`)
  expect(await findSchemaState(db)).toEqual({ state: 'ahead', unknown: 1 })
  await expect(migrate(url)).rejects.toThrow(/ahead of this code by 1 migration\. Use the code that made it/)
})

test('a migration that was passed over is an error, though Drizzle has nothing to apply', async () => {
  const { url, db } = await openDatabaseForTest()
  await db.execute(sql`delete from drizzle.__drizzle_migrations where id = 2`)
  await expect(migrate(url)).rejects.toThrow(/behind this code: 0001_upload-at-full-strength is missing/)
})

test('what is missing counts for more than what is unknown', () => {
  const known = [
    { when: 1, tag: 'one' },
    { when: 2, tag: 'two' },
  ]
  expect(compareSchema([1, 3], known)).toEqual({ state: 'behind', missing: ['two'] })
})
