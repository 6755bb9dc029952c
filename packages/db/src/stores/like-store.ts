// Likes and the count kept beside each item. A like and its count change in one statement, under the lock of the item: the
// count can drift from the rows only if somebody edits the tables by hand.
import { and, eq, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { likes, media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { isSeen as isSeenItem } from './gallery-store.ts'
import { uuid, uuids } from './id-param.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { isStillSignedIn, sessionQuery, type Author, type SessionRead } from './session-store.ts'

export type LikeWish = { readonly author: Author; readonly mediaId: MediaId; readonly nowMs: number }

type CountRow = { like_count: number }

/** Items that the author sees: public ones and those of their groups. */
const isSeen = ({ author, mediaId, nowMs }: LikeWish) =>
  sql`${eq(media.id, mediaId)} and ${isSeenItem({ sessionId: author.sessionId, nowMs })}`

/**
 * What stands still before a like and its count change, in statements of their own: the one after them sees the item where
 * it is once whoever moves it is done. Without them the like was written and the count, judged again, was not. People come
 * before items, as in departure-store.ts: a like and its notice refer to both of them.
 */
const locks = (db: EdgeDatabase, wish: LikeWish) =>
  [
    db.execute(sql`
      select 1 from users where id = ${uuid(wish.author.userId)}
        or id = (select owner_id from ${media} where id = ${uuid(wish.mediaId)}) order by id for key share`),
    db.execute(sql`select 1 from ${media} where ${isSeen(wish)} for no key update`),
  ] as const

/** Likes an item that the author sees, once. Returns its count then, or null: there is none, or the session has ended. */
export async function addLike(db: EdgeDatabase, wish: LikeWish): Promise<number | null> {
  const { author, nowMs } = wish
  const me = uuid(author.userId)
  const addStatement = sql`
    with added as (
      insert into ${likes} (user_id, media_id, created_at)
      select ${me}, id, ${moment(nowMs)}
      from ${media} where ${isSeen(wish)} and ${isStillSignedIn(author, nowMs)}
      on conflict (user_id, media_id) do nothing
      returning media_id
    ), told as (${tell(
      'liked',
      { group: sql`group_id`, actor: me, subject: sql`owner_id`, media: sql`media.id` },
      sql`added join media on media.id = added.media_id where owner_id <> ${me}`,
      nowMs,
    )}
    )
    update ${media} set like_count = like_count + (select count(*) from added)
    where ${isSeen(wish)} and ${isStillSignedIn(author, nowMs)}
    returning like_count`
  const [, , { rows }] = await db.batch([...locks(db, wish), db.execute<CountRow>(addStatement)])
  return rows[0]?.like_count ?? null
}

/** Takes a like back, if there is one. Returns as `addLike` does. */
export async function removeLike(db: EdgeDatabase, wish: LikeWish): Promise<number | null> {
  const { author, mediaId, nowMs } = wish
  const removeStatement = sql`
    with removed as (
      delete from ${likes}
      where ${eq(likes.userId, author.userId)} and ${eq(likes.mediaId, mediaId)}
        and exists (select 1 from ${media} where ${isSeen(wish)}) and ${isStillSignedIn(author, nowMs)}
      returning media_id
    )
    update ${media} set like_count = like_count - (select count(*) from removed)
    where ${isSeen(wish)} and ${isStillSignedIn(author, nowMs)}
    returning like_count`
  const [, , { rows }] = await db.batch([...locks(db, wish), db.execute<CountRow>(removeStatement)])
  return rows[0]?.like_count ?? null
}

export type LikedAmongWish = {
  readonly sessionId: string
  readonly mediaIds: readonly MediaId[]
  readonly nowMs: number
}

/** Which of the items the session's user likes, and the session itself, in one trip. */
export async function findLikedAmong(
  db: EdgeDatabase,
  { sessionId, mediaIds, nowMs }: LikedAmongWish,
): Promise<SessionRead<MediaId[]>> {
  const liked = () =>
    db
      .select({ mediaId: likes.mediaId })
      .from(likes)
      .where(and(eq(likes.userId, viewerId({ sessionId, nowMs })), sql`${likes.mediaId} = any(${uuids(mediaIds)})`))
  const [[session], rows] = await retryRead(() => db.batch([sessionQuery(db, sessionId), liked()]))
  return { session: session ?? null, data: rows.map((row) => row.mediaId) }
}
