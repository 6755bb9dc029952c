// The statements a store would send, without a database. Used by the tests that look at SQL and by the script that
// writes the snapshots in packages/db/sql.
import { neonConfig } from '@neondatabase/serverless'
import { connectHttp, type EdgeDatabase } from '../connect-http.ts'

export type RecordedQuery = { readonly query: string; readonly params: readonly unknown[] }

const emptyResult = { command: '', rowCount: 0, rows: [], fields: [], rowAsArray: true }

/** Runs a store's function against a database that knows nothing and answers every statement with no rows. */
export async function recordSql(run: (db: EdgeDatabase) => Promise<unknown>): Promise<RecordedQuery[]> {
  const recorded: RecordedQuery[] = []
  const known: unknown = neonConfig.fetchFunction
  neonConfig.fetchFunction = (_url: string, { body }: { body: string }) => {
    const sent = JSON.parse(body) as RecordedQuery | { readonly queries: readonly RecordedQuery[] }
    const queries = 'queries' in sent ? sent.queries : [sent]
    recorded.push(...queries)
    return Promise.resolve(Response.json('queries' in sent ? { results: queries.map(() => emptyResult) } : emptyResult))
  }
  try {
    await run(connectHttp({ connectionString: 'postgres://nobody:nothing@localhost/none' }))
  } catch {
    // A store may miss the rows it needs; by then its statements are recorded.
  } finally {
    neonConfig.fetchFunction = known
  }
  return recorded
}
