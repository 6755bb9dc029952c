// What a test file of the HTTP surface needs: a Worker of its own, and the database behind it.
import { afterAll } from 'vitest'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { startEdge } from './start-edge.ts'

/** To be awaited once, at the top of a test file: all of it goes after the last of its tests. */
export async function openEdge(vars: Record<string, string> = {}) {
  const edge = await startEdge(vars)
  const db = connectPool({ connectionString: edge.databaseUrl, connectionsMax: 4 })
  afterAll(async () => {
    await db.$client.end()
    await edge.stop()
  })
  return { edge, db }
}
