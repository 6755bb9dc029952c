// The database as the edge sees it: one HTTP request per statement or batch, nothing kept open between requests.
// A handle belongs to one request: workerd refuses I/O objects that another request made.
import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'

/** Without `transaction`, which this protocol does not have: a write is one statement or one batch. */
export type EdgeDatabase = Omit<NeonHttpDatabase, 'transaction' | '$withAuth'>

export type ConnectHttpOptions = {
  readonly connectionString: string
  /** Where to send the requests instead of Neon's own address for the host. */
  readonly endpoint?: string | undefined
  /** How long one trip may take. A database that was asleep needs about a second; browsers wait for 20. */
  readonly timeoutMs?: number
}

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
  return drizzle({ client })
}
