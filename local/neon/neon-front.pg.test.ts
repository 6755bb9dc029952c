import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { neon, neonConfig, NeonDbError, Pool } from '@neondatabase/serverless'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type Postgres } from '../postgres/start-postgres.ts'
import { startNeonFront, type NeonFront } from './start-neon-front.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-neon-'))
let postgres: Postgres
let front: NeonFront

beforeAll(async () => {
  postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') })
  front = await startNeonFront()
  neonConfig.fetchEndpoint = front.httpUrl
  neonConfig.wsProxy = `127.0.0.1:${front.port}/v2`
  neonConfig.useSecureWebSocket = false
  neonConfig.webSocketConstructor = WebSocket
  const sql = neon(postgres.url)
  await sql`create table notes (id int primary key, body text, at timestamptz, tags text[], extra jsonb)`
})

afterAll(async () => {
  await front.stop()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('answers a statement with the types the driver parses', async () => {
  const sql = neon(postgres.url)
  await sql`insert into notes values (1, ${'naïve 😀'}, ${new Date(0)}, ${['a', 'b c']}, ${JSON.stringify({ n: 1 })})`
  // Moments are asked for as an answer of Postgres: Drizzle tells the driver of the whole process to leave them as text.
  expect(await sql`select id, body, at = 'epoch' as "isThen", tags, extra from notes where id = 1`).toEqual([
    { id: 1, body: 'naïve 😀', isThen: true, tags: ['a', 'b c'], extra: { n: 1 } },
  ])
})

test('runs a batch as one transaction in one trip: all of it or nothing', async () => {
  const sql = neon(postgres.url)
  front.resetCounts()
  const failing = sql.transaction([
    sql`insert into notes (id, body) values (10, 'kept only with its sibling')`,
    sql`insert into notes (id, body) values (1, 'a key that is taken')`,
  ])
  await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'notes_pkey' })
  expect(front.counts).toEqual({ trips: 1, statements: 2 })
  expect(await sql`select 1 from notes where id = 10`).toEqual([])
})

test('reports a failed statement as the driver’s own error', async () => {
  const sql = neon(postgres.url)
  await expect(sql.query('select * from nowhere')).rejects.toBeInstanceOf(NeonDbError)
  await expect(sql.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' })
})

test('carries Postgres’s protocol over a WebSocket', async () => {
  const pool = new Pool({ connectionString: postgres.url })
  const client = await pool.connect()
  await client.query('begin')
  expect((await client.query('select 40 + 2 as answer')).rows).toEqual([{ answer: 42 }])
  await client.query('rollback')
  client.release()
  await pool.end()
})

test('refuses a wrong password and a database elsewhere', async () => {
  await expect(neon(postgres.url.replace(':local@', ':wrong@'))`select 1`).rejects.toMatchObject({ code: '28P01' })
  await expect(neon('postgres://a:b@db.example/x')`select 1`).rejects.toThrow('only local databases')
})

test('keeps what was committed when Postgres is killed', async () => {
  const folder = join(dataDir, 'killed')
  const first = await startPostgres({ dataDir: folder })
  await neon(first.url)`create table kept (id int)`
  await neon(first.url)`insert into kept select generate_series(1, 1000)`
  const [row] = await neon(first.url)`select pg_backend_pid() as pid, (select pid from pg_stat_activity
    where backend_type = 'checkpointer') as checkpointer`
  // Killing a part of it makes the postmaster crash-restart everything, as an out-of-memory kill would.
  process.kill(Number(row?.['checkpointer']), 'SIGKILL')
  await expect
    .poll(async () => neon(first.url)`select count(*)::int as n from kept`.catch(() => 'down'))
    .toEqual([{ n: 1000 }])
  await first.stop()
})
