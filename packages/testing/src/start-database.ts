// A migrated database on a Postgres of its own: for benchmarks, which have no run whose Postgres they could share.
import { startTestPostgres } from './servers/start-test-postgres.ts'
import { cloneDatabase, type ClonedDatabase } from './template-database.ts'

/** `drop` stops the server. */
export async function startDatabase(): Promise<ClonedDatabase> {
  const { address, stop } = await startTestPostgres()
  return { ...(await cloneDatabase(address)), drop: stop }
}
