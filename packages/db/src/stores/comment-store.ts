// What members say about an item, and the count kept beside it. A comment and its count change in one statement.
import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import type { CommentId, MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, valueOf, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { comments } from '../schema/gallery.ts'
import { media } from '../schema/media.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { isNotApart, viewerId } from './block-filter.ts'
import { isInOwnGallery, shownCommentCount, type ItemWish } from './gallery-store.ts'
import { uuid } from './id-param.ts'
import { avatarOf, isMemberOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

export type CommentsWish = ItemWish & { readonly after: CommentId | null; readonly rowsMax: number }

const itemQuery = declareQuery((db, wish: Slots<CommentsWish>) =>
  db
    .select({
      isAdmin: sql<boolean>`${isMemberOf(wish, sql`${media.groupId}`, 'admin')}`,
    })
    .from(media)
    .where(and(matches(media.id, wish.mediaId), isInOwnGallery(wish))),
)

const saidQuery = declareQuery((db, wish: Slots<CommentsWish>) =>
  db
    .select({
      id: comments.id,
      text: comments.text,
      createdAt: comments.createdAt,
      authorId: users.id,
      authorName: users.name,
      avatar: avatarOf('users'),
    })
    .from(comments)
    .innerJoin(media, eq(media.id, comments.mediaId))
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(
      and(
        matches(comments.mediaId, wish.mediaId),
        isInOwnGallery(wish),
        isNotApart(viewerId(wish), sql`${comments.authorId}`),
        wish.after === null ? undefined : lt(comments.id, valueOf(comments.id, wish.after)),
      ),
    )
    .orderBy(desc(comments.id))
    .limit(wish.rowsMax),
)

/**
 * What was said about an item by people who are not apart from the viewer, newest first, and what the viewer may take
 * away. Null: they cannot see the item.
 */
export async function findComments(db: EdgeDatabase, wish: CommentsWish) {
  const [session, [seen], rows] = await readAs(db, wish.sessionId, [itemQuery(db, wish), saidQuery(db, wish)])
  const data = seen === undefined ? null : { isAdmin: seen.isAdmin, comments: rows }
  return { session, data } satisfies SessionRead<object | null>
}

/**
 * The lock under which an item's comments and their count change, in a statement of its own: the ones after it see where
 * the item is once whoever moves it elsewhere is done, and whoever does then sees what was said. After groups, before
 * everything else.
 */
const lockItem = (db: EdgeDatabase, which: SQL) => db.execute(sql`select 1 from media where ${which} for no key update`)

export type NewComment = {
  readonly author: Author
  readonly id: CommentId
  readonly mediaId: MediaId
  readonly text: string
  readonly nowMs: number
}

/** Adds a comment. Answers how many there are then for its author, or null when the author cannot see the item. */
export async function addComment(db: EdgeDatabase, comment: NewComment): Promise<number | null> {
  const { author, mediaId, nowMs } = comment
  const me = uuid(author.userId)
  const viewer = { sessionId: author.sessionId, nowMs }
  const isSeen = isInOwnGallery(viewer)
  const [, , { rows }] = await db.batch([
    db.execute(sql`
      update groups set active_at = greatest(active_at, ${moment(nowMs)})
      where id = (select group_id from ${media} where id = ${uuid(mediaId)} and ${isSeen})`),
    lockItem(db, sql`id = ${uuid(mediaId)} and ${isSeen}`),
    db.execute<{ comment_count: string }>(sql`
      with added as (
        insert into ${comments} (id, media_id, author_id, text, created_at)
        select ${uuid(comment.id)}, id, ${me}, ${comment.text}, ${moment(nowMs)}
        from ${media} where id = ${uuid(mediaId)} and ${isSeen}
        returning media_id
      ), told as (${tell(
        'commented',
        { group: sql`group_id`, actor: me, subject: sql`owner_id`, media: sql`media.id` },
        sql`added join media on media.id = added.media_id where owner_id <> ${me}`,
        nowMs,
      )}
      )
      update ${media} set comment_count = comment_count + 1 from added where media.id = added.media_id
      returning ${shownCommentCount(viewer)} as comment_count`),
  ])
  const [row] = rows
  return row === undefined ? null : Number(row.comment_count)
}

export type CommentRemoval = { readonly author: Author; readonly id: CommentId; readonly nowMs: number }

/** Takes a comment away: one's own, or any in a group whose admin one is. False: there is no such. */
export async function removeComment(
  db: EdgeDatabase,
  { author, id, nowMs, audit }: CommentRemoval & Audited,
): Promise<boolean> {
  const isAdmin = isMemberOf({ sessionId: author.sessionId, nowMs }, sql`${media.groupId}`, 'admin')
  const isSignedIn = isStillSignedIn(author, nowMs)
  const removeStatement = sql`
    with gone as (
      delete from ${comments} using ${media}
      where comments.id = ${uuid(id)} and media.id = comments.media_id and ${isSignedIn}
        and (comments.author_id = ${uuid(author.userId)} or ${isAdmin})
      returning comments.media_id, comments.author_id, media.group_id
    ), audited as (${auditedBy(audit, sql`gone where author_id <> ${uuid(author.userId)}`, {
      chain: sql`(select group_id from gone)`,
      detail: sql`(select jsonb_build_object('author', author_id, 'item', media_id) from gone)`,
    })}
    )
    update ${media} set comment_count = comment_count - 1 from gone where media.id = gone.media_id
    returning media.id`
  const which = sql`id = (select media_id from comments where comments.id = ${uuid(id)} and ${isSignedIn})`
  const [, { rows }] = await db.batch([lockItem(db, which), db.execute(removeStatement)])
  return rows.length > 0
}
