// Accounts as sign-up and sign-in look for them.
import { eq, sql } from 'drizzle-orm'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { users, verifications } from '../schema/accounts.ts'
import { banOfAddress, type BanNotice } from './ban-filter.ts'
import { isAddressTaken } from './code-store.ts'
import { countChargesQuery, type Charge } from './limit-store.ts'

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
  readonly addressHash: string
  readonly name: string
  readonly passwordHash: string
  readonly termsVersion: string
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Writes a sign-up attempt, as a decoy where the address has an account or is banned: the same statement either way. */
export async function writeAttempt(
  db: EdgeDatabase,
  attempt: NewAttempt,
): Promise<{ isDecoy: boolean; ban: BanNotice | null }> {
  const nowMs = attempt.createdAt.getTime()
  const holder = sql`(select id from users where email = ${attempt.email})`
  const ban = banOfAddress(sql`${attempt.addressHash}`, holder, nowMs)
  const isDecoy = sql<boolean>`(${isAddressTaken(attempt.email, nowMs)} or ${ban} is not null)`
  const [written] = await db
    .insert(verifications)
    .values({ ...attempt, purpose: 'sign-up', attempts: 0, isDecoy })
    .returning({ isDecoy: verifications.isDecoy, ban })
  if (written === undefined) throw new Error('the attempt was not written')
  return written
}
