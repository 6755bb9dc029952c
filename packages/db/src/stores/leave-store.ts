// Going out of a group by oneself, and the end of a group. A group without members is one that was removed: what could
// not go in the same statement is cleared by the janitor (purge-groups.ts), and nobody can reach it meanwhile.
import { sql, type SQL } from 'drizzle-orm'
import { idFromUuid, type GroupId, type UserId } from '@shoebox/shared/ids.ts'
import { quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { groups } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { mark, marked, whereMarked } from './batch-mark.ts'
import { purgeItems } from './deletion-store.ts'
import { isBanned } from './ban-filter.ts'
import { uuid } from './id-param.ts'
import {
  endUploadsNotAllowed,
  handOn,
  heirOf,
  isGone,
  withdrawItemsOfGone,
  type ItemsChoice,
} from './member-change-store.ts'
import {
  lockGroup,
  mayChange,
  membershipQuery,
  type GroupChange,
  type GroupRead,
  type MemberWish,
} from './membership-store.ts'
import { endReserved } from './quota-store.ts'
import { readAs } from './read-as.ts'

/** How many items of a removed group one statement takes. */
const purgedMax = 1_000

export type LeaveWish = GroupChange & {
  readonly items: ItemsChoice | 'handOver'
  /** Who owns the group then, if the author did. */
  readonly successorId: UserId | null
  /** That they left; that another owns the group then; that nobody was left and it ended. */
  readonly audits: { readonly left: AuditEntry; readonly handedOver: AuditEntry; readonly ended: AuditEntry }
}

export type LeaveAnswer = 'done' | 'not_found' | 'no_successor' | 'no_room'

/**
 * Lets the author go. `no_successor`: the wanted one does not belong to the group; `no_room`: the items to be handed
 * over do not fit into the plan of who owns the group then. The last one to go takes the group along.
 */
export async function leaveGroup(db: EdgeDatabase, wish: LeaveWish): Promise<LeaveAnswer> {
  const { author, groupId, successorId, nowMs } = wish
  const hasSuccessor =
    successorId === null
      ? sql`true`
      : sql`exists (select 1 from memberships where group_id = ${uuid(groupId)} and user_id = ${uuid(successorId)}
          and user_id <> ${uuid(author.userId)})`
  const [, , [verdict]] = await db.batch([
    lockGroup(db, groupId),
    db.execute(lockForHandingOver(wish)),
    db
      .select({
        isMember: sql<boolean>`${mayChange(wish, 'viewer')}`,
        hasSuccessor: sql<boolean>`${hasSuccessor}`,
        hasRoom: sql<boolean>`${hasRoom(wish)}`,
      })
      .from(groups)
      .where(sql`${groups.id} = ${uuid(groupId)}`),
    db.execute(sql`
      with gone as (
        delete from memberships where group_id = ${uuid(groupId)} and user_id = ${uuid(author.userId)}
          and ${mayChange(wish, 'viewer')} and ${hasSuccessor} and ${hasRoom(wish)}
        returning user_id
      )
      update groups set member_count = member_count - 1 from gone where groups.id = ${uuid(groupId)}
      returning ${mark('done', sql`case member_count when 0 then 'last' else 'one of several' end`)}`),
    db.execute(handOn(wish, successorId)),
    db.execute(endUploadsNotAllowed(groupId, author.userId, nowMs)),
    ...itemsStatements(wish).map((statement) => db.execute(statement)),
    ...clearEmptyGroup(groupId, nowMs).map((statement) => db.execute(statement)),
    ...auditLeaving(wish).map((statement) => db.execute(statement)),
  ])
  if (verdict === undefined || !verdict.isMember) return 'not_found'
  if (!verdict.hasSuccessor) return 'no_successor'
  return verdict.hasRoom ? 'done' : 'no_room'
}

const auditLeaving = ({ audits }: LeaveWish): SQL[] => [
  auditedBy(audits.left, whereMarked('done')),
  auditedBy(audits.handedOver, whereMarked('heir'), { subjectId: sql`${marked('heir')}::uuid` }),
  auditedBy(audits.ended, whereMarked('done', sql`= 'last'`)),
]

const itemsStatements = ({ groupId, author, items, nowMs }: LeaveWish): SQL[] => {
  if (items === 'keep') return []
  if (items === 'withdraw') return [withdrawItemsOfGone(groupId, author.userId, nowMs)]
  return handItemsOver(groupId, author.userId)
}

/** Who gets the items: the owner, or who becomes it. Null for the last one. */
const receiver = ({ groupId, author, successorId, nowMs }: LeaveWish): SQL =>
  sql`coalesce((select user_id from memberships where group_id = ${uuid(groupId)} and role = 'owner'
      and user_id <> ${uuid(author.userId)}), (${heirOf(groupId, successorId, author.userId, nowMs)}))`

const ownItems = ({ groupId, author }: Pick<LeaveWish, 'groupId' | 'author'>): SQL =>
  sql`group_id = ${uuid(groupId)} and owner_id = ${uuid(author.userId)} and is_in_gallery`

/** Memberships, items and quota, in the order in which everybody locks them. */
const lockForHandingOver = (wish: LeaveWish): SQL =>
  wish.items !== 'handOver'
    ? sql`select 1`
    : sql`
      with members as materialized (
        select user_id from memberships where group_id = ${uuid(wish.groupId)} order by user_id for update
      ), items as materialized (
        select id from ${media} where ${ownItems(wish)} and exists (select 1 from members) order by id for update
      )
      select user_id from quota_totals
      where user_id in (${uuid(wish.author.userId)}, ${receiver(wish)}) and (select count(*) from items) >= 0
      order by user_id for update`

const hasRoom = (wish: LeaveWish): SQL =>
  wish.items !== 'handOver'
    ? sql`true`
    : sql`coalesce((
        select (${JSON.stringify(quotaPlans)}::jsonb -> users.plan ->> 'totalBytesMax')::bigint
          - coalesce((select bytes from quota_totals where user_id = users.id), 0)
          >= (select coalesce(sum(quota_bytes), 0) from ${media} where ${ownItems(wish)})
        from users where users.id = ${receiver(wish)}), true)`

/** Gives the items of somebody who is gone to the group's owner, and their weight with them. */
const handItemsOver = (groupId: GroupId, userId: UserId): SQL[] => {
  const owner = sql`(select user_id from memberships where group_id = ${uuid(groupId)} and role = 'owner')`
  return [
    sql`
      insert into quota_totals (user_id, bytes) select user_id, 0 from memberships
      where group_id = ${uuid(groupId)} and role = 'owner' and ${isGone(groupId, userId)} on conflict (user_id) do nothing`,
    sql`
      with handed as (
        update ${media} set owner_id = ${owner}, quota_day = null
        where group_id = ${uuid(groupId)} and owner_id = ${uuid(userId)} and is_in_gallery
          and ${isGone(groupId, userId)} and ${owner} is not null
        returning quota_bytes
      )
      update quota_totals set bytes = quota_totals.bytes
        + case when quota_totals.user_id = ${uuid(userId)} then -moved.bytes else moved.bytes end
      from (select coalesce(sum(quota_bytes), 0) as bytes from handed) as moved
      where quota_totals.user_id in (${uuid(userId)}, ${owner}) and moved.bytes > 0`,
  ]
}

/** Ends a group. Its owner has typed its name. False: not the owner, or another name. */
export async function removeGroup(
  db: EdgeDatabase,
  change: GroupChange & Audited & { readonly name: string },
): Promise<boolean> {
  const { groupId, nowMs } = change
  const [, ended] = await db.batch([
    lockGroup(db, groupId),
    db.execute(sql`
      with ending as (
        select id from groups where id = ${uuid(groupId)} and name = ${change.name} and ${mayChange(change, 'owner')}
      ), gone as (
        delete from memberships using ending where group_id = ending.id
      )
      update groups set member_count = 0 from ending where groups.id = ending.id
      returning groups.id, ${mark('done')}`),
    ...clearEmptyGroup(groupId, nowMs).map((statement) => db.execute(statement)),
    db.execute(auditedBy(change.audit, whereMarked('done'))),
  ])
  return ended.rows.length > 0
}

/**
 * Clears a group that has no members, as far as one go reaches: what is being sent ends, items go by way of the outbox,
 * what came of other uploads stays in its owner's history, and then the group itself.
 */
export function clearEmptyGroup(groupId: GroupId, nowMs: number): SQL[] {
  const isEmpty = sql`not exists (select 1 from memberships where group_id = ${uuid(groupId)})`
  const inGroup = sql`${media.groupId} = ${uuid(groupId)}`
  return [
    endReserved(sql`${inGroup} and ${isEmpty}`, 'cancelled', nowMs),
    // The group is asked for outside as well: an item that is moved elsewhere meanwhile is judged again, by that alone.
    purgeItems(
      sql`${inGroup} and ${media.id} in (select id from media where group_id = ${uuid(groupId)} and state = 'ready' and ${isEmpty}
        order by id limit ${purgedMax})`,
      'purged',
      nowMs,
    ),
    // What was given up may be sent on again later, and must not come up in public then.
    sql`update ${media} set group_id = null,
      state = case when refusal_reason = 'processing_failed' then 'cancelled' else state end,
      refusal_reason = nullif(refusal_reason, 'processing_failed')
      where group_id = ${uuid(groupId)} and state <> 'ready'
      and state <> 'reserved' and ${isEmpty}`,
    sql`delete from groups where id = ${uuid(groupId)} and ${isEmpty}
      and not exists (select 1 from ${media} where group_id = ${uuid(groupId)})`,
  ]
}

/** Groups that nobody belongs to any more. */
export async function findEmptyGroups(db: PoolDatabase, rowsMax: number): Promise<GroupId[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from groups where not exists (select 1 from memberships where group_id = groups.id)
    order by id limit ${rowsMax}`)
  return rows.map((row) => idFromUuid('group', row.id))
}

/** Goes on clearing a group that nobody belongs to. */
export async function clearGroup(db: PoolDatabase, groupId: GroupId, nowMs: number): Promise<void> {
  await db.transaction(async (locked) => {
    await locked.execute(sql`select 1 from groups where id = ${uuid(groupId)} for no key update`)
    for (const statement of clearEmptyGroup(groupId, nowMs)) await locked.execute(statement)
  })
}

const leftQuery = declareQuery((db, wish: Slots<MemberWish>) =>
  db
    .select({
      items: sql<number>`count(*)`.mapWith(Number),
      bytes: sql<number>`coalesce(sum(${media.quotaBytes}), 0)`.mapWith(Number),
    })
    .from(media)
    .where(
      sql`${media.groupId} = ${uuid(wish.groupId)} and ${media.ownerId} = ${viewerId(wish)} and ${media.isInGallery}`,
    ),
)

const heirQuery = declareQuery((db, wish: Slots<MemberWish>) =>
  db.execute<{ id: string; name: string }>(sql`
    select users.id, users.name from users where users.id = (
      select next.user_id from memberships as next
      where next.group_id = ${uuid(wish.groupId)} and next.user_id <> ${viewerId(wish)} and exists (
        select 1 from memberships as mine where mine.group_id = next.group_id and mine.user_id = ${viewerId(wish)})
      order by ${isBanned(sql`next.user_id`, wish.nowMs)}, array_position(array['viewer', 'contributor', 'admin', 'owner'], next.role) desc, next.joined_at,
        next.user_id limit 1)`),
)

/** What the author would leave behind, and who would own the group. */
export async function findLeavePreview(db: EdgeDatabase, wish: MemberWish) {
  const [session, [membership], [left], heirs] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    leftQuery(db, wish),
    heirQuery(db, wish),
  ])
  const [next] = heirs.rows
  const found = {
    items: left?.items ?? 0,
    bytes: left?.bytes ?? 0,
    heir: next === undefined ? null : { id: idFromUuid('user', next.id), name: next.name },
  }
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object>
}
