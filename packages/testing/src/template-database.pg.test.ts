import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { cloneDatabase } from './template-database.ts'

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

test('gives each caller the whole schema and none of the other’s rows', async () => {
  const [one, other] = await Promise.all([cloneDatabase(), cloneDatabase()])
  await query(one.url, 'create table mine (id int)')
  expect(await query(other.url, `select to_regclass('mine') as found`)).toEqual([{ found: null }])
  expect(await query(other.url, `select to_regclass('users') is not null as found`)).toEqual([{ found: true }])
  await Promise.all([one.drop(), other.drop()])
})

test('drops a database that someone is still connected to', async () => {
  const clone = await cloneDatabase()
  const client = new pg.Client({ connectionString: clone.url })
  client.on('error', () => {})
  await client.connect()
  await clone.drop()
  const names = await query(inject('postgres').adminUrl, 'select datname from pg_database')
  expect(names).not.toContainEqual({ datname: new URL(clone.url).pathname.slice(1) })
})
