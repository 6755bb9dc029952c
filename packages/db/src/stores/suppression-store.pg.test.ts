import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { connectPool, type PoolDatabase } from '../connect-pool.ts'
import { users } from '../schema/accounts.ts'
import { addressTrouble, findSuppression, suppressAddress } from './suppression-store.ts'

let database: ClonedDatabase
let db: PoolDatabase
const nowMs = Date.UTC(2026, 5, 15, 12)

beforeAll(async () => {
  database = await cloneDatabase()
  db = connectPool({ connectionString: database.url })
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

test('an address is suppressed whatever its case, and the first reason stays', async () => {
  await suppressAddress(db, { address: 'Ann@Example.org', reason: 'bounce', nowMs })
  await suppressAddress(db, { address: 'ann@example.org', reason: 'complaint', nowMs })
  expect(await findSuppression(db, 'ANN@example.org')).toBe('bounce')
  expect(await findSuppression(db, 'bob@example.org')).toBeNull()
})

test('the owner of a suppressed address can be told with what is read of them anyway', async () => {
  const at = new Date(nowMs)
  const account = { name: '', passwordHash: '-', emailVerifiedAt: at, createdAt: at }
  await db.insert(users).values([
    { ...account, id: numberedId('user', 1), email: 'ann@example.org' },
    { ...account, id: numberedId('user', 2), email: 'bob@example.org' },
  ])
  const read = await db.select({ email: users.email, trouble: addressTrouble }).from(users).orderBy(users.email)
  expect(read).toEqual([
    { email: 'ann@example.org', trouble: 'bounce' },
    { email: 'bob@example.org', trouble: null },
  ])
})
