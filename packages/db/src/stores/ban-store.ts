// Banning somebody, and letting them in again. A ban is a batch: its second statement locks and decides, the others do
// what follows from it, and nothing where there is no ban. Nothing happens when a ban ends by itself: whoever asks
// whether somebody is banned asks with the time (ban-filter.ts), and what was withdrawn comes back with them.
import { sql, type SQL } from 'drizzle-orm'
import type { BanId, CaseId, UserId } from '@shoebox/shared/ids.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryDeadlocked } from '../database-fault.ts'
import { auditedBy, auditedEach, type Audited } from './audit-store.ts'
import { isBanned, isInForce, mayEnter } from './ban-filter.ts'
import { mark, marked, whereMarked } from './batch-mark.ts'
import { uuid } from './id-param.ts'
import { rankOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { endReserved } from './quota-store.ts'
import type { Author } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type BanWish = Audited & {
  readonly author: Author
  readonly id: BanId
  readonly userId: UserId
  /** The address that the hash was made of: the account must still have it. */
  readonly email: string
  readonly addressHash: string
  readonly reason: string
  readonly items: BannedItemsChoice
  readonly endsAt: Date | null
  /** The report that led to it, which ends with it. */
  readonly caseId: CaseId | null
  /** For the groups that they owned and that somebody else does then. */
  readonly handedOver: readonly AuditEntry[]
  readonly nowMs: number
}

export type BanOutcome = 'banned' | 'not_found' | 'bans_self' | 'bans_staff' | 'already_banned'

/**
 * Bans somebody: signs them out everywhere, gives the groups that they own to whoever is next in line, closes the invites
 * they made, cancels what they were sending and, if wished, puts their items out of sight. They stay in their groups.
 * A role on the site is lost for good.
 */
export const banPerson = (db: EdgeDatabase, wish: BanWish): Promise<BanOutcome> => retryDeadlocked(() => ban(db, wish))

/**
 * Locks in the order of departure-store.ts: groups, the account, memberships, rows of media, quota, the audit log. Whoever
 * joins a group locks themselves before it.
 */
async function ban(db: EdgeDatabase, wish: BanWish): Promise<BanOutcome> {
  const { id, userId, nowMs } = wish
  const person = uuid(userId)
  const isBannedNow = sql`exists (select 1 from bans where id = ${uuid(id)})`
  const [, { rows }] = await db.batch([
    db.execute(sql`
      select 1 from groups where id in (select group_id from memberships where user_id = ${person})
      order by id for no key update`),
    db.execute<{ outcome: BanOutcome }>(decide(db, wish)),
    // Statements of their own: they see what was begun while the one before waited for the account's row.
    db.execute(sql`delete from sessions where user_id = ${person} and ${isBannedNow}`),
    db.execute(sql`
      update memberships as mine set role = 'admin'
      where mine.user_id = ${person} and mine.role = 'owner' and ${isBannedNow} and exists (${heirs(wish)})`),
    db.execute(handOn(wish, isBannedNow)),
    db.execute(sql`
      update invites set revoked_at = ${moment(nowMs)}
      where created_by = ${person} and revoked_at is null and ${isBannedNow}`),
    db.execute(endReserved(sql`media.owner_id = ${person} and ${isBannedNow}`, 'cancelled', nowMs)),
    db.execute(withdraw(wish, isBannedNow)),
    db.execute(closeCase(wish, 'banned', isBannedNow)),
    db.execute(sql`with audited as (${auditedBy(wish.audit, sql`bans where bans.id = ${uuid(id)}`)}) select 1`),
    db.execute(auditHandedOver(wish, isBannedNow)),
  ])
  return rows[0]?.outcome ?? 'not_found'
}

/** Administrators are locked before they are counted on: of two who ban each other at once, one stays. */
function decide(db: EdgeDatabase, wish: BanWish): SQL {
  const { author, id, userId, nowMs } = wish
  return sql`
    with administrator as (
      select id from users where role = 'administrator' and ${mayEnter(sql`users.ban_id`, nowMs)} order by id for update
    ), judge as (
      select judge.id, exists (select 1 from administrator where administrator.id = judge.id) as is_administrator
      from users as judge where judge.id = ${uuid(author.userId)} and ${isStillModerator(db, author, nowMs)}
    ), person as (
      select id, email, role, ban_id from users where id = ${uuid(userId)} for update
    ), verdict as (
      select person.*, case
        when person.email <> ${wish.email} then 'not_found'
        when person.id = judge.id then 'bans_self'
        when person.role <> 'member' and not judge.is_administrator then 'bans_staff'
        when not ${mayEnter(sql`person.ban_id`, nowMs)} then 'already_banned'
        else 'banned' end as outcome
      from person, judge
    ), pronounced as (
      insert into bans (id, user_id, address_hash, reason, items, banned_by, banned_at, ends_at)
      select ${uuid(id)}, verdict.id, ${wish.addressHash}, ${wish.reason}, ${wish.items}, ${uuid(author.userId)},
        ${moment(nowMs)}, ${wish.endsAt === null ? sql`null::timestamptz` : moment(wish.endsAt)}
      from verdict where outcome = 'banned'
      returning id, user_id
    ), kept_out as (
      update users set ban_id = pronounced.id, role = 'member' from pronounced where users.id = pronounced.user_id
    )
    select outcome from verdict`
}

/** Who would own the group of the membership `mine` instead: nobody who is banned. */
const heirs = ({ nowMs }: Pick<BanWish, 'nowMs'>): SQL => sql`
        select next.user_id from memberships as next
        where next.group_id = mine.group_id and next.user_id <> mine.user_id and not ${isBanned(sql`next.user_id`, nowMs)}
        order by ${rankOf(sql`next.role`)} desc, next.joined_at, next.user_id limit 1`

/** A group without an owner is one that the statement before took from them. */
const handOn = (wish: BanWish, isBannedNow: SQL): SQL => sql`
    with heir as (
      select mine.group_id, (${heirs(wish)}) as user_id from memberships as mine
      where mine.user_id = ${uuid(wish.userId)} and ${isBannedNow} and not exists (
        select 1 from memberships as owner where owner.group_id = mine.group_id and owner.role = 'owner')
    ), promoted as (
      update memberships set role = 'owner' from heir
      where memberships.group_id = heir.group_id and memberships.user_id = heir.user_id
      returning memberships.group_id, memberships.user_id
    ), told as (${tell('role_changed', { group: sql`group_id`, actor: uuid(wish.userId), subject: sql`user_id` }, sql`promoted`, wish.nowMs)}
    )
    select user_id from promoted`

/** The log's heads come last, the site's before those of groups: the order in which everybody locks them. */
const auditHandedOver = (wish: BanWish, isBannedNow: SQL): SQL => sql`
    with handed as (
      select mine.group_id as id, owner.user_id as heir from memberships as mine
        join memberships as owner on owner.group_id = mine.group_id and owner.role = 'owner'
      where mine.user_id = ${uuid(wish.userId)} and owner.user_id <> mine.user_id and ${isBannedNow}
    ), audited as (${auditedEach(wish.handedOver, sql`handed`, {
      detail: sql`jsonb_build_object('because', 'ban', 'to', happened.heir)`,
    })}
    )
    select 1`

/** What is settled in this very moment is waited for, and put out of sight too. */
const withdraw = ({ userId, items }: BanWish, isBannedNow: SQL): SQL =>
  items === 'withdraw'
    ? sql`update media set listing = 'withdrawn'
        where owner_id = ${uuid(userId)} and listing = 'listed' and purpose <> 'cover' and ${isBannedNow}`
    : sql`update media set listing = 'listed'
        where owner_id = ${uuid(userId)} and listing = 'withdrawn' and ${isBannedNow}`

/** Ends the open case that led to something, and tells who reported it. */
export const closeCase = (
  { author, caseId, userId, nowMs }: Pick<BanWish, 'author' | 'caseId' | 'userId' | 'nowMs'>,
  state: 'banned' | 'warned',
  isDone: SQL,
): SQL =>
  caseId === null
    ? sql`select 1`
    : sql`
    with closed as (
      update cases set state = ${state}, decided_by = ${uuid(author.userId)}, decided_at = ${moment(nowMs)}
      where id = ${uuid(caseId)} and person_id = ${uuid(userId)} and state = 'open' and ${isDone}
      returning id
    ), told as (${tell(
      'report_upheld',
      { actor: sql`reporter_id`, subject: sql`reporter_id` },
      sql`reports join closed on closed.id = reports.case_id`,
      nowMs,
    )}
    )
    select id from closed`

export type LiftWish = Audited & { readonly author: Author; readonly id: BanId; readonly nowMs: number }

/** Whom to tell. Null: their account is gone. */
export type Lifted = { readonly person: { readonly name: string; readonly email: string } | null }

/**
 * Ends a ban before its time: they may come in, and what was withdrawn is where it was. Groups and invites stay as they
 * are. Null: there is no such ban in force.
 */
export async function liftBan(db: EdgeDatabase, { author, id, audit, nowMs }: LiftWish): Promise<Lifted | null> {
  const [, { rows }] = await db.batch([
    db.execute(sql`select 1 from users where id = (select user_id from bans where id = ${uuid(id)}) for update`),
    db.execute<{ name: string | null; email: string | null }>(
      liftedBans(author, sql`bans.id = ${uuid(id)} and ${isStillModerator(db, author, nowMs)}`, nowMs),
    ),
    db.execute(comeBack(sql`bans.id = ${uuid(id)} and ${marked('done')} is not null`)),
    db.execute(sql`with audited as (${auditedBy(audit, whereMarked('done'))}) select 1`),
  ])
  const [row] = rows
  if (row === undefined) return null
  return { person: row.name === null || row.email === null ? null : { name: row.name, email: row.email } }
}

/** The first half of lifting: the account's row is locked by then. Answers whom to tell, and marks that it was done. */
export const liftedBans = (author: Author, which: SQL, nowMs: number): SQL => sql`
    with lifted as (
      update bans set lifted_at = ${moment(nowMs)}, lifted_by = ${uuid(author.userId)}
      where ${which} and ${isInForce(nowMs)}
      returning id, user_id, ${mark('done')}
    ), let_in as (
      update users set ban_id = null from lifted where users.ban_id = lifted.id
    )
    select users.name, users.email from lifted left join users on users.id = lifted.user_id`

/** The other half. */
export const comeBack = (which: SQL): SQL => sql`
    update media set listing = 'listed' from bans
    where ${which} and media.owner_id = bans.user_id and media.listing = 'withdrawn'`
