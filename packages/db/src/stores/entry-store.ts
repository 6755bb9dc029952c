// The ways in: each is one statement that makes the session only if what opens it still holds when it runs. The
// account's row is locked first, so that whoever ends all sessions of an account leaves none behind.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { idFromUuid, type UserId, type VerificationId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { devices, sessions, undos, users, verifications } from '../schema/accounts.ts'
import { banWhere, mayEnter, type BanNotice } from './ban-filter.ts'
import {
  isAddressTaken,
  isKnownCode,
  refusedFrom,
  spendAttempt,
  type CodeRefused,
  type EnteredCode,
  type JudgedRow,
} from './code-store.ts'
import { countChargesQuery } from './limit-store.ts'
import { moment } from './moment.ts'
import type { NewSession } from './session-store.ts'

/** A session about to begin, the browser it begins in, and the session that this browser had before. */
export type Entry = {
  readonly session: Omit<NewSession, 'userId'>
  /** Hash of what the browser is known by. */
  readonly deviceId: string
  readonly replacedSessionId: string | null
}

export type Entered = {
  readonly user: { readonly id: UserId; readonly name: string; readonly email: string }
  /** They were never signed in from this browser, and it is not the one they signed up with. */
  readonly isNewDevice: boolean
}

/** Who may not get in is told why. Null where their ban came in this very moment. */
export type KeptOut = { readonly outcome: 'banned'; readonly ban: BanNotice | null }

type AccountRow = {
  id: string | null
  name: string
  email: string
  is_new_device: boolean | null
  is_banned: boolean
  ban: BanNotice | null
}

/** Session and device for the row of the expression `account`, where there is one; what a ban withdrew is back with them. */
const enter = ({ session, deviceId, replacedSessionId }: Entry): SQL => sql`
  replaced as (
    delete from ${sessions} using account where sessions.id = ${replacedSessionId}
  ), session as (
    insert into ${sessions} (id, user_id, expires_at, created_at, last_seen_at, user_agent, country, city)
    select ${session.id}, id, ${moment(session.expiresAt)}, ${moment(session.createdAt)}, ${moment(session.createdAt)},
      ${session.userAgent}, ${session.country}, ${session.city}
    from account
  ), device as (
    insert into ${devices} (user_id, id, seen_at) select id, ${deviceId}, ${moment(session.createdAt)} from account
    on conflict (user_id, id) do update set seen_at = excluded.seen_at
    -- Zero only for a row that this statement made.
    returning xmax = 0 as is_new
  ), back as (
    update media set listing = 'listed' from account where media.owner_id = account.id and media.listing = 'withdrawn'
  )`

function enteredFrom(row: AccountRow | undefined): Entered | null {
  if (row === undefined || row.id === null) return null
  const user = { id: idFromUuid('user', row.id), name: row.name, email: row.email }
  return { user, isNewDevice: row.is_new_device === true }
}

/** Opens a session if the password is still the one that was checked. Null: it is another by now. */
export async function enterWithPassword(
  db: EdgeDatabase,
  { userId, passwordHash, ...entry }: Entry & { readonly userId: UserId; readonly passwordHash: string },
): Promise<({ readonly outcome: 'opened' } & Entered) | KeptOut | null> {
  const nowMs = entry.session.createdAt.getTime()
  const { rows } = await db.execute<AccountRow>(sql`
    with known as (
      select id, name, email, ban_id from ${users}
      where ${and(eq(users.id, userId), eq(users.passwordHash, passwordHash))} for share
    ), account as (
      select id, name, email from known where ${mayEnter(sql`known.ban_id`, nowMs)}
    ), ${enter(entry)}
    select account.*, device.is_new as is_new_device, account.id is null as is_banned,
      ${banWhere(sql`bans.id = known.ban_id`, nowMs)} as ban
    from known left join account on true left join device on true`)
  const [row] = rows
  if (row?.is_banned === true) return { outcome: 'banned', ban: row.ban }
  const entered = enteredFrom(row)
  return entered === null ? null : { outcome: 'opened', ...entered }
}

export type EnteredCodeOutcome = ({ readonly outcome: 'opened' } & Entered) | CodeRefused | KeptOut

const outcomeOf = (row: (AccountRow & JudgedRow) | undefined): EnteredCodeOutcome => {
  const entered = enteredFrom(row)
  if (entered !== null) return { outcome: 'opened', ...entered }
  return row?.is_banned === true ? { outcome: 'banned', ban: row.ban } : refusedFrom(row)
}

/** @param ban why nothing was opened, as JSON, for whoever entered the right code */
const judged = (purpose: 'sign-up' | 'sign-in' | 'reset', id: VerificationId, ban: SQL): SQL => sql`
  select ${isKnownCode(purpose, id)} as is_known, attempt.is_right, attempt.is_right and account.id is null
      and (ban.told is not null or ban.is_there) as is_banned, ban.told as ban,
    account.id, account.name, account.email, (select is_new from device) as is_new_device
  from (values (1)) as one left join attempt on true left join account on true left join lateral (${ban}) as ban on true`

/** Of the account that the code was for. */
const banOfAttempt = (nowMs: number): SQL =>
  sql`select ${banWhere(sql`bans.id = known.ban_id`, nowMs)} as told, not ${mayEnter(sql`known.ban_id`, nowMs)} as is_there
    from known`

/** Makes the account that a sign-up asked for, signed in. */
export async function enterWithSignUpCode(
  db: EdgeDatabase,
  entered: EnteredCode & Entry & { readonly userId: UserId },
) {
  const { userId, nowMs } = entered
  const ban = banWhere(sql`bans.address_hash = attempt.address_hash`, nowMs)
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, entered.charges),
    db.execute<AccountRow & JudgedRow>(sql`
      with attempt as (${spendAttempt(db, 'sign-up', entered)}
      ), account as (
        insert into ${users} (id, email, name, password_hash, email_verified_at, created_at, terms_version, terms_accepted_at)
        select ${sql.param(userId, users.id)}::uuid, email, name, password_hash, ${moment(nowMs)}, ${moment(nowMs)},
          terms_version, created_at
        from attempt where is_right and not ${isAddressTaken(sql`attempt.email`, nowMs)}
          and ${ban} is null
        on conflict (email) do nothing
        returning id, name, email
      ), ${enter(entered)}
      ${judged('sign-up', entered.verificationId, sql`select ${ban} as told, false as is_there`)}`),
  ])
  const result = outcomeOf(rows[0])
  // Whoever signs up knows what they are signing in with.
  return { counted, result: result.outcome === 'opened' ? { ...result, isNewDevice: false } : result }
}

/** Signs in with a code that was mailed to the address which the account still has. */
export async function enterWithCode(db: EdgeDatabase, entered: EnteredCode & Entry) {
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, entered.charges),
    db.execute<AccountRow & JudgedRow>(sql`
      with attempt as (${spendAttempt(db, 'sign-in', entered)}
      ), known as (
        select users.id, users.name, users.email, users.ban_id from attempt join ${users} on users.id = attempt.user_id
          and users.email = attempt.email
        where is_right for share of users
      ), account as (
        select id, name, email from known where ${mayEnter(sql`known.ban_id`, entered.nowMs)}
      ), ${enter(entered)}
      ${judged('sign-in', entered.verificationId, banOfAttempt(entered.nowMs))}`),
  ])
  return { counted, result: outcomeOf(rows[0]) }
}

export type PasswordReset = EnteredCode &
  Entry & {
    readonly passwordHash: string
    readonly undo: { readonly id: string; readonly expiresAt: Date }
  }

/** Sets a new password by code, ends every session there was, and opens one. */
export async function resetPassword(db: EdgeDatabase, entered: PasswordReset) {
  const { undo, nowMs, verificationId } = entered
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, entered.charges),
    db.execute<AccountRow & JudgedRow>(sql`
      with attempt as (${spendAttempt(db, 'reset', entered)}
      ), known as (
        select users.id, users.ban_id from attempt join ${users} on users.id = attempt.user_id
          and users.email = attempt.email
        where is_right for update of users
      ), account as (
        update ${users} set password_hash = ${entered.passwordHash} from known
        where users.id = known.id and ${mayEnter(sql`known.ban_id`, nowMs)}
        returning users.id, users.name, users.email
      ), way_back as (
        insert into ${undos} (id, user_id, email, created_at, expires_at)
        select ${undo.id}, id, email, ${moment(nowMs)}, ${moment(undo.expiresAt)} from account
      ), ${enter(entered)}
      ${judged('reset', verificationId, banOfAttempt(nowMs))}`),
    // A statement of its own: it sees the sessions that were opened while the one before waited for the account's row.
    db.execute(sql`
      delete from ${sessions} using ${verifications}
      where verifications.id = ${sql.param(verificationId, verifications.id)} and verifications.purpose = 'reset'
        and verifications.consumed_at = ${moment(nowMs)}
        and sessions.user_id = verifications.user_id and sessions.id <> ${entered.session.id}
        and exists (select 1 from ${sessions} as fresh where fresh.id = ${entered.session.id})`),
  ])
  return { counted, result: outcomeOf(rows[0]) }
}
