// Deleting an account. Nothing of it is kept but the wish to delete its objects and, until the receipt is mailed, where to
// send that: see receipt-store.ts.
import { eq, sql, type SQL } from 'drizzle-orm'
import { uuidOf, type GroupId, type UserId } from '@shoebox/shared/ids.ts'
import { quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryDeadlocked } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { comments } from '../schema/gallery.ts'
import { groups, memberships } from '../schema/groups.ts'
import { dataExports, departures } from '../schema/leaving.ts'
import { likes, media } from '../schema/media.ts'
import { auditedEach } from './audit-store.ts'
import { mark, marked } from './batch-mark.ts'
import { isStillSteppedUp } from './change-store.ts'
import { purgeItems } from './deletion-store.ts'
import { uuid } from './id-param.ts'
import { promote } from './member-change-store.ts'
import { moment } from './moment.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

/** What becomes of a group that the author owns. */
export type OwnedGroupChoice =
  | { readonly groupId: GroupId; readonly choice: 'end' }
  /** To whom; null: whoever is next in line. */
  | { readonly groupId: GroupId; readonly choice: 'handOver'; readonly successorId: UserId | null }

export type DepartureWish = {
  readonly author: Author
  /** What the password was checked against; null: the session is stepped up. */
  readonly passwordHash: string | null
  readonly groups: readonly OwnedGroupChoice[]
  /** `handOver`: what is in galleries goes to the owners of the groups, as far as their plans have room. */
  readonly items: 'delete' | 'handOver'
  /** One for each of the groups, about it: that it has another owner, or ends. */
  readonly audits: readonly AuditEntry[]
  readonly nowMs: number
}

/**
 * `refused`: password, code or session are not what they were when they were checked; `owns_groups`: a group that
 * nothing was chosen for; `no_successor`: the chosen one does not belong to the group, or nobody else does.
 */
export type DepartureOutcome = 'deleted' | 'owns_groups' | 'no_successor' | 'last_administrator' | 'refused'

/**
 * Deletes an account with all that is its own: items with their objects asked to go, likes and comments with what they
 * count for, memberships, sessions. Groups have another owner then, or no members, and the janitor clears those.
 */
export const deleteAccount = (db: EdgeDatabase, wish: DepartureWish): Promise<DepartureOutcome> =>
  retryDeadlocked(() => depart(db, wish))

/**
 * One batch, whose first statements take the locks and decide; the others do nothing unless it was decided. Locks come
 * in the order of leave-store.ts: groups, the account, memberships, rows of media, quota, the audit log. Whoever joins a
 * group locks themselves before it.
 */
async function depart(db: EdgeDatabase, wish: DepartureWish): Promise<DepartureOutcome> {
  const { author, nowMs } = wish
  const own = uuid(author.userId)
  const isLeaving = sql`exists (select 1 from ${departures} where ${eq(departures.userId, author.userId)}
    and ${departures.deletedAt} = ${moment(nowMs)})`
  const [, { rows }] = await db.batch([
    // Their groups stand still first, or an ownership handed over at this moment would be missed.
    db.execute(sql`
      select 1 from ${groups} where id in (
        select group_id from ${memberships} where user_id = ${own}
        union select group_id from ${media} where owner_id = ${own} and is_in_gallery)
      order by id for no key update`),
    db.execute<{ outcome: DepartureOutcome }>(decide(db, wish, own)),
    db.execute(leaveGroups(wish, own, isLeaving)),
    // Does nothing where there is an owner, and there is one wherever the author was not it until now.
    ...wish.groups.flatMap(({ groupId, ...chosen }) =>
      chosen.choice === 'handOver' ? [db.execute(promote(groupId, chosen.successorId, nowMs))] : [],
    ),
    // Whatever is counted on or ends stands still first, all of it in one order. The counts are taken after that: whoever
    // took a like or a comment away, or moved an item with what was said about it, has counted by then.
    db.execute(sql`
      select 1 from ${media} where ${isLeaving} and id in (
        select media_id from ${likes} where user_id = ${own}
        union select media_id from ${comments} where author_id = ${own}
        union select id from ${media} where owner_id = ${own})
      order by id for update`),
    db.execute(sql`
      update ${media} set like_count = like_count - 1 from ${likes}
      where likes.user_id = ${own} and likes.media_id = media.id and ${isLeaving}`),
    db.execute(sql`
      update ${media} set comment_count = comment_count - written.count
      from (select media_id, count(*)::int as count from ${comments} where author_id = ${own} group by media_id) as written
      where written.media_id = media.id and ${isLeaving}`),
    ...(wish.items === 'handOver' ? handItemsOver(own, isLeaving).map((statement) => db.execute(statement)) : []),
    db.execute(sql`
      update ${departures} set
        items = (select count(*) from ${media} where owner_id = ${own} and state = 'ready' and purpose = 'item'),
        media_ids = array(select id from ${media} where owner_id = ${own})
      where user_id = ${own} and ${isLeaving}`),
    db.execute(purgeItems(sql`${eq(media.ownerId, author.userId)} and ${isLeaving}`, 'account_deleted', nowMs)),
    db.execute(sql`
      update ${dataExports} set expires_at = ${moment(nowMs)} where user_id = ${own} and ${isLeaving}`),
    db.execute(sql`delete from ${users} where id = ${own} and ${isLeaving}`),
    db.execute(auditGroups(wish)),
  ])
  return rows[0]?.outcome ?? 'refused'
}

/** The choices as rows `choice`. */
const choicesOf = ({ groups: chosen }: DepartureWish): SQL => {
  const choices = chosen.map((group) => ({
    group_id: uuidOf(group.groupId),
    is_ended: group.choice === 'end',
    successor_id: group.choice === 'end' || group.successorId === null ? null : uuidOf(group.successorId),
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(choices)}::jsonb)
      as choice (group_id uuid, is_ended boolean, successor_id uuid)`
}

/** Locks the account and, where it is an administrator's, all of theirs; writes the departure if nothing speaks against it. */
function decide(db: EdgeDatabase, wish: DepartureWish, own: SQL): SQL {
  const { author, passwordHash, nowMs } = wish
  const isConfirmed =
    passwordHash === null ? isStillSteppedUp(db, author, nowMs) : sql`account.password_hash = ${passwordHash}`
  return sql`
    with administrator as (
      select id from ${users} where role = 'administrator' order by id for update
    ), account as (
      select id, email, name, role, password_hash from ${users} where id = ${own} for update
    ), owned as (
      select mine.group_id, choice.is_ended, exists (
          select 1 from ${memberships} as other where other.group_id = mine.group_id and other.user_id <> ${own}
            and (choice.successor_id is null or other.user_id = choice.successor_id)) as has_successor
      from ${memberships} as mine left join ${choicesOf(wish)} on choice.group_id = mine.group_id
      where mine.user_id = ${own} and mine.role = 'owner'
    ), verdict as (
      select account.*, case
        when not (${isConfirmed} and ${isStillSignedIn(author, nowMs)}) then 'refused'
        when exists (select 1 from owned where is_ended is null) then 'owns_groups'
        when exists (select 1 from owned where not is_ended and not has_successor) then 'no_successor'
        when account.role = 'administrator' and not exists (select 1 from administrator where id <> ${own})
          then 'last_administrator'
        else 'deleted' end as outcome
      from account
    ), departure as (
      insert into ${departures} (user_id, email, name, deleted_at, items, groups_handed_over, groups_ended)
      select id, email, name, ${moment(nowMs)}, 0,
        (select count(*) from owned where not is_ended), (select count(*) from owned where is_ended)
      from verdict where outcome = 'deleted'
    )
    select outcome, ${mark('done', sql`(select string_agg(group_id::text, ' ') from owned where outcome = 'deleted')`)}
    from verdict`
}

/** What became of the groups that were owned, in the log of each. */
const auditGroups = ({ audits }: DepartureWish): SQL => sql`
    with left_behind as (
      select group_id as id, (select user_id from ${memberships} as owner
        where owner.group_id = left_group.group_id and owner.role = 'owner') as heir
      from unnest(string_to_array(${marked('done')}, ' ')::uuid[]) as left_group (group_id)
    ), audited as (${auditedEach(audits, sql`left_behind`, {
      detail: sql`jsonb_strip_nulls(entry.detail || jsonb_build_object('to', happened.heir))`,
    })}
    )
    select 1`

/** Takes the author out of their groups, and everybody out of those that end with the account. */
const leaveGroups = (wish: DepartureWish, own: SQL, isLeaving: SQL): SQL => sql`
    with ended as (
      select mine.group_id from ${memberships} as mine join ${choicesOf(wish)} on choice.group_id = mine.group_id
      where mine.user_id = ${own} and mine.role = 'owner' and choice.is_ended
    ), gone as (
      delete from ${memberships} where (user_id = ${own} or group_id in (select group_id from ended)) and ${isLeaving}
      returning group_id
    )
    update ${groups} set member_count = member_count - gone.count
    from (select group_id, count(*)::int as count from gone group by group_id) as gone where groups.id = gone.group_id`

/**
 * Gives what the author has in galleries to the owners of the groups, and its weight with it. Where not everything has
 * room, the smallest items go first: that is most of them.
 */
const handItemsOver = (own: SQL, isLeaving: SQL): SQL[] => {
  const mine = sql`media.owner_id = ${own} and media.is_in_gallery and ${isLeaving}`
  const receivers = sql`select memberships.group_id, memberships.user_id from ${memberships}
      where memberships.role = 'owner' and memberships.user_id <> ${own}
        and memberships.group_id in (select group_id from ${media} where ${mine})`
  return [
    sql`insert into quota_totals (user_id, bytes) select distinct user_id, 0 from (${receivers}) as receiver
      order by user_id on conflict (user_id) do nothing`,
    sql`select 1 from quota_totals where user_id = ${own} or user_id in (select user_id from (${receivers}) as receiver)
      order by user_id for update`,
    sql`
      with receiver as (
        select owner.group_id, owner.user_id, quota_totals.bytes,
          (${JSON.stringify(quotaPlans)}::jsonb -> users.plan ->> 'totalBytesMax')::bigint as bytes_max
        from (${receivers}) as owner join ${users} on users.id = owner.user_id
          join quota_totals on quota_totals.user_id = owner.user_id
      ), item as (
        select media.id, receiver.user_id, receiver.bytes + sum(media.quota_bytes)
            over (partition by receiver.user_id order by media.quota_bytes, media.id) <= receiver.bytes_max as has_room
        from ${media} join receiver on receiver.group_id = media.group_id where ${mine}
      ), handed as (
        update ${media} set owner_id = item.user_id, quota_day = null from item where media.id = item.id and item.has_room
        returning media.owner_id, media.quota_bytes
      ), weighed as (
        update quota_totals set bytes = quota_totals.bytes + handed.bytes
        from (select owner_id, sum(quota_bytes) as bytes from handed group by owner_id) as handed
        where quota_totals.user_id = handed.owner_id
      ), lightened as (
        update quota_totals set bytes = quota_totals.bytes - (select coalesce(sum(quota_bytes), 0) from handed)
        where user_id = ${own}
      )
      update ${departures} set items_handed_over = (select count(*) from handed),
        items_without_room = (select count(*) from item where not has_room)
      where user_id = ${own} and ${isLeaving}`,
  ]
}
