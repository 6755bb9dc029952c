// Fills an empty database from a back-up: first the schema that the back-up has, then its rows, each table compared
// with what it was, then the migrations since. Whatever is wrong, the database is thrown away by whoever made it.
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import * as z from 'zod'
import { migrate, migrateUpTo } from '@shoebox/db/migrate.ts'
import { OperatorError } from '../operator-error.ts'
import type { TableSum, TableSums } from './back-up.ts'

const headSchema = z.object({ format: z.literal('shoebox-backup-1'), schemaMs: z.number(), takenAt: z.string() })
const endSchema = z.object({ end: z.record(z.string(), z.object({ rows: z.number(), sha256: z.string() })) })

/** The next line without its end, or null after the last. */
type ReadLine = () => Promise<string | null>

/** Not Node's readline: it also ends lines at U+2028, which Postgres leaves in its rows as it is. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, null> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    let text: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let end = text.indexOf(0x0a); end >= 0; end = text.indexOf(0x0a)) {
      yield text.toString('utf8', 0, end)
      text = text.subarray(end + 1)
    }
    rest = text
  }
  return null
}

/** @returns what was restored, table by table */
export async function restoreDatabase(url: string, file: string): Promise<TableSums> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
  const lines = splitLines(gunzip)
  const readLine: ReadLine = async () => (await lines.next()).value
  const head = headSchema.safeParse(parse(await readLine()))
  if (!head.success) throw new OperatorError(`${file} is not a back-up of Shoebox.`)
  await migrateUpTo(url, head.data.schemaMs)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    const constraints = await liftForeignKeys(client)
    await setTriggers(client, 'disable')
    const sums = await copyTables(client, readLine, file)
    await setTriggers(client, 'enable')
    // Every row is there: now each reference must lead somewhere again.
    for (const { table, name, definition } of constraints)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    await advanceSequences(client)
    await client.query('commit')
    await client.end()
    await migrate(url)
    return sums
  } finally {
    source.destroy()
    gunzip.destroy()
    await client.end().catch(() => {})
  }
}

const broken = (file: string) =>
  new OperatorError(`${file} is not whole: it ends early or was changed. Nothing was replaced.`)

async function copyTables(client: pg.Client, readLine: ReadLine, file: string): Promise<TableSums> {
  const sums: Record<string, TableSum> = {}
  for (;;) {
    const value = await readLine()
    if (value === null) throw broken(file)
    const end = endSchema.safeParse(parse(value))
    if (end.success) {
      for (const [table, { rows, sha256 }] of Object.entries(end.data.end))
        if (sums[table]?.rows !== rows || sums[table].sha256 !== sha256) throw broken(file)
      return sums
    }
    const [, table] = /^copy ("[^"]+"|\w+) \([^()]+\) from stdin;$/.exec(value) ?? []
    if (table === undefined) throw broken(file)
    sums[table] = await copyTable(client.query(copyFrom(value.slice(0, -1))), readLine, file)
  }
}

async function copyTable(sink: CopyStreamQuery, readLine: ReadLine, file: string): Promise<TableSum> {
  const hash: Hash = createHash('sha256')
  const isDone = finished(sink)
  isDone.catch(() => {})
  let rows = 0
  for (;;) {
    const value = await readLine()
    if (value === null) {
      sink.destroy()
      throw broken(file)
    }
    if (value === '\\.') break
    const line = `${value}\n`
    hash.update(line)
    rows += 1
    if (!sink.write(line)) await Promise.race([once(sink, 'drain'), isDone])
  }
  sink.end()
  await isDone
  return { rows, sha256: hash.digest('hex') }
}

async function liftForeignKeys(client: pg.Client) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`)
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`)
  return rows
}

/** Rows come back as they were: the audit log would bind its own anew. */
async function setTriggers(client: pg.Client, how: 'disable' | 'enable'): Promise<void> {
  const { rows } = await client.query<{ table: string }>(`
    select distinct tgrelid::regclass::text as table from pg_trigger where not tgisinternal`)
  for (const { table } of rows) await client.query(`alter table ${table} ${how} trigger user`)
}

/** A sequence goes on after the rows that came back. */
async function advanceSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(`
    select pg_get_serial_sequence(attrelid::regclass::text, attname) as sequence, attrelid::regclass::text as table,
      quote_ident(attname) as column
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
      and pg_get_serial_sequence(attrelid::regclass::text, attname) is not null`)
  for (const { sequence, table, column } of rows)
    await client.query(
      `select setval('${sequence}', coalesce(max(${column}), 1), max(${column}) is not null) from ${table}`,
    )
}

function parse(line: string | null): unknown {
  if (line === null || !line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
