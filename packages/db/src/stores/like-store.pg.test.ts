import { count, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { groups, memberships } from '../schema/groups.ts'
import { likes, media } from '../schema/media.ts'
import { addLike, findLikedAmong, removeLike } from './like-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)

async function countRows(mediaId: Awaited<ReturnType<typeof rows.addItem>>): Promise<number> {
  const [row] = await rows.db.select({ count: count() }).from(likes).where(eq(likes.mediaId, mediaId))
  return row?.count ?? -1
}

test('a like counts once however often it is given, and is taken back once', async () => {
  const author = await rows.addAuthor()
  const mediaId = await rows.addItem(author, start)
  const wish = { author, mediaId, nowMs }
  expect([await addLike(edge, wish), await addLike(edge, wish)]).toEqual([1, 1])
  expect([await removeLike(edge, wish), await removeLike(edge, wish)]).toEqual([0, 0])
})

test('a hundred people liking at once are a hundred likes', async () => {
  const authors = await Promise.all(Array.from({ length: 100 }, () => rows.addAuthor()))
  const mediaId = await rows.addItem(authors[0]!, start)
  const counts = await Promise.all(authors.map((author) => addLike(edge, { author, mediaId, nowMs })))
  expect(new Set(counts)).toEqual(new Set(Array.from({ length: 100 }, (_, n) => n + 1)))
  expect(await countRows(mediaId)).toBe(100)
})

test('one person hammering like and unlike leaves the count equal to the rows', async () => {
  const author = await rows.addAuthor()
  const mediaId = await rows.addItem(author, start)
  const wish = { author, mediaId, nowMs }
  await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? addLike(edge, wish) : removeLike(edge, wish))))
  const settled = await addLike(edge, wish)
  expect(settled).toBe(1)
  expect(await countRows(mediaId)).toBe(1)
})

test('an item that is not ready or not there cannot be liked', async () => {
  const author = await rows.addAuthor()
  const reserved = await rows.addUpload(author)
  const missing = numberedId('media', 999_999)
  for (const mediaId of [reserved, missing]) {
    expect(await addLike(edge, { author, mediaId, nowMs })).toBeNull()
    expect(await removeLike(edge, { author, mediaId, nowMs })).toBeNull()
  }
  expect(await countRows(reserved)).toBe(0)
})

test('a session that ended after its check writes no like', async () => {
  const author = await rows.addAuthor()
  const mediaId = await rows.addItem(author, start)
  const tooLate = start.getTime() + 2 * 3_600_000
  expect(await addLike(edge, { author, mediaId, nowMs: tooLate })).toBeNull()
  const stranger = await rows.addAuthor()
  const borrowed = { userId: stranger.userId, sessionId: author.sessionId }
  expect(await addLike(edge, { author: borrowed, mediaId, nowMs })).toBeNull()
  expect(await countRows(mediaId)).toBe(0)
})

test('a viewer is told their own likes only', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor()]
  const [first, second] = [await rows.addItem(ann, start), await rows.addItem(ann, start)]
  await addLike(edge, { author: ann, mediaId: first, nowMs })
  await addLike(edge, { author: bob, mediaId: second, nowMs })
  const read = await findLikedAmong(edge, { sessionId: ann.sessionId, mediaIds: [first, second], nowMs })
  expect(read.data).toEqual([first])
  expect(read.session?.userId).toBe(ann.userId)
  const nobody = await findLikedAmong(edge, { sessionId: 'none', mediaIds: [first, second], nowMs })
  expect(nobody).toEqual({ session: null, data: [] })
  expect((await findLikedAmong(edge, { sessionId: ann.sessionId, mediaIds: [], nowMs })).data).toEqual([])
})

test('a like that meets a move of its item counts where the item is seen, or not at all', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const dates = { createdAt: start, activeAt: start }
  const groupId = numberedId('group', 1)
  await rows.db.insert(groups).values({ id: groupId, name: 'Friends', memberCount: 1, ...dates })
  await rows.db
    .insert(memberships)
    .values({ groupId, userId: owner.userId, role: 'owner', joinedAt: start, seenAt: start })
  const [going, ending] = [await rows.addItem(owner, start), await rows.addItem(owner, start)]
  const like = (mediaId: MediaId) => addLike(edge, { author: ann, mediaId, nowMs })
  const { liking } = await rows.db.transaction(async (moving) => {
    await moving.update(media).set({ groupId }).where(eq(media.id, going))
    await moving.delete(media).where(eq(media.id, ending))
    const liking = Promise.all([like(going), like(ending)])
    await pollUntil(async () => {
      const { rows: waiting } = await rows.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return waiting.length === 2
    })
    return { liking }
  })
  expect(await liking).toEqual([null, null])
  expect(await countRows(going)).toBe(0)
})
