// Writes all rows of a database, as they were at one moment, into one compressed file: Postgres's own COPY text, table
// by table, between a first line that names the schema's version and a last one with what must be found again. Rows
// pass through; nothing is held in memory. Own, because Postgres from npm comes without pg_dump.
import { createHash } from 'node:crypto'
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** What a table must hold again after a restore: its rows, and the SHA-256 of their text in the order of the file. */
export type TableSum = { readonly rows: number; readonly sha256: string }
export type TableSums = Readonly<Record<string, TableSum>>

type BackupHead = {
  readonly format: 'shoebox-backup-1'
  /** When the newest migration was written that the database had seen. */
  readonly schemaMs: number
  readonly takenAt: string
}

/** The file appears under its name only once it is whole. It holds addresses and password hashes: mode 600. */
export async function backUpDatabase(url: string, file: string, nowMs: number): Promise<TableSums> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const partial = `${file}.partial`
  const text = new PassThrough()
  const written = pipeline(text, createGzip(), createWriteStream(partial, { mode: 0o600 }))
  written.catch(() => {})
  try {
    // One snapshot for all tables, whoever writes meanwhile.
    await client.query('begin isolation level repeatable read read only')
    const head: BackupHead = {
      format: 'shoebox-backup-1',
      schemaMs: await readSchemaMs(client),
      takenAt: new Date(nowMs).toISOString(),
    }
    text.write(`${JSON.stringify(head)}\n`)
    const sums: Record<string, TableSum> = {}
    for (const { table, columns } of await listTables(client)) {
      text.write(`copy ${table} (${columns}) from stdin;\n`)
      sums[table] = await copyTable(client, `copy ${table} (${columns}) to stdout`, text)
      text.write('\\.\n')
    }
    text.end(`${JSON.stringify({ end: sums })}\n`)
    await written
    renameSync(partial, file)
    return sums
  } catch (error) {
    text.destroy()
    await written.catch(() => {})
    rmSync(partial, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

async function copyTable(client: pg.Client, statement: string, text: PassThrough): Promise<TableSum> {
  const hash = createHash('sha256')
  let rows = 0
  const source = client.query(copyTo(statement))
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    // COPY escapes line breaks: each line is one row.
    for (const byte of chunk) if (byte === 0x0a) rows += 1
  })
  source.pipe(text, { end: false })
  await finished(source)
  return { rows, sha256: hash.digest('hex') }
}

async function readSchemaMs(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ ms: string }>('select max(created_at) as ms from drizzle.__drizzle_migrations')
  return Number(rows[0]?.ms)
}

/** Names and columns are quoted. What Postgres generates is left out: it generates it again. */
export async function listTables(client: pg.Client): Promise<{ table: string; columns: string }[]> {
  const { rows } = await client.query<{ table: string; columns: string }>(`
    select quote_ident(relname) as table, string_agg(quote_ident(attname), ', ' order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
      and attgenerated = ''
    group by relname order by relname`)
  return rows
}
