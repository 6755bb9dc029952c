// Accounts and the sign-up attempts they come from. Every limit that a code has is a condition of the statement that
// uses it: two requests at once cannot both pass a check that came before.
import { and, eq, isNull, sql } from 'drizzle-orm'
import { codeAttemptsMax } from '@shoebox/shared/account/codes.ts'
import { idFromUuid, type UserId, type VerificationId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { sessions, users, verifications } from '../schema/accounts.ts'
import { countChargesQuery, withinLimits, type Charge } from './limit-store.ts'
import type { NewSession } from './session-store.ts'

/** Counts the charges and reads the account of an address. */
export async function findAccount(db: EdgeDatabase, email: string, charges: readonly Charge[]) {
  const account = db
    .select({ id: users.id, name: users.name, email: users.email, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email))
  const [counted, rows] = await db.batch([countChargesQuery(db, charges), account])
  return { counted, account: rows[0] ?? null }
}

export type NewAttempt = {
  readonly id: VerificationId
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Writes a sign-up attempt, as a decoy where the address has an account: the same statement either way. */
export async function writeAttempt(db: EdgeDatabase, attempt: NewAttempt): Promise<{ isDecoy: boolean }> {
  const isKnown = sql<boolean>`exists (select 1 from ${users} where ${users.email} = ${attempt.email})`
  const [written] = await db
    .insert(verifications)
    .values({ ...attempt, attempts: 0, isDecoy: isKnown })
    .returning({ isDecoy: verifications.isDecoy })
  if (written === undefined) throw new Error('the attempt was not written')
  return written
}

/** Counts the charges and reads an attempt. */
export async function findAttempt(db: EdgeDatabase, id: VerificationId, charges: readonly Charge[]) {
  const attempt = db
    .select({
      email: verifications.email,
      name: verifications.name,
      isDecoy: verifications.isDecoy,
      isConsumed: sql<boolean>`${verifications.consumedAt} is not null`,
      createdAt: verifications.createdAt,
    })
    .from(verifications)
    .where(eq(verifications.id, id))
  const [counted, rows] = await db.batch([countChargesQuery(db, charges), attempt])
  return { counted, attempt: rows[0] ?? null }
}

/** Counts the charges and, within them, puts a new code in place of the old one, with all its attempts. */
export async function renewCode(
  db: EdgeDatabase,
  wish: { verificationId: VerificationId; codeHash: string; expiresAt: Date; charges: readonly Charge[] },
) {
  const renewal = db
    .update(verifications)
    .set({ codeHash: wish.codeHash, expiresAt: wish.expiresAt, attempts: 0 })
    .where(
      and(eq(verifications.id, wish.verificationId), isNull(verifications.consumedAt), withinLimits(db, wish.charges)),
    )
    .returning({ id: verifications.id })
  const [counted, renewed] = await db.batch([countChargesQuery(db, wish.charges), renewal])
  return { counted, isRenewed: renewed.length > 0 }
}

export type EnteredCode = {
  readonly verificationId: VerificationId
  readonly codeHash: string
  /** The ids that account and session get if the code is right. */
  readonly userId: UserId
  readonly session: NewSession
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

type OpenedAccount = { id: UserId; name: string; email: string }
export type EnteredCodeOutcome =
  | { readonly outcome: 'opened'; readonly user: OpenedAccount }
  | { readonly outcome: 'wrong' | 'spent' | 'unknown' }

/**
 * Enters a code. The statement that counts the attempt also judges it, so that no number of calls at once gets more
 * than the allowed attempts; the account and its session are made in that same statement, or not at all.
 */
export async function enterCode(db: EdgeDatabase, entered: EnteredCode) {
  const [counted, { rows }] = await db.batch([countChargesQuery(db, entered.charges), enterCodeQuery(db, entered)])
  return { counted, result: outcomeOf(rows[0]) }
}

type EnteredRow = { is_known: boolean; is_right: boolean | null; id: string | null; name: string; email: string }

function enterCodeQuery(db: EdgeDatabase, { verificationId, codeHash, userId, session, charges, nowMs }: EnteredCode) {
  const now = new Date(nowMs).toISOString()
  return db.execute<EnteredRow>(sql`
    with attempt as (
      update ${verifications}
      set attempts = attempts + 1,
        consumed_at = case when code_hash = ${codeHash} and not is_decoy then ${now}::timestamptz end
      where ${eq(verifications.id, verificationId)}
        and consumed_at is null and attempts < ${codeAttemptsMax} and expires_at > ${now}::timestamptz
        and ${withinLimits(db, charges)}
      returning email, name, password_hash, consumed_at is not null as is_right
    ), account as (
      insert into ${users} (id, email, name, password_hash, email_verified_at, created_at)
      select ${sql.param(userId, users.id)}::uuid, email, name, password_hash, ${now}::timestamptz, ${now}::timestamptz
      from attempt where is_right
      on conflict (email) do nothing
      returning id, name, email
    ), session as (
      insert into ${sessions} (id, user_id, expires_at, created_at, last_seen_at, user_agent)
      select ${session.id}, id, ${session.expiresAt.toISOString()}::timestamptz, ${now}::timestamptz,
        ${now}::timestamptz, ${session.userAgent}
      from account
    )
    select exists (select 1 from ${verifications} where ${eq(verifications.id, verificationId)}) as is_known,
      (select is_right from attempt) as is_right, account.id, account.name, account.email
    from (values (1)) as one left join account on true`)
}

function outcomeOf(row: EnteredRow | undefined): EnteredCodeOutcome {
  if (row === undefined || !row.is_known) return { outcome: 'unknown' }
  if (row.id !== null) {
    return { outcome: 'opened', user: { id: idFromUuid('user', row.id), name: row.name, email: row.email } }
  }
  // Right but without an account: another attempt for the same address was finished first.
  return { outcome: row.is_right === false ? 'wrong' : 'spent' }
}
