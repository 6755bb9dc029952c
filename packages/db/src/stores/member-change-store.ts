// Changing who belongs to a group and as what. Every batch takes the group's lock first, so that of racing changes each
// sees the other's end: a group has exactly one owner after every one of them, or it is gone.
import { sql, type SQL } from 'drizzle-orm'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { media } from '../schema/media.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { mark, marked, whereMarked } from './batch-mark.ts'
import { isBanned } from './ban-filter.ts'
import { uuid } from './id-param.ts'
import { lockGroup, mayChange, rankOf, type GroupChange } from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { endReserved } from './quota-store.ts'

/** What stays of somebody's items in the gallery when they go. */
export type ItemsChoice = 'keep' | 'withdraw'

export type MemberChange = GroupChange & { readonly userId: UserId }

/** Why nothing was changed: the other one is no member, or not theirs to change. */
export type MemberChangeAnswer = 'done' | 'not_found' | 'role_too_low'

/** The author may govern the member of the row `theirs`. */
const governs = ({ author, groupId }: GroupChange): SQL => sql`exists (
      select 1 from memberships as mine where mine.group_id = ${uuid(groupId)} and mine.user_id = ${uuid(author.userId)}
        and mine.role in ('admin', 'owner') and ${rankOf(sql`mine.role`)} > ${rankOf(sql`theirs.role`)})`

/** Gives a member another role, by the owner. Whoever becomes a viewer sends nothing more. */
export async function setRole(
  db: EdgeDatabase,
  change: MemberChange & Audited & { readonly role: Exclude<Role, 'owner'> },
): Promise<MemberChangeAnswer> {
  const [, changed, there] = await db.batch([
    lockGroup(db, change.groupId),
    db.execute(sql`
      with changed as (
        update memberships as theirs set role = ${change.role}
        where theirs.group_id = ${uuid(change.groupId)} and theirs.user_id = ${uuid(change.userId)}
          and theirs.role <> 'owner' and ${mayChange(change, 'owner')}
        returning theirs.user_id, old.role as was
      ), told as (${tellRole(change, sql`changed where was <> ${change.role}`)}
      )
      select user_id, ${mark('done', sql`case when was <> ${change.role} then was end`)} from changed`),
    findMember(db, change),
    db.execute(endUploadsNotAllowed(change.groupId, change.userId, change.nowMs)),
    db.execute(
      auditedBy(change.audit, whereMarked('done'), {
        detail: sql`jsonb_build_object('from', ${marked('done')}, 'to', ${change.role}::text)`,
      }),
    ),
  ])
  return answerOf(changed.rows, there.rows)
}

/** Makes another member the owner and the author an admin. */
export async function handOver(db: EdgeDatabase, change: MemberChange & Audited): Promise<MemberChangeAnswer> {
  const { author, groupId, userId } = change
  const [, , changed, there] = await db.batch([
    lockGroup(db, groupId),
    db.execute(sql`
      update memberships as mine set role = 'admin'
      where mine.group_id = ${uuid(groupId)} and mine.user_id = ${uuid(author.userId)} and mine.role = 'owner'
        and mine.user_id <> ${uuid(userId)} and ${mayChange(change, 'owner')}
        and exists (select 1 from memberships as heir where heir.group_id = ${uuid(groupId)}
          and heir.user_id = ${uuid(userId)} and not ${isBanned(sql`heir.user_id`, change.nowMs)})`),
    db.execute(handOn(change, userId)),
    findMember(db, change),
    db.execute(auditedBy(change.audit, whereMarked('heir'))),
  ])
  return answerOf(changed.rows, there.rows)
}

const tellRole = ({ author, groupId, nowMs }: GroupChange, rows: SQL): SQL =>
  tell('role_changed', { group: uuid(groupId), actor: uuid(author.userId), subject: sql`user_id` }, rows, nowMs)

/** Removes a member; they come back only when an admin approves, and the ways in that they opened close. */
export async function removeMember(
  db: EdgeDatabase,
  change: MemberChange & Audited & { readonly items: ItemsChoice },
): Promise<MemberChangeAnswer> {
  const { groupId, userId, nowMs } = change
  const [, there, gone] = await db.batch([
    lockGroup(db, groupId),
    findMember(db, change),
    db.execute(sql`
      with gone as (
        delete from memberships as theirs
        where theirs.group_id = ${uuid(groupId)} and theirs.user_id = ${uuid(userId)}
          and ${mayChange(change, 'admin')} and ${governs(change)}
        returning theirs.user_id
      ), barred as (
        insert into removed_members (group_id, user_id, removed_at)
        select ${uuid(groupId)}, user_id, ${moment(nowMs)} from gone
        on conflict (group_id, user_id) do update set removed_at = excluded.removed_at
      ), closed as (
        update invites set revoked_at = ${moment(nowMs)} from gone
        where invites.group_id = ${uuid(groupId)} and invites.created_by = gone.user_id and invites.revoked_at is null
      ), counted as (
        update groups set member_count = member_count - 1 from gone where groups.id = ${uuid(groupId)}
      ), told as (${tell(
        'removed',
        { group: uuid(groupId), actor: uuid(change.author.userId), subject: sql`user_id` },
        sql`gone`,
        nowMs,
      )}
      )
      select user_id, ${mark('done')} from gone`),
    db.execute(endUploadsNotAllowed(groupId, userId, nowMs)),
    ...(change.items === 'withdraw'
      ? [db.execute(withdrawItemsOfGone(groupId, userId, nowMs, wasRemovedNow(change)))]
      : []),
    db.execute(auditedBy(change.audit, whereMarked('done'))),
  ])
  return answerOf(gone.rows, there.rows)
}

const findMember = (db: EdgeDatabase, change: MemberChange) =>
  db.execute(sql`
      select 1 from memberships
      where group_id = ${uuid(change.groupId)} and user_id = ${uuid(change.userId)} and ${mayChange(change, 'viewer')}`)

const answerOf = (changed: readonly unknown[], there: readonly unknown[]): MemberChangeAnswer => {
  if (changed.length > 0) return 'done'
  return there.length > 0 ? 'role_too_low' : 'not_found'
}

/**
 * Gives a group that has no owner one: the wanted heir if they belong to it, else who has the highest role, else who
 * has been there longest; somebody who is banned only where everybody is. Does nothing while there is an owner.
 */
export const promote = (groupId: GroupId, heir: UserId | null, nowMs: number): SQL => sql`
      update memberships set role = 'owner'
      where group_id = ${uuid(groupId)} and user_id = (${heirOf(groupId, heir, null, nowMs)})
        and not exists (select 1 from memberships as owner where owner.group_id = ${uuid(groupId)} and owner.role = 'owner')
      returning user_id`

/** The same, and the new owner is told by whom. Marks `heir`. */
export const handOn = (change: GroupChange, heir: UserId | null): SQL => sql`
      with promoted as (${promote(change.groupId, heir, change.nowMs)}
      ), told as (${tellRole(change, sql`promoted`)}
      )
      select user_id, ${mark('heir', sql`user_id::text`)} from promoted`

/** Who would own the group next, were `leaver` gone. */
export const heirOf = (groupId: GroupId, heir: UserId | null, leaver: UserId | null, nowMs: number): SQL => sql`
        select next.user_id from memberships as next
        where next.group_id = ${uuid(groupId)} ${leaver === null ? sql`` : sql`and next.user_id <> ${uuid(leaver)}`}
        order by ${isBanned(sql`next.user_id`, nowMs)}, ${heir === null ? sql`` : sql`next.user_id = ${uuid(heir)} desc,`} ${rankOf(sql`next.role`)} desc,
          next.joined_at, next.user_id limit 1`

/** A condition: the person does not belong to the group (any more). What follows a departure hangs on it. */
export const isGone = (groupId: GroupId, userId: UserId): SQL => sql`not exists (
      select 1 from memberships as still where still.group_id = ${uuid(groupId)} and still.user_id = ${uuid(userId)})`

/** Ends what somebody had begun to upload into the group who may not add to it (any more). */
export const endUploadsNotAllowed = (groupId: GroupId, userId: UserId, nowMs: number): SQL =>
  endReserved(
    sql`${media.groupId} = ${uuid(groupId)} and ${media.ownerId} = ${uuid(userId)} and not exists (
      select 1 from memberships as still where still.group_id = ${uuid(groupId)} and still.user_id = ${uuid(userId)}
        and still.role <> 'viewer')`,
    'cancelled',
    nowMs,
  )

/** This very call removed them: a refused one changes nothing of who left before. */
const wasRemovedNow = ({ groupId, userId, nowMs }: MemberChange): SQL => sql`exists (
      select 1 from removed_members where group_id = ${uuid(groupId)} and user_id = ${uuid(userId)}
        and removed_at = ${moment(nowMs)})`

/** Puts what somebody who is gone has in the gallery into their trash, from where they can move it elsewhere. */
export const withdrawItemsOfGone = (groupId: GroupId, userId: UserId, nowMs: number, when = sql`true`): SQL => sql`
      update ${media} set listing = 'trashed', trashed_at = ${moment(nowMs)}
      where id in (select id from ${media} where group_id = ${uuid(groupId)} and owner_id = ${uuid(userId)}
        and (is_in_gallery or listing = 'withdrawn' and purpose = 'item') and ${isGone(groupId, userId)} and ${when} order by id for update)`
