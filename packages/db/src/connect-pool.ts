// The database as Lambdas, migrations and tests see it: ordinary Postgres over TCP through a pool, with transactions.
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'

export type ConnectPoolOptions = {
  readonly connectionString: string
  /** A Lambda handles one batch at a time and needs one connection. */
  readonly connectionsMax?: number
  /** How long one statement may run before it is given up. */
  readonly statementTimeoutMs?: number
}

/** Opens a pool. Whoever opened it ends it with `db.$client.end()`. */
export function connectPool({ connectionString, connectionsMax = 1, statementTimeoutMs = 10_000 }: ConnectPoolOptions) {
  const pool = new pg.Pool({
    connectionString,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 1_000,
    allowExitOnIdle: true,
  })
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on('error', () => {})
  return drizzle({ client: pool })
}

export type PoolDatabase = ReturnType<typeof connectPool>
