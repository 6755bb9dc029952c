// What a test file of statements needs: a database of its own, rows to start from, and the edge's way to ask it.
import { afterAll, onTestFinished } from 'vitest'
import { connectHttp, type EdgeDatabase } from '@shoebox/db/connect-http.ts'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { databaseRows } from './database-rows.ts'
import { cloneDatabase } from './template-database.ts'

export type OpenDatabase = {
  readonly url: string
  readonly httpEndpoint: string
  readonly rows: ReturnType<typeof databaseRows>
  readonly edge: EdgeDatabase
}

/** To be awaited once, at the top of a test file: the database goes after the last of its tests. */
export async function openDatabase(start: Date): Promise<OpenDatabase> {
  const { url, httpEndpoint, drop } = await cloneDatabase()
  const rows = databaseRows(url, start)
  afterAll(async () => {
    await rows.end()
    await drop()
  })
  return { url, httpEndpoint, rows, edge: connectHttp({ connectionString: url, endpoint: httpEndpoint }) }
}

/** For one test that alters the schema: the database goes when the test ends. */
export async function openDatabaseForTest() {
  const { url, drop } = await cloneDatabase()
  const db = connectPool({ connectionString: url })
  onTestFinished(async () => {
    await db.$client.end()
    await drop()
  })
  return { url, db }
}
