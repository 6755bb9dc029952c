// B4, of galleries: a page of a group's timeline from any depth, and the whole timeline cut into months, as the Worker
// asks for them.
import { connectHttp, type EdgeDatabase } from '@shoebox/db/connect-http.ts'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { migrate } from '@shoebox/db/migrate.ts'
import { readGalleryPage, readTimeline } from '@shoebox/db/stores/gallery-store.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { idFromUuid, uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'

const sizes = [1_000, 10_000, 100_000, 1_000_000] as const
const pageSize = 60
const callsPerRound = 20
const owner = numberedId('user', 1)
const sessionId = 'bench-session'
const firstMs = Date.UTC(2020, 0, 1)
/** A thousand a day: a million are not quite three years. */
const everyMs = 86_400
const nowMs = Date.UTC(2026, 5, 15)

const uuidAt = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const groupOf = (size: number): GroupId => numberedId('group', size)
/** Ids of one group's items follow another group's. */
const idOf = (size: number, n: number): MediaId =>
  idFromUuid('media', `00000000-0000-7000-8000-${(size + n).toString(16).padStart(12, '0')}`)

/** Postgres makes the rows itself; the foreign keys are right by construction and not checked one by one. */
async function fill(db: PoolDatabase, say: (progress: string) => void): Promise<void> {
  const query = (text: string, values: unknown[] = []) => db.$client.query(text, values)
  await query(`set session_replication_role = replica`)
  await query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     values ($1, 'owner@b.example', 'Owner', '-', $2, $2)`,
    [uuidOf(owner), new Date(firstMs)],
  )
  await query(
    `insert into sessions (id, user_id, expires_at, created_at, last_seen_at, user_agent) values ($1, $2, $3, $4, $4, '')`,
    [sessionId, uuidOf(owner), new Date(nowMs + 1e9), new Date(firstMs)],
  )
  for (const size of sizes) {
    say(`writing ${size} items`)
    const groupUuid = uuidOf(groupOf(size))
    await query(`insert into groups (id, name, created_at, active_at, member_count) values ($1, 'Bench', $2, $2, 1)`, [
      groupUuid,
      new Date(firstMs),
    ])
    await query(
      `insert into memberships (group_id, user_id, role, joined_at, seen_at) values ($1, $2, 'owner', $3, $3)`,
      [groupUuid, uuidOf(owner), new Date(firstMs)],
    )
    await query(
      `insert into media (id, owner_id, group_id, batch_id, ordinal, file_name, declared_type, declared_bytes,
         declared_sha256, state, incoming_key, created_at, settled_at, type, kind, bytes, generation, width_px,
         height_px, thumbhash, dominant_color, derivatives, published_at, timeline_at)
       select id, $1, $2, id, 0, 'photo.jpg', 'image/jpeg', 3000000, repeat('A', 44), 'ready', id::text, at, at,
         'image/jpeg', 'image', 3000000, '0123456789abcdef', 4000, 3000, 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA', '#336699',
         '[]'::jsonb, at, at
       from generate_series(0, $3::int - 1) n,
         lateral (select ${uuidAt('$3::int + n')} id, to_timestamp(($4::float8 + n * $5::float8) / 1000) at) item`,
      [uuidOf(owner), groupUuid, size, firstMs, everyMs],
    )
  }
  await query('analyze')
}

/** Milliseconds a call, over as many calls one after another as make the clock's grain not matter. */
const perCall =
  (work: () => Promise<unknown>, calls = callsPerRound) =>
  () =>
    measureWallMs(async () => {
      for (let call = 0; call < calls; call += 1) await work()
    }).then((ms) => ms / calls)

const wishOf = (size: number) => ({ sessionId, groupId: groupOf(size), nowMs, filter: {}, zone: 'Europe/Berlin' })

const pageAt = (edge: EdgeDatabase, size: number, depth: number) => () => {
  const n = size - depth
  const after = depth === 0 ? null : { timelineAtMs: firstMs + n * everyMs, id: idOf(size, n) }
  return readGalleryPage(edge, { ...wishOf(size), after, rowsMax: pageSize + 1 })
}

async function measurePages(edge: EdgeDatabase): Promise<BenchLine[]> {
  const size = sizes.at(-1) ?? 0
  const depths = [0, 10_000, size - pageSize - 1]
  const figures = await measureInTurns(depths.map((depth) => perCall(pageAt(edge, size, depth))))
  return depths.map((depth, index) => ({
    work: `page of 60 at depth ${depth.toLocaleString('en')}`,
    measure: 'ms a page',
    ours: figures[index] ?? 0,
    comparisons: [{ against: 'our first page', value: figures[0] ?? 0, ratioMax: 1.2 }],
  }))
}

async function measureTimelines(edge: EdgeDatabase): Promise<BenchLine[]> {
  const drawn = sizes.slice(0, 3)
  const read = (size: number) => () => readTimeline(edge, { ...wishOf(size), chunkMax: 200 })
  const figures = await measureInTurns(drawn.map((size) => perCall(read(size), 3)))
  return drawn.map((size, index) => ({
    work: `timeline of ${size.toLocaleString('en')} items`,
    measure: 'ms',
    ours: figures[index] ?? 0,
    comparisons: [{ against: 'of 1,000 items', value: figures[0] ?? 0 }],
  }))
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const stack = await startStack({ parts: ['postgres', 'neon'] })
  await migrate(stack.postgres.url)
  const db = connectPool({ connectionString: stack.postgres.url, connectionsMax: 1, statementTimeoutMs: 600_000 })
  try {
    await fill(db, say)
    const edge = connectHttp({ connectionString: stack.postgres.url, endpoint: stack.neon.httpUrl })
    say('asking')
    return [...(await measurePages(edge)), ...(await measureTimelines(edge))]
  } finally {
    await db.$client.end()
    await stack.stop()
  }
}

export const row: BenchRow = { id: 'B4b', name: 'gallery', title: 'a gallery’s page at any depth, and its months', run }
