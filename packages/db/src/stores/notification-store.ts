// What people are told: notices become notifications, which their readers list and mark. A notification grows while the
// same person goes on with the same in the same place, so that fifty pictures in a minute are one line.
import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import {
  growingMinutesMax,
  plainKinds,
  quietMinutes,
  siteKinds,
  socialKinds,
  type NoticeKind,
} from '@shoebox/shared/notices/kinds.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { notifications } from '../schema/notifications.ts'
import { isNotApart, viewerId, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import { avatarOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

/**
 * Takes the oldest notices and tells each to whom it concerns, as their level for the group says; never to who did it.
 * Answers how many it took. One statement: whatever ends it, a notice is told once or waits on. A like that was taken
 * back, an item of which there is no telling any more and somebody who left the group are not told of.
 */
export async function tellNotices(db: PoolDatabase, noticesMax: number): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with taken as (
      delete from notices where id in (select id from notices order by id limit ${noticesMax} for update skip locked)
      returning *
    ), valid as (
      select taken.* from taken join users on users.id = taken.actor_id left join groups on groups.id = taken.group_id
      where (taken.group_id is null or groups.id is not null) and (kind <> 'liked' or exists (
        select 1 from likes where likes.user_id = taken.actor_id and likes.media_id = taken.media_id))
    ), concerned as (
      select valid.*, memberships.user_id, memberships.notifications as level
      from valid join memberships on memberships.group_id = valid.group_id
      where subject_id is null and (kind <> 'join_requested' or memberships.role in ('admin', 'owner'))
      union all
      select valid.*, users.id, coalesce(memberships.notifications, 'all')
      from valid join users on users.id = valid.subject_id
        left join memberships on memberships.group_id = valid.group_id and memberships.user_id = valid.subject_id
      where valid.group_id is null or memberships.user_id is not null or kind = 'removed'
    ), told as (
      insert into notifications (user_id, kind, group_id, actor_id, media_id, count, first_at, last_at)
      select user_id, kind, group_id, actor_id, (array_agg(media_id order by id desc))[1],
        case kind when 'liked' then count(distinct media_id) else sum(count) end, min(happened_at), max(happened_at)
      from concerned
      where (user_id <> actor_id or kind in (${bySite})) and (level = 'all' or level = 'highlights' and kind not in (${plain}))
        and (kind not in (${social}) or ${isNotApart(sql`user_id`, sql`actor_id`)})
      group by user_id, kind, group_id, actor_id order by user_id, kind, group_id, actor_id
      on conflict (user_id, kind, coalesce(group_id, user_id), actor_id) where closed_at is null do update
        set count = notifications.count + excluded.count, media_id = excluded.media_id, read_at = null,
          last_at = greatest(notifications.last_at, excluded.last_at)
    )
    select count(*)::int as count from taken`)
  return rows[0]?.count ?? 0
}

const quoted = (kinds: readonly NoticeKind[]) => sql.raw(kinds.map((kind) => `'${kind}'`).join(', '))
const [plain, social, bySite] = [quoted(plainKinds), quoted(socialKinds), quoted(siteKinds)]

/**
 * Ends the growth of what has been quiet long enough, or has grown for too long, and notes for whose digest it waits.
 * Answers of how many.
 */
export async function closeQuiet(db: PoolDatabase, nowMs: number): Promise<number> {
  const before = (minutes: number) => moment(nowMs - minutes * 60_000)
  const { rows } = await db.execute<{ count: number }>(sql`
    with closed as (
      update notifications set closed_at = ${moment(nowMs)}
      where closed_at is null and (last_at <= ${before(quietMinutes)} or first_at <= ${before(growingMinutesMax)})
      returning user_id, read_at
    ), waiting as (
      insert into digests (user_id, waits_since)
      select distinct user_id, ${moment(nowMs)} from closed where read_at is null order by user_id
      on conflict (user_id) do update set waits_since = excluded.waits_since
        where digests.waits_since is null and digests.frequency <> 'off'
    )
    select count(*)::int as count from closed`)
  return rows[0]?.count ?? 0
}

/**
 * Theirs, as long as they belong to the group; that they were removed from it is told all the same. What somebody did
 * who is apart from them by now is not, and is again once they are not.
 */
const isTold = (wish: Slots<Viewer>): SQL => sql`
      ${notifications.userId} = ${viewerId(wish)}
      and (${notifications.groupId} is null or ${notifications.kind} = 'removed' or exists (
        select 1 from memberships as mine where mine.group_id = ${notifications.groupId}
          and mine.user_id = ${notifications.userId}))
      and (${notifications.kind} not in (${social}) or ${isNotApart(viewerId(wish), sql`${notifications.actorId}`)})`

const listQuery = declareQuery((db, wish: Slots<Viewer & { readonly rowsMax: number }>) =>
  db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      count: notifications.count,
      lastAt: notifications.lastAt,
      isRead: sql<boolean>`${notifications.readAt} is not null`,
      groupId: notifications.groupId,
      groupName: groups.name,
      /** What the reader is in the group by now. */
      role: memberships.role,
      actorId: users.id,
      actorName: users.name,
      avatar: avatarOf('users'),
      /** Where it can still be opened. */
      mediaId: media.id,
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.actorId))
    .leftJoin(groups, eq(groups.id, notifications.groupId))
    .leftJoin(
      memberships,
      and(eq(memberships.groupId, notifications.groupId), eq(memberships.userId, notifications.userId)),
    )
    .leftJoin(
      media,
      and(
        eq(media.id, notifications.mediaId),
        sql`(${media.isPublic} or ${media.isInGallery} and ${media.groupId} = ${notifications.groupId})`,
      ),
    )
    .where(isTold(wish))
    .orderBy(desc(notifications.lastAt), desc(notifications.id))
    .limit(wish.rowsMax),
)

/** What the session's user was told, the latest first. */
export async function findNotifications(db: EdgeDatabase, wish: Viewer & { readonly rowsMax: number }) {
  const [session, data] = await readAs(db, wish.sessionId, [listQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}

const unreadQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(notifications)
    .where(and(isTold(wish), isNull(notifications.readAt))),
)

/** How many of them the session's user has not read. */
export async function countUnread(db: EdgeDatabase, wish: Viewer): Promise<SessionRead<number>> {
  const [session, [counted]] = await readAs(db, wish.sessionId, [unreadQuery(db, wish)])
  return { session, data: counted?.count ?? 0 }
}

/** Marks as read what the author was told up to a moment: what came or grew after it was shown stays unread. */
export async function markRead(
  db: EdgeDatabase,
  { author, until, nowMs }: { readonly author: Author; readonly until: Date; readonly nowMs: number },
): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: new Date(nowMs) })
    .where(
      and(
        sql`${notifications.userId} = ${uuid(author.userId)} and ${notifications.lastAt} <= ${moment(until)}`,
        isNull(notifications.readAt),
        isStillSignedIn(author, nowMs),
      ),
    )
}
