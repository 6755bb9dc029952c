import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { groups, memberships } from '../schema/groups.ts'
import { readGalleryPage, readTimeline, type GalleryFilter } from './gallery-store.ts'

/** A Wednesday. */
const start = new Date('2026-07-15T12:00:00.000Z')
const { rows, edge } = await openDatabase(start)
let ann: Author
let ben: Author

const [lake, town] = [numberedId('group', 1), numberedId('group', 2)]

async function addGroup(id: GroupId, ...members: Author[]): Promise<void> {
  await rows.db.insert(groups).values({ id, name: 'Lake', createdAt: start, activeAt: start })
  for (const [i, { userId }] of members.entries())
    await rows.db
      .insert(memberships)
      .values({ groupId: id, userId, role: i === 0 ? 'owner' : 'viewer', joinedAt: start, seenAt: start })
}

const addItem = (groupId: GroupId, timelineAt: string, owner = ann) =>
  rows.addItem(owner, start, { groupId, timelineAt: new Date(timelineAt) })

beforeAll(async () => {
  ann = await rows.addAuthor('Ann')
  ben = await rows.addAuthor('Ben')
  await addGroup(lake, ann)
  await addGroup(town, ben)
})

type Read = { zone?: string; chunkMax?: number; filter?: GalleryFilter; by?: Author }

const read = async (groupId: GroupId, { zone = 'UTC', chunkMax = 100, filter = {}, by = ann }: Read = {}) => {
  const wish = { sessionId: by.sessionId, groupId, nowMs: start.getTime(), zone, filter, chunkMax }
  return (await readTimeline(edge, wish)).data.found
}

test('every item stands in one section, counted from today', async () => {
  for (const at of [
    '2026-07-15T09:00:00Z',
    '2026-07-13T00:00:00Z',
    '2026-07-12T23:59:59Z',
    '2026-07-01T00:00:00Z',
    '2026-06-30T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2025-12-31T23:59:59Z',
    '1969-07-20T20:17:00Z',
    '2031-01-01T00:00:00Z',
  ])
    await addItem(lake, at)
  const chunks = await read(lake)
  expect(chunks.map(({ section, month, count }) => `${section} ${month} ${count}`)).toEqual([
    '2031-01 2031-01 1',
    'today 2026-07 1',
    'week 2026-07 1',
    'month 2026-07 2',
    'year 2026-06 1',
    'year 2026-01 1',
    '2025-12 2025-12 1',
    '1969-07 1969-07 1',
  ])
})

test('days begin where the viewer is', async () => {
  const there = await read(lake, { zone: 'Pacific/Auckland' })
  // There it is the 16th already, and New Year of 2026 came thirteen hours earlier.
  expect(there.map(({ section, month, count }) => `${section} ${month} ${count}`)).toEqual([
    '2031-01 2031-01 1',
    'week 2026-07 3',
    'month 2026-07 2',
    'year 2026-01 2',
    '1969-07 1969-07 1',
  ])
})

test('any chunk can be read by itself, and together they are the gallery', async () => {
  const chunks = await read(lake, { chunkMax: 1 })
  const wish = { sessionId: ann.sessionId, groupId: lake, nowMs: start.getTime(), zone: 'UTC', filter: {} }
  const whole = (await readGalleryPage(edge, { ...wish, after: null, rowsMax: 100 })).data.found.map(({ id }) => id)
  const parts = await Promise.all(
    chunks.map(
      async ({ after, count }) => (await readGalleryPage(edge, { ...wish, after, rowsMax: count })).data.found,
    ),
  )
  expect(parts.flat().map(({ id }) => id)).toEqual(whole)
})

test('filters count what they leave', async () => {
  const found = await read(lake, { filter: { from: '2026-07-01', to: '2026-07-12' } })
  expect(found.map(({ section, count }) => `${section} ${count}`)).toEqual(['month 2'])
  expect(await read(lake, { filter: { kinds: ['video'] } })).toEqual([])
})

test('nobody learns how much there is in a gallery of others', async () => {
  await addItem(town, '2026-07-15T09:00:00Z', ben)
  expect(await read(town, { by: ann })).toEqual([])
  expect(await read(town, { by: ben })).toHaveLength(1)
})

test('a gallery of fifty thousand is one walk along the index of its timeline', async () => {
  await rows.db.execute(sql`
    insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256, state,
      incoming_key, created_at, type, kind, generation, published_at, timeline_at, group_id)
    select gen_random_uuid(), owner_id, gen_random_uuid(), 0, '', 'image/jpeg', 1, '', 'ready', 'key-' || n, created_at,
      'image/jpeg', 'image', '0123456789abcdef', published_at, timeline_at - n * interval '20 minutes', group_id
    from (select * from media where state = 'ready' and timeline_at < '2026-07-02' limit 1) as item,
      generate_series(1, 50000) as n`)
  const chunks = await read(lake)
  expect(chunks.reduce((sum, { count }) => sum + count, 0)).toBe(50_009)
  expect(chunks.length).toBeGreaterThan(500)
  expect(chunks.every(({ count }) => count <= 100)).toBe(true)
})
