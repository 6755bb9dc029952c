// Stands in for `@neondatabase/serverless` in the Worker's bundle (local/worker/bundle-worker.ts): Neon's
// HTTP protocol and no more. Neon's own package is one file with all of `pg` and WebSockets in it, of which a bundler can
// leave nothing out: a quarter of all that the Worker may weigh. Everything else takes Neon's; worker-driver.pg.test.ts
// holds the two together. https://github.com/neondatabase/serverless
import { parsers, setTypeParser } from './read-values.ts'
import { writeValue } from './write-values.ts'

/** What drizzle's driver asks for: it wants dates and the like as text. */
export const types = {
  builtins: { TIMESTAMPTZ: 1184, TIMESTAMP: 1114, DATE: 1082, INTERVAL: 1186 },
  setTypeParser,
}

export const neonConfig: { fetchEndpoint: string | ((host: string) => string) } = {
  fetchEndpoint: (host) => `https://${host.replace(/^[^.]+\./, 'api.')}/sql`,
}

/** What Postgres says of an error, or the way to it. */
export class NeonDbError extends Error {
  override readonly name = 'NeonDbError'
  /** SQLSTATE; absent when Postgres was not reached. */
  readonly code: string | undefined
  readonly constraint: string | undefined
  readonly detail: string | undefined
  constructor(message: string, told: ErrorFields = {}, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.code = told.code
    this.constraint = told.constraint
    this.detail = told.detail
  }
}

type ErrorFields = { readonly code?: string; readonly constraint?: string; readonly detail?: string }
type QueryOptions = { readonly arrayMode?: boolean }
type Statement = { readonly query: string; readonly params: readonly (string | null)[] }
type TextRow = readonly (string | null)[]
type TextResult = {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
  readonly rows: readonly TextRow[]
  readonly rowCount: number
  readonly command: string
}
type Settings = { readonly fetchOptions?: RequestInit }

export function neon(connectionString: string, { fetchOptions = {} }: Settings = {}) {
  const send = (body: Statement | { readonly queries: readonly Statement[] }) =>
    post(connectionString, JSON.stringify(body), fetchOptions)
  return {
    query(query: string, params: readonly unknown[] = [], options: QueryOptions = {}) {
      const statement = { query, params: params.map(writeValue) }
      return new Query(statement, options, async () => readResult((await send(statement)) as TextResult, options))
    },
    /** One trip and one transaction: all of it or nothing. */
    async transaction(queries: readonly Query[]) {
      const answer = (await send({ queries: queries.map(({ statement }) => statement) })) as { results: TextResult[] }
      return answer.results.map((result, index) => readResult(result, queries[index]?.options ?? {}))
    },
  }
}

type Result = ReturnType<typeof readResult>

/** A statement that is sent when it is awaited, or with others as a transaction. */
class Query implements PromiseLike<Result> {
  readonly statement: Statement
  readonly options: QueryOptions
  readonly #run: () => Promise<Result>

  constructor(statement: Statement, options: QueryOptions, run: () => Promise<Result>) {
    this.statement = statement
    this.options = options
    this.#run = run
  }

  // oxlint-disable-next-line unicorn/no-thenable -- drizzle awaits a statement to run it, and hands it on to batch it
  then<A = Result, B = never>(
    onFulfilled?: ((result: Result) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#run().then(onFulfilled, onRejected)
  }
}

async function post(connectionString: string, body: string, options: RequestInit): Promise<unknown> {
  const { fetchEndpoint } = neonConfig
  const endpoint = typeof fetchEndpoint === 'string' ? fetchEndpoint : fetchEndpoint(new URL(connectionString).hostname)
  const headers = {
    'Neon-Connection-String': connectionString,
    'Neon-Raw-Text-Output': 'true',
    'Neon-Array-Mode': 'true',
  }
  let response: Response
  try {
    response = await fetch(endpoint, { method: 'POST', body, headers, ...options })
  } catch (error) {
    throw new NeonDbError(`Error connecting to database: ${String(error)}`, {}, error)
  }
  if (response.ok) return response.json()
  if (response.status !== 400)
    throw new NeonDbError(`Server error (HTTP status ${response.status}): ${await response.text()}`)
  const told = (await response.json()) as ErrorFields & { readonly message?: string }
  throw new NeonDbError(told.message ?? 'The statement failed.', told)
}

function readResult(result: TextResult, { arrayMode = false }: QueryOptions) {
  const names = result.fields.map(({ name }) => name)
  const readers = result.fields.map(({ dataTypeID }) => parsers.get(dataTypeID) ?? String)
  const read = (row: TextRow): unknown[] => row.map((text, at) => (text === null ? null : readers[at]?.(text)))
  const rows = result.rows.map((row) =>
    arrayMode ? read(row) : Object.fromEntries<unknown>(read(row).map((value, at) => [names[at] ?? '', value])),
  )
  return { ...result, rows, rowAsArray: arrayMode }
}
