// The database as the edge sees it: one HTTP request per statement or batch, nothing kept open between requests.
// A handle belongs to one request: workerd refuses I/O objects that another request made.
import type { NeonHttpDatabase } from 'drizzle-orm/neon-http'
import { NeonHttpSession, type NeonHttpClient, type NeonHttpQueryResultHKT } from 'drizzle-orm/neon-http/session'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { makeNeonHttp, type NeonHttpOptions } from './neon-http.ts'

/** Without `transaction`, which this protocol does not have: a write is one statement or one batch. */
export type EdgeDatabase = Omit<NeonHttpDatabase, 'transaction' | '$withAuth'>

export type ConnectHttpOptions = Omit<NeonHttpOptions, 'timeoutMs'> & {
  /** How long one trip may take. A database that was asleep needs about a second; browsers wait for 20. */
  readonly timeoutMs?: number
}

export function connectHttp({ timeoutMs = 15_000, ...options }: ConnectHttpOptions): EdgeDatabase {
  const dialect = new PgDialect()
  // Drizzle's type names the whole driver; what it calls is there.
  const client: object = makeNeonHttp({ ...options, timeoutMs })
  const session = new NeonHttpSession(client as NeonHttpClient, dialect, undefined)
  const database = new PgDatabase<NeonHttpQueryResultHKT>(dialect, session, undefined)
  const batch: EdgeDatabase['batch'] = (queries) => session.batch(queries)
  return Object.assign(database, { batch })
}
