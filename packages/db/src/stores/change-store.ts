// What somebody signed in changes about how they get in, and the way back from it. Whatever ends sessions does so in a
// statement after the one that locked the account's row: a session that was opened meanwhile is seen and ended too.
import { and, eq, gt, ne, sql, type SQL } from 'drizzle-orm'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { findDatabaseFault } from '../database-fault.ts'
import { sessions, undos, users } from '../schema/accounts.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import {
  isAddressTaken,
  isKnownCode,
  refusedFrom,
  spendAttempt,
  type CodeRefused,
  type EnteredCode,
  type JudgedRow,
} from './code-store.ts'
import { banWhere } from './ban-filter.ts'
import { countChargesQuery, withinLimits, type Charge } from './limit-store.ts'
import { moment } from './moment.ts'
import { isStillSignedIn, sessionQuery, type Author, type SessionRead } from './session-store.ts'

const passwordQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, viewerId(wish))),
)

/** Counts the charges and reads the password of the session's user, and the session itself, in one trip. */
export async function findOwnPassword(db: EdgeDatabase, sessionId: string, charges: readonly Charge[], nowMs: number) {
  const [counted, [session], [own]] = await db.batch([
    countChargesQuery(db, charges),
    sessionQuery(db, sessionId),
    passwordQuery(db, { sessionId, nowMs }),
  ])
  const data = { counted, passwordHash: own?.passwordHash ?? null }
  return { session: session ?? null, data } satisfies SessionRead<object>
}

/** The way back that is written with a change. `id` is the hash of the token in the mail. */
export type NewUndo = { readonly id: string; readonly expiresAt: Date }

const keepWayBack = (undo: NewUndo, from: SQL, nowMs: number): SQL => sql`
  insert into ${undos} (id, user_id, email, created_at, expires_at)
  select ${undo.id}, id, email, ${moment(nowMs)}, ${moment(undo.expiresAt)} from ${from}`

export type PasswordChange = {
  readonly author: Author
  /** What the present password was checked against. */
  readonly seenHash: string
  readonly passwordHash: string
  readonly undo: NewUndo
  readonly nowMs: number
}

/** Sets a new password and ends the author's other sessions. False: the password or the session changed meanwhile. */
export async function changePassword(db: EdgeDatabase, change: PasswordChange): Promise<boolean> {
  const { author, seenHash, passwordHash, undo, nowMs } = change
  const [{ rows }] = await db.batch([
    db.execute(sql`
      with changed as (
        update ${users} set password_hash = ${passwordHash}
        where ${and(eq(users.id, author.userId), eq(users.passwordHash, seenHash), isStillSignedIn(author, nowMs))}
        returning id, email
      ), way_back as (${keepWayBack(undo, sql`changed`, nowMs)})
      select id from changed`),
    db
      .delete(sessions)
      .where(
        and(
          eq(sessions.userId, author.userId),
          ne(sessions.id, author.sessionId),
          sql`exists (select 1 from ${undos} where ${undos.id} = ${undo.id})`,
        ),
      ),
  ])
  return rows.length > 0
}

export type AddressChange = EnteredCode & { readonly author: Author; readonly undo: NewUndo }
export type AddressChanged = {
  readonly outcome: 'changed'
  readonly name: string
  readonly email: string
  readonly oldEmail: string
}

type ChangedRow = JudgedRow & { name: string; email: string | null; old_email: string }

/** Gives the account the address that the code was mailed to. */
export async function changeAddress(db: EdgeDatabase, change: AddressChange) {
  const { author, undo, nowMs, verificationId } = change
  const statement = db.execute<ChangedRow>(sql`
    with attempt as (${spendAttempt(db, 'change-address', change, author)}
    ), before as (
      select users.id, users.email, attempt.email as new_email from attempt join ${users} on users.id = attempt.user_id
      where is_right and not ${isAddressTaken(sql`attempt.email`, nowMs)}
        and ${banWhere(sql`bans.address_hash = attempt.address_hash`, nowMs)} is null for update of users
    ), changed as (
      update ${users} set email = before.new_email, email_verified_at = ${moment(nowMs)} from before
      where users.id = before.id returning users.name, users.email, before.email as old_email
    ), way_back as (${keepWayBack(undo, sql`before`, nowMs)})
    select ${isKnownCode('change-address', verificationId)} as is_known, (select is_right from attempt) as is_right,
      changed.name, changed.email, changed.old_email
    from (values (1)) as one left join changed on true`)
  try {
    const [counted, { rows }] = await db.batch([countChargesQuery(db, change.charges), statement])
    return { counted, result: changedFrom(rows[0]) }
  } catch (error) {
    // Somebody else got the address in this very moment.
    if (findDatabaseFault(error)?.sqlState !== '23505') throw error
    return { counted: [], result: { outcome: 'spent' } satisfies CodeRefused }
  }
}

function changedFrom(row: ChangedRow | undefined): AddressChanged | CodeRefused {
  if (row === undefined || row.email === null) return refusedFrom(row)
  return { outcome: 'changed', name: row.name, email: row.email, oldEmail: row.old_email }
}

export type UndoWish = {
  /** Hash of the token from the mail. */
  readonly undoId: string
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

/**
 * Takes changes back: the address that the mail went to is the account's again, the password is void and every session
 * over. Ways back that are younger lose their worth, since they were mailed to whoever made the changes.
 */
export async function undoChange(db: EdgeDatabase, { undoId, charges, nowMs }: UndoWish) {
  const now = moment(nowMs)
  const isMine = sql`${undos.id} = ${undoId} and ${undos.spentAt} = ${now}`
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, charges),
    db.execute<{ id: string; name: string; email: string }>(sql`
      with spent as (
        update ${undos} set spent_at = ${now}
        where id = ${undoId} and spent_at is null and expires_at > ${now} and ${withinLimits(db, charges)}
        returning user_id, email
      )
      update ${users} set email = spent.email, password_hash = null from spent where users.id = spent.user_id
      returning users.id, users.name, users.email`),
    db.execute(sql`
      delete from ${sessions} using ${undos} where ${isMine} and sessions.user_id = undos.user_id`),
    db.execute(sql`
      update ${undos} as younger set spent_at = ${now} from ${undos}
      where ${isMine} and younger.user_id = undos.user_id and younger.spent_at is null
        and younger.created_at >= undos.created_at`),
  ])
  const [row] = rows
  return { counted, account: row === undefined ? null : { ...row, id: idFromUuid('user', row.id) } }
}

export type SteppedUpWish = EnteredCode & { readonly author: Author; readonly steppedUpUntil: Date }

/** Notes in the session that its user has shown again who they are. */
export async function stepUp(db: EdgeDatabase, wish: SteppedUpWish) {
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, wish.charges),
    db.execute<JudgedRow & { stepped_up: boolean }>(sql`
      with attempt as (${spendAttempt(db, 'step-up', wish, wish.author)}
      ), stepped as (
        update ${sessions} set stepped_up_until = ${moment(wish.steppedUpUntil)}
        from attempt join ${users} on users.id = attempt.user_id and users.email = attempt.email
        where is_right and sessions.id = attempt.session_id
        returning sessions.id
      )
      select ${isKnownCode('step-up', wish.verificationId)} as is_known, (select is_right from attempt) as is_right,
        exists (select 1 from stepped) as stepped_up`),
  ])
  const [row] = rows
  const result: CodeRefused | { outcome: 'stepped-up' } =
    row?.stepped_up === true ? { outcome: 'stepped-up' } : refusedFrom(row)
  return { counted, result }
}

/** The authority of what needs a code entered lately, as the write's own condition. */
export const isStillSteppedUp = (db: EdgeDatabase, author: Author, nowMs: number): SQL =>
  sql`exists ${db
    .select({ one: sql`1` })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, author.sessionId),
        eq(sessions.userId, author.userId),
        gt(sessions.expiresAt, new Date(nowMs)),
        gt(sessions.steppedUpUntil, new Date(nowMs)),
      ),
    )}`
