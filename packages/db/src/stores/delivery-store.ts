// What is on its way to people: written by the announcer (planPushes here, makeDigests in digest-store.ts), put on a
// queue, and claimed by whoever sends it. The queue may hand a delivery out as often as it likes; it ends once.
import { sql, type SQL } from 'drizzle-orm'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { idFromUuid, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { claimSeconds, pushStaleHours } from '@shoebox/shared/notices/delivery.ts'
import { plainKinds, socialKinds, type NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { isWithdrawn } from './ban-filter.ts'
import { isNotApart } from './block-filter.ts'
import { moment } from './moment.ts'

const quoted = (kinds: readonly NoticeKind[]): SQL => sql.raw(kinds.map((kind) => `'${kind}'`).join(', '))

/**
 * A condition on `notifications`, left joined with the reader's row of `memberships`: still theirs to be told. They may
 * have left the group, muted it or blocked somebody since, or who added items is banned and nobody sees them any more.
 */
export const isStillTold = (nowMs: number): SQL => sql`(
  (notifications.group_id is null or notifications.kind = 'removed' or memberships.notifications = 'all'
    or memberships.notifications = 'highlights' and notifications.kind not in (${quoted(plainKinds)}))
  and (notifications.kind not in (${quoted(socialKinds)})
    or ${isNotApart(sql`notifications.user_id`, sql`notifications.actor_id`)})
  and not (notifications.kind = 'items_added' and ${isWithdrawn(sql`notifications.actor_id`, nowMs)}))`

const staleMs = pushStaleHours * 3_600_000

/**
 * Decides for so many notifications at most, once for each, which browsers to wake: every one of the reader's that may
 * be. What people do among others waits until it stops growing, so that fifty pictures are one push. Answers how many
 * notifications it decided about.
 */
export async function planPushes(
  db: PoolDatabase,
  { nowMs, rowsMax }: { readonly nowMs: number; readonly rowsMax: number },
): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with due as (
      select id, user_id, read_at from notifications
      where pushed_at is null and last_at > ${moment(nowMs - staleMs)}
        and (closed_at is not null or kind not in (${quoted(socialKinds)}))
      order by last_at limit ${rowsMax} for update skip locked
    ), decided as (
      update notifications set pushed_at = ${moment(nowMs)} from due where notifications.id = due.id
    ), planned as (
      insert into deliveries (user_id, session_id, notification_id, made_at)
      select due.user_id, sessions.id, due.id, ${moment(nowMs)}
      from due join sessions on sessions.user_id = due.user_id and sessions.expires_at > ${moment(nowMs)}
        join push_subscriptions on push_subscriptions.session_id = sessions.id
      where due.read_at is null
      on conflict do nothing
    )
    select count(*)::int as count from due`)
  return rows[0]?.count ?? 0
}

/** The oldest deliveries that the queue has not been given. */
export async function findUnqueued(db: PoolDatabase, rowsMax: number): Promise<number[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from deliveries where queued_at is null order by id limit ${rowsMax}`,
  )
  return rows.map(({ id }) => Number(id))
}

/** Notes that the queue has them. One that dies before it says so gives them twice, which does no harm. */
export async function markQueued(db: PoolDatabase, ids: readonly number[], nowMs: number): Promise<void> {
  await db.execute(sql`
    update deliveries set queued_at = ${moment(nowMs)} where id = any(${`{${ids.join(',')}}`}::bigint[])`)
}

export type Claim =
  | { readonly state: 'mine'; readonly kind: 'push' | 'digest' }
  /** Somebody is at it, or died over it a moment ago. */
  | { readonly state: 'taken' }
  /** Sent, or its browser or person is gone. */
  | { readonly state: 'over' }

/** Takes a delivery to send it. Of any number who try, one gets it. */
export async function claimDelivery(db: PoolDatabase, id: number, nowMs: number): Promise<Claim> {
  const { rows } = await db.execute<{ is_open: boolean; is_push: boolean | null }>(sql`
    with claimed as (
      update deliveries set claimed_at = ${moment(nowMs)}
      where id = ${id} and ended_at is null
        and (claimed_at is null or claimed_at <= ${moment(nowMs - claimSeconds * 1000)})
      returning session_id is not null as is_push
    )
    select exists (select 1 from deliveries where id = ${id} and ended_at is null) as is_open,
      (select is_push from claimed) as is_push`)
  const [row] = rows
  if (row === undefined || !row.is_open) return { state: 'over' }
  if (row.is_push === null) return { state: 'taken' }
  return { state: 'mine', kind: row.is_push ? 'push' : 'digest' }
}

export async function endDelivery(db: PoolDatabase, id: number, nowMs: number): Promise<void> {
  await db.execute(sql`update deliveries set ended_at = ${moment(nowMs)} where id = ${id}`)
}

/** Gives a delivery back that could not be sent, so that the next try need not wait. */
export async function releaseDelivery(db: PoolDatabase, id: number): Promise<void> {
  await db.execute(sql`update deliveries set claimed_at = null where id = ${id} and ended_at is null`)
}

export type Push = {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  readonly showsNames: boolean
  readonly kind: NoticeKind
  readonly count: number
  readonly actorName: string
  readonly groupId: GroupId | null
  readonly groupName: string | null
  readonly role: Role | null
  /** Where it can still be opened. */
  readonly mediaId: MediaId | null
  /** What else the reader has not read of the same place. */
  readonly others: number
}

type PushRow = Omit<Push, 'groupId' | 'mediaId'> & { groupId: string | null; mediaId: string | null }

/** What a push says, to which browser. Null: not to be sent any more, for whatever reason. */
export async function readPush(db: PoolDatabase, id: number, nowMs: number): Promise<Push | null> {
  const { rows } = await db.execute<PushRow>(sql`
    select endpoint, p256dh, auth, shows_names as "showsNames", notifications.kind, notifications.count,
      actors.name as "actorName", notifications.group_id as "groupId", groups.name as "groupName", memberships.role,
      media.id as "mediaId", (
        select count(*)::int from notifications as other
        where other.user_id = notifications.user_id and other.read_at is null and other.id <> notifications.id
          and other.group_id is not distinct from notifications.group_id
          and ${isNotApart(sql`other.user_id`, sql`other.actor_id`)}) as others
    from deliveries join push_subscriptions using (session_id)
      join sessions on sessions.id = push_subscriptions.session_id and sessions.expires_at > ${moment(nowMs)}
      join notifications on notifications.id = deliveries.notification_id and notifications.read_at is null
      join users as actors on actors.id = notifications.actor_id
      left join groups on groups.id = notifications.group_id
      left join memberships on memberships.group_id = groups.id and memberships.user_id = notifications.user_id
      left join media on media.id = notifications.media_id and (media.is_public
        or media.is_in_gallery and media.group_id = notifications.group_id)
    where deliveries.id = ${id} and deliveries.made_at > ${moment(nowMs - staleMs)} and ${isStillTold(nowMs)}`)
  const [row] = rows
  if (row === undefined) return null
  return {
    ...row,
    groupId: row.groupId === null ? null : idFromUuid('group', row.groupId),
    mediaId: row.mediaId === null ? null : idFromUuid('media', row.mediaId),
  }
}

/** Forgets a browser that is not there any more, and whatever else was on its way to it. */
export async function forgetEndpoint(db: PoolDatabase, endpoint: string): Promise<void> {
  await db.execute(sql`delete from push_subscriptions where endpoint = ${endpoint}`)
}
