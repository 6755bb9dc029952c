import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startPostgres, type Postgres } from './start-postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'shoebox-postgres-'))
const dataDir = join(folder, 'postgres')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask(postgres: Postgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.url)
  await client.connect()
  try {
    return (await client.query<{ value: unknown }>(text)).rows.map(({ value }) => value)
  } finally {
    await client.end()
  }
}

test('keeps its data, and what was committed just before it was killed', async () => {
  const deaths: string[] = []
  const first = await startPostgres({ dataDir, onDeath: (how) => deaths.push(how) })
  await ask(first, 'create table kept (value int)')
  await ask(first, 'insert into kept select generate_series(1, 500)')
  const [pid] = await ask(first, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as value")
  process.kill(Number(pid), 'SIGKILL')
  await expect.poll(() => deaths).toEqual(['SIGKILL'])

  const second = await startPostgres({ dataDir })
  expect(await ask(second, 'select count(*)::int as value from kept')).toEqual([500])
  expect(await ask(second, "select lower('ÀÉ') as value")).toEqual(['àé'])
  await second.stop()
})

test('moves aside for a taken port', async () => {
  const first = await startPostgres({ dataDir })
  const second = await startPostgres({ dataDir: join(folder, 'other'), port: first.port })
  expect(second.port).not.toBe(first.port)
  await Promise.all([first.stop(), second.stop()])
})
