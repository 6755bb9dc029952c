// Deleting an account, and telling its person when everything is gone. Nothing of it is kept but the wish to delete its
// objects and, until the receipt is mailed, where to send that.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { idFromUuid, type UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { comments } from '../schema/gallery.ts'
import { groups, memberships } from '../schema/groups.ts'
import { dataExports, departures } from '../schema/leaving.ts'
import { likes, media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { isStillSteppedUp } from './change-store.ts'
import { purgeItems } from './deletion-store.ts'
import { moment } from './moment.ts'
import { isStillSignedIn, sessionQuery, userOfLivingSession, type Author, type SessionRead } from './session-store.ts'

/** What would go with the account of the session's user, and the groups they own, in one trip. */
export async function findLeavings(db: EdgeDatabase, { sessionId, nowMs }: { sessionId: string; nowMs: number }) {
  const own = sql`(${userOfLivingSession(db, sessionId, nowMs)})`
  const items = () =>
    db
      .select({
        items: sql<number>`count(*)::int`,
        bytes: sql<number>`coalesce(sum(${media.bytes}), 0)`.mapWith(Number),
      })
      .from(media)
      .where(and(eq(media.ownerId, own), sql`${media.state} = 'ready' and ${media.purpose} = 'item'`))
  const owned = () =>
    db
      .select({ id: groups.id, name: groups.name, memberCount: groups.memberCount })
      .from(memberships)
      .innerJoin(groups, eq(groups.id, memberships.groupId))
      .where(and(eq(memberships.userId, own), sql`${memberships.role} = 'owner'`))
      .orderBy(groups.name, groups.id)
  const [[session], [counted], ownedGroups] = await retryRead(() =>
    db.batch([sessionQuery(db, sessionId), items(), owned()]),
  )
  const data = { items: counted?.items ?? 0, bytes: counted?.bytes ?? 0, ownedGroups }
  return { session: session ?? null, data } satisfies SessionRead<object>
}

export type DepartureWish = {
  readonly author: Author
  /** What the password was checked against; null: the session is stepped up. */
  readonly passwordHash: string | null
  readonly nowMs: number
}

/** `refused`: password, code or session are not what they were when they were checked. */
export type DepartureOutcome = 'deleted' | 'owns_groups' | 'last_administrator' | 'refused'

/**
 * Deletes an account with all that is its own: items with their objects asked to go, likes and comments with what they
 * count for, memberships, sessions. One batch, whose first statement takes the locks and decides; the others do nothing
 * unless it did.
 */
export async function deleteAccount(db: EdgeDatabase, wish: DepartureWish): Promise<DepartureOutcome> {
  const { author, nowMs } = wish
  const own = sql`${sql.param(author.userId, users.id)}::uuid`
  const isLeaving = sql`exists (select 1 from ${departures} where ${eq(departures.userId, author.userId)}
    and ${departures.deletedAt} = ${moment(nowMs)})`
  const [, { rows }] = await db.batch([
    // Their groups stand still first, or an ownership handed over at this moment would be missed.
    db.execute(sql`select 1 from ${groups} where id in (select group_id from ${memberships} where user_id = ${own})
      order by id for no key update`),
    db.execute<{ outcome: DepartureOutcome }>(decide(db, wish, own)),
    db.execute(sql`
      update ${media} set like_count = like_count - 1 from ${likes}
      where likes.user_id = ${own} and likes.media_id = media.id and ${isLeaving}`),
    db.execute(sql`
      update ${media} set comment_count = comment_count - written.count
      from (select media_id, count(*)::int as count from ${comments} where author_id = ${own} group by media_id) as written
      where written.media_id = media.id and ${isLeaving}`),
    db.execute(sql`
      update ${groups} set member_count = member_count - 1 from ${memberships}
      where memberships.user_id = ${own} and memberships.group_id = groups.id and ${isLeaving}`),
    db.execute(purgeItems(sql`${eq(media.ownerId, author.userId)} and ${isLeaving}`, 'account_deleted', nowMs)),
    db.execute(sql`
      update ${dataExports} set expires_at = ${moment(nowMs)} where user_id = ${own} and ${isLeaving}`),
    db.execute(sql`delete from ${users} where id = ${own} and ${isLeaving}`),
  ])
  return rows[0]?.outcome ?? 'refused'
}

/** Locks the account and, where it is an administrator's, all of theirs; writes the departure if nothing speaks against it. */
function decide(db: EdgeDatabase, { author, passwordHash, nowMs }: DepartureWish, own: SQL): SQL {
  const isConfirmed =
    passwordHash === null ? isStillSteppedUp(db, author, nowMs) : sql`account.password_hash = ${passwordHash}`
  return sql`
    with administrator as (
      select id from ${users} where role = 'administrator' order by id for update
    ), account as (
      select id, email, name, role, password_hash from ${users} where id = ${own} for update
    ), verdict as (
      select account.*, case
        when not (${isConfirmed} and ${isStillSignedIn(db, author, nowMs)}) then 'refused'
        when exists (select 1 from ${memberships} where user_id = ${own} and role = 'owner') then 'owns_groups'
        when account.role = 'administrator' and not exists (select 1 from administrator where id <> ${own})
          then 'last_administrator'
        else 'deleted' end as outcome
      from account
    ), departure as (
      insert into ${departures} (user_id, email, name, deleted_at, items)
      select id, email, name, ${moment(nowMs)},
        (select count(*) from ${media} where owner_id = ${own} and state = 'ready' and purpose = 'item')
      from verdict where outcome = 'deleted'
    )
    select outcome from verdict`
}

export type FinishedDeparture = {
  readonly userId: UserId
  readonly email: string
  readonly name: string
  readonly items: number
  /** What S3 listed and was deleted, until it listed nothing more. */
  readonly objects: number
  readonly bytes: number
}

/** Departures of which nothing is left in S3, with what was deleted. The oldest first. */
export async function findFinishedDepartures(db: PoolDatabase, rowsMax: number): Promise<FinishedDeparture[]> {
  // Keys in the incoming bucket begin with their owner's id.
  const theirs = sql`${deletions.reason} = 'account_deleted'
    and ${deletions.incomingKey} like 'usr\\_' || ${departures.userId}::text || '/%'`
  const { rows } = await db.execute<{
    user_id: string
    email: string
    name: string
    items: number
    objects: string
    bytes: string
  }>(sql`
    select user_id, email, name, items, gone.objects, gone.bytes
    from ${departures}, lateral (
      select coalesce(sum(objects), 0) as objects, coalesce(sum(bytes), 0) as bytes,
        coalesce(bool_and(done_at is not null), true) as is_done
      from ${deletions} where ${theirs}
    ) as gone
    where gone.is_done order by deleted_at limit ${rowsMax}`)
  return rows.map(({ user_id: uuid, email, name, items, objects, bytes }) => ({
    userId: idFromUuid('user', uuid),
    email,
    name,
    items,
    objects: Number(objects),
    bytes: Number(bytes),
  }))
}

/** Forgets a departure: its person was told. */
export async function forgetDeparture(db: PoolDatabase, userId: UserId): Promise<void> {
  await db.delete(departures).where(eq(departures.userId, userId))
}
