// B5: outcomes settled per second, from the SQS batch to the committed rows, at three depths of the queue, with nothing
// between the function and its database and with a network of one region between.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { migrate } from '@shoebox/db/migrate.ts'
import { isRefusedByData, settleMany } from '@shoebox/db/stores/outcome-store.ts'
import { startPostgres } from '@shoebox/local/postgres/start-postgres.ts'
import { persistOutcomes } from '@shoebox/processor/src/persist/persist-outcomes.ts'
import { fingerprintWindows, hashBits } from '@shoebox/shared/media/fingerprint.ts'
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'
import { startLink } from '../slow-link.ts'

/** As many as the queue hands over at once. */
const batchSize = 100
const depths = [10, 100, 1000] as const
/** There and back 2 ms at 1 Gbit/s: as from a function to a database of its region. */
const network = { delayMs: 1, bytesPerSecond: 125_000_000 }
/** As every database that people's data is in: a commit waits for the disk. The local stack's does not. */
const settings = ['fsync=on', 'full_page_writes=on']
const owner = numberedId('user', 1)

/** As long as any, and like no other. */
const makeFingerprint = (n: number): string =>
  createHash('shake256', { outputLength: (fingerprintWindows.length * hashBits) / 8 })
    .update(`${n}`)
    .digest('hex')

const makeSha256 = (n: number): string => createHash('sha256').update(`${n}`).digest('base64')

function makeOutcome(n: number): ReadyOutcome {
  const mediaId = numberedId('media', n)
  return {
    version: 1,
    outcome: 'ready',
    mediaId,
    ownerId: owner,
    incomingKey: incomingKey(owner, mediaId),
    etag: 'd41d8cd98f00b204e9800998ecf8427e',
    inspectedAtMs: Date.UTC(2026, 5, 15),
    generation: '0123456789abcdef',
    type: 'image/jpeg',
    bytes: 3_000_000,
    sha256: makeSha256(n),
    widthPx: 4000,
    heightPx: 3000,
    thumbhash: 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA',
    dominantColor: '#336699',
    takenAt: { local: '2026-01-02T03:04:05', offsetMinutes: 60, source: 'exif' },
    isCutToFirstFrame: false,
    fingerprint: makeFingerprint(n),
    derivatives: (['thumb', 'tile', 'preview'] as const).map((name) => ({
      name,
      widthPx: 320,
      heightPx: 240,
      bytes: 9000,
    })),
  }
}

const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

/** Reserved rows for as many uploads, as the API leaves them. Not part of what is measured. */
async function reserve(db: PoolDatabase, count: number): Promise<void> {
  await db.$client.query('truncate media cascade')
  await db.$client.query(
    `insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256,
       allow_duplicate, quota_bytes, quota_day, state, incoming_key, created_at)
     select id, $2, gen_random_uuid(), 0, 'photo.jpg', 'image/jpeg', 3000000, sha256, false, 3000000, '2026-06-14', 'reserved', key, $3
     from unnest($1::uuid[], $4::text[], $5::text[]) as rows (id, key, sha256)`,
    [
      Array.from({ length: count }, (_, n) => uuidOf(numberedId('media', n))),
      uuidOf(owner),
      new Date(Date.UTC(2026, 5, 14)),
      Array.from({ length: count }, (_, n) => incomingKey(owner, numberedId('media', n))),
      Array.from({ length: count }, (_, n) => makeSha256(n)),
    ],
  )
}

async function requireSettled(db: PoolDatabase, count: number): Promise<void> {
  const { rows } = await db.$client.query<{ count: string }>(`select count(*) from media where state = 'ready'`)
  if (Number(rows[0]?.count) !== count) throw new Error(`${rows[0]?.count} of ${count} settled`)
}

const silent = { info() {}, warn() {}, error() {} }

/** `ratioMin`: so many times what settles one by one has to be settled from there. */
type Place = { readonly where: string; readonly ratioMin?: number }

async function measureDepth(
  db: PoolDatabase,
  folder: string,
  { depth, where, ratioMin }: { readonly depth: number } & Place,
): Promise<BenchLine> {
  const makeRecord = (n: number) => makeSqsRecord(`m${n}`, JSON.stringify(makeOutcome(n)))
  const records = Array.from({ length: depth }, (_, n) => makeRecord(n))
  const deps = {
    settleMany: (batch: Parameters<typeof settleMany>[1], nowMs: number) => settleMany(db, batch, nowMs),
    isRefusedByData,
    markGivenUp: async () => false,
    nowMs: Date.now,
    log: silent,
  }
  const settleIn = (size: number) => async () => {
    await reserve(db, 1 + depth)
    // Once its tables were emptied the statement is planned anew, which nobody's persister has to wait for.
    await persistOutcomes(deps, [makeRecord(depth)])
    const ms = await measureWallMs(async () => {
      for (const batch of chunk(records, size)) await persistOutcomes(deps, batch)
    })
    await requireSettled(db, 1 + depth)
    return (depth / ms) * 1000
  }
  const copies = await makeCopyFiles(db, folder, depth, settleIn(batchSize))
  const copy = async () => {
    await db.$client.query('truncate media cascade')
    const ms = await measureWallMs(async () => {
      for (const from of copies) await db.$client.query(from)
    })
    await requireSettled(db, depth)
    return (depth / ms) * 1000
  }
  const [ours = 0, oneByOne = 0, copied = 0] = await measureInTurns([settleIn(batchSize), settleIn(1), copy])
  const target = ratioMin === undefined || depth < batchSize ? {} : { ratioMin }
  return {
    work: `${depth} outcomes waiting, ${where}`,
    measure: 'settled per second',
    ours,
    comparisons: [
      { against: 'peer: a statement per message', value: oneByOne, ...target },
      { against: 'floor: COPY of the same rows', value: copied, ratioMin: 0.4 },
    ],
  }
}

/** What COPY may write: all but what Postgres computes itself. */
async function listColumns(db: PoolDatabase, table: string): Promise<string> {
  const { rows } = await db.$client.query<{ columns: string }>(
    `select string_agg(column_name, ', ' order by ordinal_position) as columns from information_schema.columns
     where table_name = $1 and is_generated = 'NEVER'`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

/**
 * The settled rows of both tables, written out by Postgres itself in files of a batch each.
 * @returns the statements by which COPY reads them back
 */
async function makeCopyFiles(
  db: PoolDatabase,
  folder: string,
  depth: number,
  settle: () => Promise<number>,
): Promise<string[]> {
  await settle()
  const tables = [
    { table: 'media', key: 'id', columns: await listColumns(db, 'media') },
    { table: 'fingerprints', key: 'media_id', columns: await listColumns(db, 'fingerprints') },
  ]
  const copies: string[] = []
  for (let offset = 0; offset < depth; offset += batchSize) {
    const rows = Math.min(batchSize, depth - offset)
    for (const { table, key, columns } of tables) {
      const file = join(folder, `${table}-${depth}-${offset}.copy`)
      writeFileSync(file, '')
      chmodSync(file, 0o666)
      await db.$client.query(
        `copy (select ${columns} from ${table} order by ${key} limit ${rows} offset ${offset}) to '${file}'`,
      )
      copies.push(`copy ${table} (${columns}) from '${file}'`)
    }
  }
  return copies
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-bench-copy-'))
  chmodSync(folder, 0o777)
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), settings })
  await migrate(postgres.url)
  const far = new URL(postgres.url)
  const link = await startLink({ targetPort: Number(far.port), ...network })
  far.port = `${link.port}`
  const db = connectPool({ connectionString: postgres.url })
  const farDb = connectPool({ connectionString: far.href })
  try {
    await db.$client.query(
      `insert into users (id, email, name, password_hash, email_verified_at, created_at) values ($1, 'a@b.example', 'A', '-', $2, $2)`,
      [uuidOf(owner), new Date(0)],
    )
    const lines: BenchLine[] = []
    for (const { from, ...place } of [
      { from: db, where: 'nothing between' },
      // As every persister that is deployed.
      { from: farDb, where: '2 ms away', ratioMin: 10 },
    ]) {
      for (const depth of depths) {
        say(`${depth} outcomes, ${place.where}`)
        lines.push(await measureDepth(from, folder, { depth, ...place }))
      }
    }
    return lines
  } finally {
    await Promise.all([db.$client.end(), farDb.$client.end()])
    await link.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const row: BenchRow = { id: 'B5', name: 'persister', title: 'outcomes settled per second', run }
