// The database as the edge sees it: one HTTP request per statement or batch, nothing kept open between requests. A handle
// serves them all: it holds settings and what declared queries say, and no I/O, which would belong to one request.
import { neon, neonConfig, type NeonQueryFunction } from '@neondatabase/serverless'
import type { NeonHttpDatabase } from 'drizzle-orm/neon-http'
import { type NeonHttpQueryResultHKT } from 'drizzle-orm/neon-http/session'
import { parsePgArray, PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { EdgeSession } from './edge-session.ts'

/** Without `transaction`, which this protocol does not have: a write is one statement or one batch. */
export type EdgeDatabase = Omit<NeonHttpDatabase, 'transaction' | '$withAuth'>

export type ConnectHttpOptions = {
  readonly connectionString: string
  /** Where to send the requests instead of Neon's own address for the host. */
  readonly endpoint?: string | undefined
  /** How long one trip may take. A database that was asleep needs about a second; browsers wait for 20. */
  readonly timeoutMs?: number
}

/**
 * How a value is read, by the number that Postgres gives its type in `pg_type`. All else stays text: moments, which their
 * columns read, and 64-bit integers and decimals, which no number holds.
 */
const parserByType: ReadonlyMap<number, (text: string) => unknown> = new Map([
  [16, (text) => text === 't'], // bool
  [21, Number], // int2
  [23, Number], // int4
  [700, Number], // float4
  [701, Number], // float8
  [114, JSON.parse], // json
  [3802, JSON.parse], // jsonb
  [1009, parsePgArray], // text[]
  [2951, parsePgArray], // uuid[]
])
const keepText = (text: string) => text
const types = { getTypeParser: (type: number) => parserByType.get(type) ?? keepText }

/** Writes SQL; knows no connection. */
const dialect = new PgDialect()

/**
 * Put together from Drizzle's parts, which is what its `drizzle()` does: that function imports the driver's table of all
 * types, and with it a Postgres client over sockets, a tenth of the Worker.
 */
export function connectHttp({ connectionString, endpoint, timeoutMs = 15_000 }: ConnectHttpOptions): EdgeDatabase {
  // The driver knows this setting only globally. It is the same for every request of a process, so no request can
  // see another's.
  if (endpoint !== undefined) neonConfig.fetchEndpoint = endpoint
  const client = neon(connectionString, {
    fetchOptions: {
      // Read by the driver at each trip, so that each has its own time limit.
      get signal() {
        return AbortSignal.timeout(timeoutMs)
      },
    },
  })
  const query: NeonQueryFunction<boolean, boolean>['query'] = client.query
  client.query = (text, params, options) => query(text, params, { ...options, types })
  const session = new EdgeSession(client, dialect, undefined)
  const database = new PgDatabase<NeonHttpQueryResultHKT>(dialect, session, undefined)
  const batch: EdgeDatabase['batch'] = (queries) => session.batch(queries)
  return Object.assign(database, { batch })
}
