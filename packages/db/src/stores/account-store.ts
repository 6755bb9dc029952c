// Accounts as sign-up and sign-in look for them.
import { eq } from 'drizzle-orm'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { users, verifications } from '../schema/accounts.ts'
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
  readonly name: string
  readonly passwordHash: string
  readonly termsVersion: string
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Writes a sign-up attempt, as a decoy where the address has an account: the same statement either way. */
export async function writeAttempt(db: EdgeDatabase, attempt: NewAttempt): Promise<{ isDecoy: boolean }> {
  const isDecoy = isAddressTaken(attempt.email, attempt.createdAt.getTime())
  const [written] = await db
    .insert(verifications)
    .values({ ...attempt, purpose: 'sign-up', attempts: 0, isDecoy })
    .returning({ isDecoy: verifications.isDecoy })
  if (written === undefined) throw new Error('the attempt was not written')
  return written
}
