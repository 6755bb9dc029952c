// Mailed codes of every purpose. Every limit that a code has is a condition of the statement that uses it: two requests
// at once cannot both pass a check that came before.
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { codeAttemptsMax, type CodePurpose } from '@shoebox/shared/account/codes.ts'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { undos, users, verifications } from '../schema/accounts.ts'
import { banOfAddress, banWhere, type BanNotice } from './ban-filter.ts'
import { countChargesQuery, withinLimits, type Charge } from './limit-store.ts'
import { isStillSignedIn, type Author } from './session-store.ts'
import { moment } from './moment.ts'

export type NewCode = {
  readonly id: VerificationId
  /** HMAC of the id and the code. */
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** What a mail with a code needs to know. A decoy's mail says why there is no code; a ban comes first of all. */
export type WrittenCode = {
  readonly name: string
  readonly email: string
  readonly isDecoy: boolean
  readonly ban: BanNotice | null
}

type WrittenRow = { name: string; email: string; is_decoy: boolean; ban: BanNotice | null }

/** The ban that a row of verifications runs into. */
const banOfCode = (nowMs: number) => banOfAddress(sql`verifications.address_hash`, sql`verifications.user_id`, nowMs)

/**
 * Writes a code for the account of an address, or a decoy where there is none or a ban: the same statement either way.
 * Nothing is written when a charge is over its limit.
 */
export async function writeCodeForAddress(
  db: EdgeDatabase,
  code: NewCode & {
    readonly purpose: 'sign-in' | 'reset' | 'appeal'
    readonly email: string
    readonly addressHash: string
  },
  charges: readonly Charge[],
) {
  const nowMs = code.createdAt.getTime()
  const ban = banOfAddress(sql`${code.addressHash}`, sql`account.id`, nowMs)
  // Only whoever is banned has something to appeal against.
  const isDecoy = code.purpose === 'appeal' ? sql`${ban} is null` : sql`account.id is null or ${ban} is not null`
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, charges),
    db.execute<WrittenRow>(sql`
      insert into ${verifications} (id, purpose, email, address_hash, name, user_id, is_decoy, code_hash, attempts,
        created_at, expires_at)
      select ${uuid(code.id)}, ${code.purpose}, ${code.email}, ${code.addressHash}, coalesce(account.name, ''), account.id,
        ${isDecoy}, ${code.codeHash}, 0, ${moment(code.createdAt)}, ${moment(code.expiresAt)}
      from (values (1)) as one left join ${users} as account on account.email = ${code.email}
      where ${withinLimits(db, charges)}
      returning name, email, is_decoy, ${banOfCode(nowMs)} as ban`),
  ])
  return { counted, written: writtenFrom(rows[0]) }
}

/** Who asks for a code while signed in. */
export type CodeOfSession = NewCode & { readonly author: Author; readonly nowMs: number }

/** Writes a code for the author's own address. Nothing is written over a limit, or when the session has ended. */
export async function writeStepUpCode(db: EdgeDatabase, code: CodeOfSession, charges: readonly Charge[]) {
  const account = sql`${users.email}, null, ${users.name}, false`
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, charges),
    db.execute<WrittenRow>(insertForSession('step-up', code, account, withinLimits(db, charges))),
  ])
  return { counted, written: writtenFrom(rows[0]) }
}

export type AddressCode = CodeOfSession & {
  /** The one they want to change to. */
  readonly email: string
  readonly addressHash: string
  /** What the password was checked against. */
  readonly passwordHash: string
}

/** Writes a code for another address, as a decoy where that is taken or banned. Null: session or password changed meanwhile. */
export async function writeAddressCode(db: EdgeDatabase, code: AddressCode) {
  const ban = banWhere(sql`bans.address_hash = ${code.addressHash}`, code.nowMs)
  const isDecoy = sql`${isAddressTaken(code.email, code.nowMs)} or ${ban} is not null`
  const account = sql`${code.email}, ${code.addressHash}, ${users.name}, ${isDecoy}`
  const isSamePassword = sql`${eq(users.passwordHash, code.passwordHash)}`
  const { rows } = await db.execute<WrittenRow>(insertForSession('change-address', code, account, isSamePassword))
  return writtenFrom(rows[0])
}

/** @param columns address, its hash, name and whether it is a decoy */
const insertForSession = (purpose: CodePurpose, code: CodeOfSession, columns: SQL, where: SQL): SQL => sql`
  insert into ${verifications} (id, purpose, user_id, session_id, code_hash, attempts, created_at, expires_at,
    email, address_hash, name, is_decoy)
  select ${uuid(code.id)}, ${purpose}, ${users.id}, ${code.author.sessionId}, ${code.codeHash}, 0,
    ${moment(code.createdAt)}, ${moment(code.expiresAt)}, ${columns}
  from ${users}
  where ${eq(users.id, code.author.userId)} and ${isStillSignedIn(code.author, code.nowMs)} and ${where}
  returning email, name, is_decoy, ${banOfCode(code.nowMs)} as ban`

const writtenFrom = (row: WrittenRow | undefined): WrittenCode | null =>
  row === undefined ? null : { name: row.name, email: row.email, isDecoy: row.is_decoy, ban: row.ban }

/**
 * An address is taken by the account that has it, and for some days by the one that was moved away from it: until then
 * the change can be undone.
 */
export const isAddressTaken = (email: string | SQL, nowMs: number): SQL => sql`(
  exists (select 1 from ${users} as holder where holder.email = ${email})
  or exists (select 1 from ${undos} as way_back where way_back.email = ${email} and way_back.spent_at is null
    and way_back.expires_at > ${moment(nowMs)}))`

/** Counts the charges and reads what a code was asked for. */
export async function findAttempt(db: EdgeDatabase, id: VerificationId, charges: readonly Charge[], nowMs: number) {
  const attempt = db
    .select({
      purpose: verifications.purpose,
      email: verifications.email,
      name: verifications.name,
      isDecoy: verifications.isDecoy,
      isConsumed: sql<boolean>`${verifications.consumedAt} is not null`,
      createdAt: verifications.createdAt,
      ban: banOfCode(nowMs),
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
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

/**
 * The update that spends one attempt at a code and judges it: the body of a common table expression that yields the
 * row with `is_right`, or no row when there was nothing to spend. What the code opens belongs into the same statement.
 */
export const spendAttempt = (
  db: EdgeDatabase,
  purpose: CodePurpose,
  { verificationId, codeHash, charges, nowMs }: EnteredCode,
  author: Author | null = null,
): SQL => {
  const isSameSession =
    author === null
      ? sql``
      : sql`and session_id = ${author.sessionId} and user_id = ${sql.param(author.userId, users.id)}
        and ${isStillSignedIn(author, nowMs)}`
  return sql`
    update ${verifications}
    set attempts = attempts + 1,
      consumed_at = case when code_hash = ${codeHash} and not is_decoy then ${moment(nowMs)} end
    where id = ${uuid(verificationId)} and purpose = ${purpose}
      and consumed_at is null and attempts < ${codeAttemptsMax} and expires_at > ${moment(nowMs)}
      ${isSameSession} and ${withinLimits(db, charges)}
    returning *, consumed_at is not null as is_right`
}

/** Whether there is such a code at all, for the answer. */
export const isKnownCode = (purpose: CodePurpose, verificationId: VerificationId): SQL =>
  sql`exists (select 1 from ${verifications} where id = ${uuid(verificationId)} and purpose = ${purpose})`

const uuid = (id: VerificationId): SQL => sql`${sql.param(id, verifications.id)}::uuid`

export type JudgedRow = { is_known: boolean; is_right: boolean | null }

/**
 * What became of an entered code. `spent`: used, expired, out of attempts, or right and yet too late, because what it
 * was for has changed meanwhile.
 */
export type CodeRefused = { readonly outcome: 'wrong' | 'spent' | 'unknown' }

/** The answer to a code that opened nothing. */
export function refusedFrom(row: JudgedRow | undefined): CodeRefused {
  if (row === undefined || !row.is_known) return { outcome: 'unknown' }
  return { outcome: row.is_right === false ? 'wrong' : 'spent' }
}
