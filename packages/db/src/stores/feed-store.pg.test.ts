import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { media } from '../schema/media.ts'
import { readItem, readPage, readSince, type FeedPosition } from './feed-store.ts'
import { recordSql } from './record-sql.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const { rows, edge } = await openDatabase(start)
let ann: Author

beforeAll(async () => {
  ann = await rows.addAuthor('Ann')
  // Seven items in three moments: ties are what offset and time-only cursors get wrong.
  for (const second of [1, 1, 1, 2, 2, 3, 3]) await rows.addItem(ann, rows.later(second * 1000))
  await rows.addUpload(ann)
  await rows.addUpload(ann, { state: 'cancelled' })
})

test('pages neither repeat nor skip items of the same moment, while new ones arrive', async () => {
  const seen: string[] = []
  let from: FeedPosition | null = null
  for (let page = 0; page < 4; page += 1) {
    const items = await readPage(edge, null, from, 2)
    seen.push(...items.map((item) => item.id))
    const last = items.at(-1)
    if (last !== undefined) from = { publishedAtMs: last.publishedAt.getTime(), id: last.id }
    if (page === 1) await rows.addItem(ann, rows.later(9000))
  }
  expect(seen).toHaveLength(7)
  expect(new Set(seen).size).toBe(7)
})

test('only ready items are listed, newest first', async () => {
  const items = await readPage(edge, null, null, 100)
  const times = items.map((item) => item.publishedAt.getTime())
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(items.every((item) => item.ownerName === 'Ann' && item.generation !== '')).toBe(true)
  const all = await rows.db.$count(media, sql`state = 'ready'`)
  expect(items).toHaveLength(all)
})

test('what is newer than a moment is read with the moment itself', async () => {
  const items = await readSince(edge, null, start.getTime() + 2000, 100)
  expect(items.every((item) => item.publishedAt.getTime() >= start.getTime() + 2000)).toBe(true)
  expect(items.some((item) => item.publishedAt.getTime() === start.getTime() + 2000)).toBe(true)
})

test('an item that is not ready is not found', async () => {
  const reserved = await rows.addUpload(ann)
  const [item] = await readPage(edge, null, null, 1)
  expect(await readItem(edge, null, reserved)).toBeNull()
  expect((await readItem(edge, null, item!.id))?.id).toBe(item!.id)
})

test('every page is read through the feed index, without sorting, however deep it is', async () => {
  await rows.db.execute(sql`
    insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256, state,
      incoming_key, created_at, type, kind, generation, published_at)
    select gen_random_uuid(), owner_id, gen_random_uuid(), 0, '', 'image/jpeg', 1, '', 'ready', 'key-' || n, created_at,
      'image/jpeg', 'image', '0123456789abcdef', published_at - n * interval '1 second'
    from (select * from media where state = 'ready' limit 1) as item, generate_series(1, 20000) as n`)
  await rows.db.execute(sql`analyze media`)
  const deep = {
    publishedAtMs: start.getTime() - 10_000_000,
    id: ann.userId.replace('usr_', 'med_') as FeedPosition['id'],
  }
  for (const from of [null, deep]) {
    const [query] = await recordSql((recording) => readPage(recording, null, from, 31))
    const plan = await rows.db.$client.query(`explain (analyze, buffers off, timing off) ${query?.query}`, [
      ...(query?.params ?? []),
    ])
    const text = plan.rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
    expect(text).toContain('Index Scan using media_feed')
    expect(text).not.toContain('Sort')
    expect(text).not.toContain('Rows Removed by Filter')
  }
})
