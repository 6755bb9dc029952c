// The rehearsal that docs/runbook/back-up.md promises: a filled database is written to a file, destroyed and restored,
// and every table is compared row by row.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, migrateUpTo } from '@shoebox/db/migrate.ts'
import { startPostgres, type Postgres } from '../../postgres/start-postgres.ts'
import { backUpDatabase, listTables } from './back-up.ts'
import { restoreDatabase } from './restore.ts'
import { fillBeside, nameOf, swapDatabase, urlOf } from './swap-database.ts'

let folder: string
let postgres: Postgres
const nowMs = Date.UTC(2026, 5, 15, 12)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shoebox-rehearsal-'))
  postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
  await migrate(postgres.url)
  await query(
    postgres.url,
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     select gen_random_uuid(), 'ann' || n || '@example.org', E'A\\tnn\\n\\\\. "Ö" 🎈 ' || n, '-', now(), now()
     from generate_series(1, 2000) as n`,
    `insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256, state,
       incoming_key, created_at, type, kind, bytes, generation, published_at, derivatives)
     select gen_random_uuid(), id, gen_random_uuid(), 0, name, 'image/jpeg', 1, null, 'ready', id::text, now(),
       'image/jpeg', 'image', 9007199254740991, 'a', now(), '[{"name":"tile"}]' from users`,
    `insert into likes select owner_id, id, now() from media`,
    `insert into audit_entries (id, row_key, chain, action, subject_kind, at)
     select gen_random_uuid(), decode(repeat('ab', 128), 'hex'), gen_random_uuid(), 'plan.set', 'site', now()
     from generate_series(1, 3)`,
  )
})

afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Rows and a hash over all of their text, in an order of their own, for every table: not the back-up's own sums. */
async function fingerprint(url: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const found: Record<string, unknown> = {}
  for (const { table } of await listTables(client)) {
    const { rows } = await client.query<{ rows: string; hash: string }>(
      `select count(*) as rows, md5(string_agg(row, E'\\n' order by row)) as hash from (select t::text as row from ${table} t) as all_rows`,
    )
    found[table] = rows[0]
  }
  await client.end()
  return found
}

test('a destroyed database comes back row by row, and the one in its place is kept', async () => {
  const file = join(folder, 'all.backup.gz')
  const before = await fingerprint(postgres.url)
  const sums = await backUpDatabase(postgres.url, file, nowMs)
  expect(sums).toMatchObject({ users: { rows: 2000 }, media: { rows: 2000 }, likes: { rows: 2000 } })

  await query(postgres.url, 'delete from likes', 'drop table users cascade')
  const { filled, database } = await fillBeside(postgres.url, nowMs, (fresh) => restoreDatabase(fresh, file))
  const kept = await swapDatabase(postgres.url, database)

  expect(filled).toEqual(sums)
  expect(await fingerprint(postgres.url)).toEqual(before)
  expect(await query(urlOf(postgres.url, kept), 'select count(*)::int as rows from likes')).toEqual([{ rows: 0 }])
  // References bind again.
  await expect(query(postgres.url, 'delete from users')).rejects.toThrow(/foreign key/)
})

test('what is written while a back-up runs is in all of its tables or in none', async () => {
  const file = join(folder, 'consistent.backup.gz')
  let isRunning = true
  const writing = (async () => {
    while (isRunning)
      await query(
        postgres.url,
        `with item as (select id, owner_id from media order by random() limit 1), gone as (delete from likes)
         insert into likes select owner_id, id, now() from item on conflict do nothing`,
      ).catch(() => {})
  })()
  const sums = await backUpDatabase(postgres.url, file, nowMs)
  isRunning = false
  await writing
  const { filled } = await fillBeside(postgres.url, nowMs + 1000, (fresh) => restoreDatabase(fresh, file))
  expect(filled).toEqual(sums)
})

test('a file that ends early, or was changed, replaces nothing', async () => {
  const file = join(folder, 'broken.backup.gz')
  await backUpDatabase(postgres.url, file, nowMs)
  const text = gunzipSync(readFileSync(file)).toString()
  const before = await fingerprint(postgres.url)
  const restore = (at: number) => fillBeside(postgres.url, nowMs + at, (fresh) => restoreDatabase(fresh, file))

  writeFileSync(file, gzipSync(text.replace('ann7@example.org', 'eve7@example.org')))
  await expect(restore(2000)).rejects.toThrow('is not whole')
  writeFileSync(file, gzipSync(text.slice(0, text.length / 2)))
  await expect(restore(3000)).rejects.toThrow('is not whole')
  truncateSync(file, 1000)
  await expect(restore(4000)).rejects.toThrow()
  expect(await fingerprint(postgres.url)).toEqual(before)
  const left = await query(postgres.url, `select datname from pg_database where datname like '%_20260615120004%'`)
  expect(left).toEqual([])
})

test('a back-up from before the newest migrations is brought to the schema of today', async () => {
  const file = join(folder, 'old.backup.gz')
  const name = `${nameOf(postgres.url)}_old`
  await query(postgres.url, `create database ${name}`)
  const old = urlOf(postgres.url, name)
  const migrations = await query(postgres.url, 'select created_at from drizzle.__drizzle_migrations order by 1')
  await migrateUpTo(old, Number(migrations[0]?.['created_at']))
  await query(
    old,
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     values (gen_random_uuid(), 'old@example.org', 'Old', '-', now(), now())`,
  )
  await backUpDatabase(old, file, nowMs)
  const { database } = await fillBeside(postgres.url, nowMs + 5000, (fresh) => restoreDatabase(fresh, file))
  expect(await query(urlOf(postgres.url, database), 'select email, plan from users')).toMatchObject([
    { email: 'old@example.org' },
  ])
})
