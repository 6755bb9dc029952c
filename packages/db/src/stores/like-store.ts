// Likes and the count kept beside each item. A like and its count change in one statement, under the lock of the item: the
// count can drift from the rows only if somebody edits the tables by hand.
import { and, eq, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { likes, media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { isSeen as isSeenItem } from './gallery-store.ts'
import { uuid, uuids } from './id-param.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

export type LikeWish = { readonly author: Author; readonly mediaId: MediaId; readonly nowMs: number }

type CountRow = { like_count: number }

/** Items that the author sees: public ones and those of their groups. */
const isSeen = ({ author, mediaId, nowMs }: Slots<LikeWish>) =>
  sql`${matches(media.id, mediaId)} and ${isSeenItem({ sessionId: author.sessionId, nowMs })}`

// What stands still before a like and its count change, in statements of their own: the one after them sees the item where
// it is once whoever moves it is done. Without them the like was written and the count, judged again, was not. People come
// before items, as in departure-store.ts: a like and its notice refer to both of them.
const lockPeople = declareQuery((db, { author, mediaId }: Slots<LikeWish>) =>
  db.execute(sql`
    select 1 from users where id = ${uuid(author.userId)}
      or id = (select owner_id from ${media} where id = ${uuid(mediaId)}) order by id for key share`),
)
const lockItem = declareQuery((db, wish: Slots<LikeWish>) =>
  db.execute(sql`select 1 from ${media} where ${isSeen(wish)} for no key update`),
)

const addStatement = declareQuery((db, wish: Slots<LikeWish>) => {
  const { author, nowMs } = wish
  const me = uuid(author.userId)
  return db.execute<CountRow>(sql`
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
    returning like_count`)
})

const removeStatement = declareQuery((db, wish: Slots<LikeWish>) => {
  const { author, mediaId, nowMs } = wish
  return db.execute<CountRow>(sql`
    with removed as (
      delete from ${likes}
      where ${matches(likes.userId, author.userId)} and ${matches(likes.mediaId, mediaId)}
        and exists (select 1 from ${media} where ${isSeen(wish)}) and ${isStillSignedIn(author, nowMs)}
      returning media_id
    )
    update ${media} set like_count = like_count - (select count(*) from removed)
    where ${isSeen(wish)} and ${isStillSignedIn(author, nowMs)}
    returning like_count`)
})

/** Likes an item that the author sees, once. Returns its count then, or null: there is none, or the session has ended. */
export const addLike = (db: EdgeDatabase, wish: LikeWish) => change(db, wish, addStatement(db, wish))

/** Takes a like back, if there is one. Returns as `addLike` does. */
export const removeLike = (db: EdgeDatabase, wish: LikeWish) => change(db, wish, removeStatement(db, wish))

async function change(db: EdgeDatabase, wish: LikeWish, statement: ReturnType<typeof addStatement>) {
  const [, , { rows }] = await db.batch([lockPeople(db, wish), lockItem(db, wish), statement])
  return rows[0]?.like_count ?? null
}

export type LikedAmongWish = {
  readonly sessionId: string
  readonly mediaIds: readonly MediaId[]
  readonly nowMs: number
}

const likedQuery = declareQuery((db, wish: Slots<LikedAmongWish>) =>
  db
    .select({ mediaId: likes.mediaId })
    .from(likes)
    .where(and(eq(likes.userId, viewerId(wish)), sql`${likes.mediaId} = any(${uuids(wish.mediaIds)})`)),
)

/** Which of the items the session's user likes, and the session itself, in one trip. */
export async function findLikedAmong(db: EdgeDatabase, wish: LikedAmongWish): Promise<SessionRead<MediaId[]>> {
  const [session, rows] = await readAs(db, wish.sessionId, [likedQuery(db, wish)])
  return { session, data: rows.map((row) => row.mediaId) }
}
