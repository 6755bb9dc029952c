// B4: a feed page from any depth, and a like of an item that ten million people like, as the Worker asks for them.
import { connectHttp, type EdgeDatabase } from '@shoebox/db/connect-http.ts'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { migrate } from '@shoebox/db/migrate.ts'
import { readItem, readPage } from '@shoebox/db/stores/feed-store.ts'
import { addLike, removeLike } from '@shoebox/db/stores/like-store.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { idFromUuid, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'

const items = 1_000_000
const likes = 10_000_000
const pageSize = 30
const callsPerRound = 40
const owner = numberedId('user', 1)
const token = 'bench-session'
const firstMs = Date.UTC(2026, 0, 1)
const nowMs = Date.UTC(2026, 5, 15)

/** Item n is published n seconds after the first; its id is n in hexadecimal. */
const idOf = (n: number): MediaId => idFromUuid('media', `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`)

/** Postgres makes the rows itself; the foreign keys are right by construction and not checked one by one. */
async function fill(db: PoolDatabase, say: (progress: string) => void): Promise<void> {
  const query = (text: string, values: unknown[] = []) => db.$client.query(text, values)
  await query(`set session_replication_role = replica`)
  say(`writing ${items} items`)
  await query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@b.example', 'Somebody', '-', $1, $1
     from generate_series(1, 10000) n`,
    [new Date(firstMs)],
  )
  await query(
    `insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256, state,
       incoming_key, created_at, settled_at, type, kind, bytes, generation, width_px, height_px, thumbhash,
       dominant_color, derivatives, published_at, timeline_at)
     select id, $1, id, 0, 'photo.jpg', 'image/jpeg', 3000000, repeat('A', 44), 'ready', n::text, at, at, 'image/jpeg',
       'image', 3000000, '0123456789abcdef', 4000, 3000, 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA', '#336699', '[]'::jsonb, at,
       at
     from generate_series(0, $2::int - 1) n,
       lateral (select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid id,
                       to_timestamp($3::float8 / 1000 + n) at) row`,
    [uuidOf(owner), items, firstMs],
  )
  await query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     values ($1, 'owner@b.example', 'Owner', '-', $2, $2)`,
    [uuidOf(owner), new Date(firstMs)],
  )
  say(`writing ${likes} likes`)
  await query(
    `insert into likes (user_id, media_id, created_at)
     select ('00000000-0000-7000-8000-' || lpad(to_hex(1 + u), 12, '0'))::uuid,
            ('00000000-0000-7000-8000-' || lpad(to_hex(m), 12, '0'))::uuid, $1
     from generate_series(1, 9999) u, generate_series(0, $2::int / 9999) m`,
    [new Date(firstMs), likes],
  )
  await query(`update media set like_count = 9999 where published_at < to_timestamp($1)`, [
    firstMs / 1000 + likes / 9999 + 1,
  ])
  await query(
    `insert into sessions (id, user_id, expires_at, created_at, last_seen_at, user_agent) values ($1, $2, $3, $4, $4, '')`,
    [token, uuidOf(owner), new Date(nowMs + 1e9), new Date(firstMs)],
  )
  await query('analyze')
}

/** Milliseconds a call, over as many calls one after another as make the clock's grain not matter. */
const perCall = (work: () => Promise<unknown>) => () =>
  measureWallMs(async () => {
    for (let call = 0; call < callsPerRound; call += 1) await work()
  }).then((ms) => ms / callsPerRound)

const pageAt = (edge: EdgeDatabase, depth: number) => () => {
  const n = items - depth
  return readPage(edge, null, depth === 0 ? null : { publishedAtMs: firstMs + n * 1000, id: idOf(n) }, pageSize)
}

/** media-feed's way: skip what was shown before, and count what there is. */
const offsetPageAt = (db: PoolDatabase, depth: number) => async () => {
  await db.$client.query(
    `select m.*, u.name from media m join users u on u.id = m.owner_id where m.state = 'ready'
     order by m.published_at desc, m.id desc limit $1 offset $2`,
    [pageSize, depth],
  )
}

async function measurePages(edge: EdgeDatabase, db: PoolDatabase): Promise<BenchLine[]> {
  const byKey = () => readItem(edge, null, idOf(items / 2))
  const [first = 0, atTenThousand = 0, atTheEnd = 0, lookup = 0] = await measureInTurns([
    perCall(pageAt(edge, 0)),
    perCall(pageAt(edge, 10_000)),
    perCall(pageAt(edge, items - pageSize - 1)),
    perCall(byKey),
  ])
  const [offsetDeep = 0] = await measureInTurns([() => measureWallMs(offsetPageAt(db, 10_000))], 5)
  const [offsetEnd = 0] = await measureInTurns([() => measureWallMs(offsetPageAt(db, items - pageSize - 1))], 5)
  const line = (work: string, ours: number, offset: number | null): BenchLine => ({
    work,
    measure: 'ms a page',
    ours,
    comparisons: [
      { against: 'our first page', value: first, ratioMax: 1.2 },
      { against: 'floor: primary-key lookup', value: lookup },
      ...(offset === null ? [] : [{ against: 'peer: offset paging, without HTTP', value: offset }]),
    ],
  })
  return [
    line('page at depth 0', first, null),
    line('page at depth 10,000', atTenThousand, offsetDeep),
    line(`page at depth ${items.toLocaleString('en')}`, atTheEnd, offsetEnd),
  ]
}

async function measureLikes(edge: EdgeDatabase): Promise<BenchLine> {
  const toggle = (mediaId: MediaId) => async () => {
    const like = { mediaId, author: { userId: owner, sessionId: token }, nowMs }
    await addLike(edge, like)
    await removeLike(edge, like)
  }
  const [crowded = 0, lonely = 0] = await measureInTurns([perCall(toggle(idOf(3))), perCall(toggle(idOf(items - 3)))])
  return {
    work: 'like and unlike an item of 9,999 likes, among 10 million',
    measure: 'ms both',
    ours: crowded,
    comparisons: [{ against: 'an item nobody likes', value: lonely, ratioMax: 1.2 }],
  }
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const stack = await startStack({ parts: ['postgres', 'neon'] })
  await migrate(stack.postgres.url)
  const db = connectPool({ connectionString: stack.postgres.url, statementTimeoutMs: 600_000 })
  try {
    await fill(db, say)
    const edge = connectHttp({ connectionString: stack.postgres.url, endpoint: stack.neon.httpUrl })
    say('asking')
    return [...(await measurePages(edge, db)), await measureLikes(edge)]
  } finally {
    await db.$client.end()
    await stack.stop()
  }
}

export const row: BenchRow = {
  id: 'B4',
  name: 'feed',
  title: 'a feed page at any depth, a like among ten million',
  run,
}
