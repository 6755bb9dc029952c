// Addresses that nothing is mailed to any more, because mail to them came back for good or was called unwanted.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { PoolDatabase } from '../connect-pool.ts'
import { users } from '../schema/accounts.ts'
import { suppressedAddresses, type SuppressionReason } from '../schema/operations.ts'

export type Suppression = { readonly address: string; readonly reason: SuppressionReason; readonly nowMs: number }

/** Keeps an address from being mailed to. The first reason stays: told twice is the same news. */
export async function suppressAddress(db: PoolDatabase, { address, reason, nowMs }: Suppression): Promise<void> {
  const row = { address: address.toLowerCase(), reason, createdAt: new Date(nowMs) }
  await db.insert(suppressedAddresses).values(row).onConflictDoNothing()
}

/** Why nothing may be mailed to an address, or null when something may. */
export async function findSuppression(db: PoolDatabase, address: string): Promise<SuppressionReason | null> {
  const [row] = await db
    .select({ reason: suppressedAddresses.reason })
    .from(suppressedAddresses)
    .where(eq(suppressedAddresses.address, address.toLowerCase()))
  return row?.reason ?? null
}

/** A column for whoever selects from `users`: what is wrong with their address, or null. Costs no trip of its own. */
export const addressTrouble: SQL<SuppressionReason | null> = sql<SuppressionReason | null>`(
  select ${suppressedAddresses.reason} from ${suppressedAddresses} where ${suppressedAddresses.address} = ${users.email}
)`
