import { findDatabaseFault } from '@shoebox/db/database-fault.ts'

export type Fault = { readonly requestId: string; readonly path: string; readonly error: unknown }

/**
 * One JSON line per fault, found again by the request's id, which the visitor was told. Statements and their parameters
 * stay out of it: they hold addresses and password hashes.
 */
export function logFault({ requestId, path, error }: Fault): void {
  const database = findDatabaseFault(error)
  const described =
    database ??
    (error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { message: 'unknown' })
  // oxlint-disable-next-line no-console -- the Worker's log
  console.error(JSON.stringify({ level: 'fault', requestId, path, ...described }))
}
