// Runs what one POST /sql carries and shapes the answer as Neon's proxy does: rows as arrays of text, which the driver
// parses itself. A batch is one transaction: all of it or nothing.
import pg, { type PoolClient, type QueryArrayConfig } from 'pg'
import { loopbackHost } from '../ports.ts'

export type BatchMode = { isolation: string; isReadOnly: boolean; isDeferrable: boolean }

export type SqlAnswer = { status: number; json: string }

type Statement = { query: string; params: unknown[] }

const isolationLevels = new Map([
  ['ReadUncommitted', 'READ UNCOMMITTED'],
  ['ReadCommitted', 'READ COMMITTED'],
  ['RepeatableRead', 'REPEATABLE READ'],
  ['Serializable', 'SERIALIZABLE'],
])

/** What a driver may read from an error, in Neon's order. */
const errorFields = [
  'message',
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

export function createSqlAnswerer(counts: { statements: number }) {
  const pools = new Map<string, pg.Pool>()

  function findPool(connectionString: string): pg.Pool {
    const url = new URL(connectionString)
    if (url.hostname !== loopbackHost && url.hostname !== 'localhost')
      throw new Error('only local databases are served')
    // The driver names itself in the URL; one pool per database, not per driver.
    url.searchParams.delete('application_name')
    const known = pools.get(url.href)
    if (known !== undefined) return known
    const pool = new pg.Pool({ connectionString: url.href, max: 20 })
    // A dropped or restarted database ends idle sessions; the next request opens new ones.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    pools.set(url.href, pool)
    return pool
  }

  async function run(connectionString: string, body: string, mode: BatchMode): Promise<unknown> {
    const { statements, isBatch } = parseBody(body)
    counts.statements += statements.length
    const client = await findPool(connectionString).connect()
    let isBroken = false
    try {
      if (isBatch) return { results: await runBatch(client, statements, mode) }
      const [statement] = statements
      return statement === undefined ? {} : await runOne(client, statement)
    } catch (error) {
      isBroken = !(error instanceof pg.DatabaseError)
      throw error
    } finally {
      client.release(isBroken)
    }
  }

  return {
    async answer(connectionString: string, body: string, mode: BatchMode): Promise<SqlAnswer> {
      try {
        return { status: 200, json: JSON.stringify(await run(connectionString, body, mode)) }
      } catch (error) {
        return { status: 400, json: JSON.stringify(describeError(error)) }
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}

function parseBody(body: string): { statements: Statement[]; isBatch: boolean } {
  const parsed: unknown = JSON.parse(body)
  if (typeof parsed === 'object' && parsed !== null && 'queries' in parsed && Array.isArray(parsed.queries)) {
    return { statements: parsed.queries.map(readStatement), isBatch: true }
  }
  return { statements: [readStatement(parsed)], isBatch: false }
}

function readStatement(value: unknown): Statement {
  if (typeof value !== 'object' || value === null || !('query' in value) || typeof value.query !== 'string') {
    throw new Error('a statement needs a query')
  }
  return { query: value.query, params: 'params' in value && Array.isArray(value.params) ? value.params : [] }
}

async function runBatch(client: PoolClient, statements: Statement[], mode: BatchMode): Promise<unknown[]> {
  const isolation = isolationLevels.get(mode.isolation)
  const clauses = [
    isolation === undefined ? '' : ` ISOLATION LEVEL ${isolation}`,
    mode.isReadOnly ? ' READ ONLY' : '',
    mode.isDeferrable ? ' DEFERRABLE' : '',
  ]
  await client.query(`BEGIN${clauses.join('')}`)
  try {
    const results: unknown[] = []
    for (const statement of statements) results.push(await runOne(client, statement))
    await client.query('COMMIT')
    return results
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function runOne(client: PoolClient, { query, params }: Statement): Promise<unknown> {
  const config: QueryArrayConfig<unknown[]> & { queryMode: 'extended' } = {
    text: query,
    values: params,
    rowMode: 'array',
    types: { getTypeParser: () => (text: string) => text },
    // Even without parameters, or several statements could hide in one.
    queryMode: 'extended',
  }
  const result = await client.query<unknown[], unknown[]>(config)
  return {
    command: result.command,
    rowCount: result.rowCount,
    rows: result.rows,
    fields: result.fields,
    rowAsArray: true,
    viaNeonProxy: true,
  }
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const known = new Map<string, unknown>(Object.entries(error))
  known.set('message', error.message)
  return Object.fromEntries(errorFields.map((field) => [field, known.get(field)]))
}
