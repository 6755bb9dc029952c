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

/** SQLSTATEs of a statement that others were in the way of: a deadlock, a lock not to be had, too long, no connection left. */
const busyStates = new Set(['40P01', '55P03', '57014', '53300'])

/** Whether there was only too much to do at this moment. A write may have been carried out all the same, if it timed out. */
export function isBusyFault(error: unknown): boolean {
  const fault = findDatabaseFault(error)
  if (fault === null) return false
  if (fault.sqlState !== null) return busyStates.has(fault.sqlState)
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof NeonDbError && cause.sourceError?.name === 'TimeoutError'
}

/** SQLSTATEs after which the same statement may well succeed: connection trouble, shutdown, too many connections. */
const passingStates = /^(08|53|57P0[123])/

/**
 * Runs a read, and once more when the first try failed for a reason that may have passed; not where it timed out, since
 * whoever asked has waited long enough. Never for writes: a request that was lost may have been carried out.
 */
export async function retryRead<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const fault = findDatabaseFault(error)
    if (fault === null || isBusyFault(error)) throw error
    if (fault.sqlState !== null && !passingStates.test(fault.sqlState)) throw error
    return await read()
  }
}

/**
 * Runs a write, and once more when Postgres ended it because it and another one waited for each other: of a statement or a
 * batch that was ended so, nothing was done. For those that lock in another order than somebody else has to.
 */
export async function retryDeadlocked<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (findDatabaseFault(error)?.sqlState !== '40P01') throw error
    return await write()
  }
}
