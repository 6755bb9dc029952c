import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { media } from '../schema/media.ts'
import { quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import * as store from './deletion-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const later = { nowMs, nextTryMs: nowMs + 30 * minuteMs }
const gone = { objects: 5, bytes: 900, ...later }
const { rows } = await openDatabase(start)
let ann: Author

beforeAll(async () => {
  ann = await rows.addAuthor('Ann')
})
beforeEach(() => rows.db.delete(deletions))
const purge = (ids: readonly string[]) =>
  rows.db.execute(
    store.purgeItems(sql`${media.id} = any(${sql.param(ids.map((id) => id.slice(4)))}::uuid[])`, 'purged', nowMs),
  )
const wishes = () => rows.db.select().from(deletions).orderBy(deletions.mediaId)
const claim = (at = nowMs, rowsMax = 10) => store.claimDeletions(rows.db, { nowMs: at, rowsMax })

async function addPurged() {
  const id = await rows.addItem(ann, start)
  await purge([id])
  return id
}

test('an item, its room and the wish to delete its objects go together', async () => {
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 5000 })
  const item = await rows.addItem(ann, start, { quotaBytes: 1000 })
  const unsent = await rows.addUpload(ann, { quotaBytes: 500 })
  await purge([item, unsent])
  expect(await rows.db.select().from(media)).toEqual([])
  expect(await rows.db.select().from(quotaTotals)).toMatchObject([{ bytes: 3500 }])
  expect(await wishes()).toMatchObject([
    { mediaId: item, generation: null, reason: 'purged', wasShown: true, incomingKey: `${ann.userId}/${item}` },
    { mediaId: unsent, wasShown: false },
  ])
})

test('an item that is taken down keeps its row, and counts for nothing', async () => {
  const id = await rows.addItem(ann, start, { quotaBytes: 700 })
  const takeDown = () =>
    rows.db.execute(sql`with ${store.itemsTakenDown(sql`${eq(media.id, id)}`, nowMs)} select id from down`)
  expect((await takeDown()).rows).toHaveLength(1)
  expect((await takeDown()).rows, 'only once').toHaveLength(0)
  const [row] = await rows.db.select().from(media).where(eq(media.id, id))
  expect(row).toMatchObject({ state: 'ready', listing: 'removed', quotaBytes: 0, isPublic: false })
  expect(await wishes()).toMatchObject([{ mediaId: id, reason: 'removed', asks: 1 }])
})

test('an item is taken down wherever it is, in the trash of an admin too', async () => {
  const id = await rows.addItem(ann, start, { listing: 'trashed', trashedAt: start, trashedBy: ann.userId })
  expect(
    (await rows.db.execute(sql`with ${store.itemsTakenDown(sql`${eq(media.id, id)}`, nowMs)} select id from down`))
      .rows,
  ).toHaveLength(1)
  const [row] = await rows.db.select().from(media).where(eq(media.id, id))
  expect(row).toMatchObject({ listing: 'removed', trashedAt: null, trashedBy: null })
})

test('a wish is taken by one purge at a time, and comes again later and later', async () => {
  await addPurged()
  const [first, second] = await Promise.all([claim(), claim()])
  expect([...first, ...second]).toHaveLength(1)
  expect(await claim(nowMs + minuteMs - 1)).toHaveLength(0)
  expect(await claim(nowMs + minuteMs)).toHaveLength(1)
  expect(await claim(nowMs + 2 * minuteMs)).toHaveLength(0)
  expect(await claim(nowMs + 3 * minuteMs)).toHaveLength(1)
})

test('a wish is done when its objects are gone, the copies at the edge after them, and nothing came since', async () => {
  const id = await addPurged()
  const [wish] = await claim()
  if (wish === undefined) throw new Error('nothing was claimed')
  await store.keepInvalidation(rows.db, [wish], 'I1')
  await store.markInvalidated(rows.db, 'I1', later)
  expect(await wishes(), 'S3 failed').toMatchObject([{ goneAt: null, invalidationId: 'I1', invalidatedAt: null }])
  expect(await store.markGone(rows.db, wish, gone)).toBe(true)
  expect(await wishes(), 'what was invalidated before may have been fetched again').toMatchObject([
    { mediaId: id, goneAt: start, objects: 5, bytes: 900, invalidationId: null, doneAt: null },
  ])
  await store.keepInvalidation(rows.db, [wish], 'I2')
  await store.markInvalidated(rows.db, 'I2', later)
  expect(await claim(later.nextTryMs - 1)).toEqual([])
  expect(await claim(later.nextTryMs)).toMatchObject([{ goneAt: start, invalidatedAt: start }])
  await store.markDone(rows.db, wish, nowMs)
  expect(await wishes()).toMatchObject([{ doneAt: start }])
  expect(await claim(nowMs + dayMs)).toEqual([])
})

test('what is asked for again while it is worked on, is not done', async () => {
  const id = await addPurged()
  const [wish] = await claim()
  if (wish === undefined) throw new Error('nothing was claimed')
  const again = sql`(select ${id.slice(4)}::uuid as id, null as incoming_key, null as multipart_upload_id,
    false as was_shown) as again`
  await rows.db.execute(store.askForDeletion(again, 'stray', nowMs))
  expect(await store.markGone(rows.db, wish, gone)).toBe(false)
  await store.markDone(rows.db, wish, nowMs)
  expect(await wishes()).toMatchObject([
    { asks: 2, goneAt: null, doneAt: null, wasShown: true, incomingKey: `${ann.userId}/${id}` },
  ])
  expect(await claim()).toMatchObject([{ asks: 2 }])
})
