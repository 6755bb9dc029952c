// What went wrong between us and Postgres, in one shape: single statements throw drizzle's error around the driver's,
// batches throw the driver's bare.
import { NeonDbError } from '@neondatabase/serverless'
import { DrizzleQueryError } from 'drizzle-orm'

export type DatabaseFault = {
  /** SQLSTATE, or null when the trouble was on the way there. */
  readonly sqlState: string | null
  /** Fit for a log: without statements and without parameters, which hold password hashes and addresses. */
  readonly message: string
}

/** Describes an error if the database or the way to it caused it, or returns null. */
export function findDatabaseFault(error: unknown): DatabaseFault | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (cause instanceof NeonDbError) return { sqlState: cause.code ?? null, message: cause.message }
  if (error instanceof DrizzleQueryError)
    return { sqlState: null, message: cause instanceof Error ? cause.message : 'unknown' }
  return null
}

/** SQLSTATEs after which the same statement may well succeed: connection trouble, shutdown, too many connections. */
const passingStates = /^(08|53|57P0[123])/

/**
 * Runs a read, and once more when the first try failed for a reason that may have passed.
 * Never for writes: a request that timed out may have been carried out.
 */
export async function retryRead<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const fault = findDatabaseFault(error)
    if (fault === null || (fault.sqlState !== null && !passingStates.test(fault.sqlState))) throw error
    return await read()
  }
}
