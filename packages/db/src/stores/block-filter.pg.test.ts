// What keeping people apart costs: nothing that grows with the depth of a page, and next to nothing with the number of
// people blocked.
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { blocks } from '../schema/blocks.ts'
import { groups, memberships } from '../schema/groups.ts'
import { readPage } from './feed-store.ts'
import { readGalleryPage, readTimeline } from './gallery-store.ts'
import { recordSql } from './record-sql.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const groupId = numberedId('group', 1)
const { rows, edge } = await openDatabase(start)
let viewer: Author
let blocked: Author

/** A feed and a gallery of 20,000, every fifth by somebody whom the viewer blocked, besides a thousand more. */
beforeAll(async () => {
  viewer = await rows.addAuthor('Ann')
  blocked = await rows.addAuthor('Bob')
  const other = await rows.addAuthor('Cleo')
  await rows.db.insert(groups).values({ id: groupId, name: '', createdAt: start, activeAt: start, memberCount: 1 })
  const member = { groupId, role: 'viewer', joinedAt: start, seenAt: start } as const
  await rows.db.insert(memberships).values({ ...member, userId: viewer.userId })
  for (const group of [null, groupId]) {
    for (const [owner, count] of [
      [blocked, 4000],
      [other, 16_000],
    ] as const) {
      const id = await rows.addItem(owner, start, { groupId: group })
      await rows.db.execute(sql`
        insert into media (id, owner_id, group_id, batch_id, ordinal, file_name, declared_type, declared_bytes,
          declared_sha256, state, incoming_key, created_at, type, kind, generation, published_at, timeline_at)
        select gen_random_uuid(), owner_id, group_id, gen_random_uuid(), 0, '', 'image/jpeg', 1, '', 'ready',
          id || '-' || n, created_at, 'image/jpeg', 'image', '0123456789abcdef',
          published_at - n * ${80_000_000 / count} * interval '1 millisecond',
          published_at - n * ${80_000_000 / count} * interval '1 millisecond'
        from media, generate_series(1, ${count}) as n where incoming_key like '%' || ${id.slice(4)} || '%'`)
    }
  }
  await rows.db.insert(blocks).values({ blockerId: viewer.userId, blockedId: blocked.userId, createdAt: start })
  await rows.db.execute(sql`
    with strangers as (
      insert into users (id, email, name, email_verified_at, created_at)
      select gen_random_uuid(), 'stranger-' || n || '@rows.example.org', '', created_at, created_at
      from users, generate_series(1, 1000) as n where users.name = 'Ann' returning id
    )
    insert into blocks (blocker_id, blocked_id, created_at)
    select users.id, strangers.id, users.created_at from users, strangers where users.name = 'Ann'`)
  await rows.db.execute(sql`analyze`)
}, 60_000)

/** How the last statement of a call is answered, and how many pages of tables and indexes that reads. */
async function explain(run: (db: EdgeDatabase) => Promise<unknown>): Promise<{ plan: string; pages: number }> {
  const statement = (await recordSql(run)).at(-1)!
  const answer = await rows.db.$client.query<Record<string, string>>({
    text: `explain (analyze, buffers, timing off, summary off) ${statement.query}`,
    values: [...statement.params],
  })
  const plan = answer.rows.map((row) => row['QUERY PLAN']).join('\n')
  const [, hit = '0', read = '0'] = /Buffers: shared hit=(\d+)(?: read=(\d+))?/.exec(plan) ?? []
  return { plan, pages: Number(hit) + Number(read) }
}

const nowMs = start.getTime() + 1000
const deepMs = start.getTime() - 60_000_000
const idOf = ({ userId }: Author) => userId.replace('usr_', 'med_') as MediaId

test('a page of the feed is one walk along its index, with the people apart hashed once, as deep as one likes', async () => {
  const wish = { sessionId: viewer.sessionId, nowMs }
  const pageAt = (publishedAtMs: number) => explain((db) => readPage(db, wish, { publishedAtMs, id: idOf(viewer) }, 31))
  await pageAt(nowMs)
  const [first, deep] = [await pageAt(nowMs), await pageAt(deepMs)]
  for (const { plan } of [first, deep]) {
    expect(plan).toContain('Index Scan using media_feed')
    expect(plan).toContain('hashed SubPlan')
    expect(plan).not.toContain('Sort')
  }
  expect(deep.pages).toBeLessThan(first.pages * 1.2 + 20)
  const found = await readPage(edge, wish, { publishedAtMs: deepMs, id: idOf(viewer) }, 31)
  expect(found).toHaveLength(31)
  expect(found.some(({ ownerId }) => ownerId === blocked.userId)).toBe(false)
})

test('a page of a gallery too, and its timeline is counted without them', async () => {
  const wish = { sessionId: viewer.sessionId, groupId, nowMs, filter: {}, zone: 'UTC' }
  const pageAt = (timelineAtMs: number) =>
    explain((db) => readGalleryPage(db, { ...wish, after: { timelineAtMs, id: idOf(viewer) }, rowsMax: 61 }))
  await pageAt(nowMs)
  const [first, deep] = [await pageAt(nowMs), await pageAt(deepMs)]
  for (const { plan } of [first, deep]) {
    expect(plan).toContain('Index Scan using media_timeline')
    expect(plan).toContain('hashed SubPlan')
    expect(plan).not.toContain('Seq Scan on media')
  }
  expect(deep.pages).toBeLessThan(first.pages * 1.2 + 20)
  const { data } = await readTimeline(edge, { ...wish, chunkMax: 100 })
  expect(data.found.reduce((sum, { count }) => sum + count, 0)).toBe(16_001)
})
