// Neon's HTTP protocol from the asking side: one POST per statement or batch, rows as arrays of text. What Drizzle needs
// of it and no more: Neon's own driver brings a whole Postgres client over sockets along, a fifth of the Worker's code and
// of its start (ADR 30). A test asks the same of both.
import { QueryPromise } from 'drizzle-orm'
import { parsePgArray } from 'drizzle-orm/pg-core'

export type HttpStatement = { readonly query: string; readonly params: readonly unknown[] }

/** What Postgres answers to a statement; raw rows are arrays of text in the order of the fields. */
export type HttpResult = {
  readonly command: string
  readonly rowCount: number | null
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
  readonly rows: readonly unknown[]
}
type RawResult = Omit<HttpResult, 'rows'> & { readonly rows: readonly (readonly (string | null)[])[] }

type Shape = { readonly arrayMode?: boolean }

/** Postgres refused a statement, or it never got there. */
export class NeonHttpError extends Error {
  /** SQLSTATE, or null when the trouble was on the way there. */
  readonly sqlState: string | null
  constructor(message: string, { sqlState = null, cause }: { sqlState?: string | null; cause?: unknown } = {}) {
    super(message, { cause })
    this.sqlState = sqlState
  }
}

export type NeonHttpOptions = {
  readonly connectionString: string
  /** Where to send the requests instead of Neon's own address for the host. */
  readonly endpoint?: string | undefined
  readonly timeoutMs: number
  /** Instead of `fetch`. */
  readonly send?: (url: string, request: Request) => Promise<Response>
}
type Request = Readonly<{ method: 'POST'; body: string; headers: Record<string, string>; signal: AbortSignal }>

/** Asks nothing until it is awaited, so that it may stand in a batch instead. */
class Pending extends QueryPromise<HttpResult> {
  readonly statement: HttpStatement
  readonly shape: Shape
  readonly execute: () => Promise<HttpResult>

  constructor(statement: HttpStatement, shape: Shape, ask: (pending: Pending) => Promise<HttpResult>) {
    super()
    this.statement = statement
    this.shape = shape
    this.execute = () => ask(this)
  }
}

/** The client that Drizzle's session for Neon asks through. */
export function makeNeonHttp(options: NeonHttpOptions) {
  const ask = async ({ statement, shape }: Pending) => shapeResult(await post<RawResult>(options, statement), shape)
  return {
    query: (query: string, params: readonly unknown[], shape: Shape = {}) =>
      new Pending({ query, params: params.map(toText) }, shape, ask),
    /** Runs all or nothing. */
    async transaction(queries: readonly Pending[]): Promise<HttpResult[]> {
      const batch = { queries: queries.map(({ statement }) => statement) }
      const { results } = await post<{ readonly results: readonly RawResult[] }>(options, batch)
      return results.map((result, n) => shapeResult(result, queries[n]?.shape ?? {}))
    },
  }
}

async function post<T>(options: NeonHttpOptions, body: HttpStatement | { queries: HttpStatement[] }): Promise<T> {
  const { connectionString, endpoint = endpointOf(connectionString), timeoutMs, send = fetch } = options
  const request: Request = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'Neon-Connection-String': connectionString,
      'Neon-Raw-Text-Output': 'true',
      'Neon-Array-Mode': 'true',
    },
    signal: AbortSignal.timeout(timeoutMs),
  }
  const answered = send(endpoint, request).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  const { status, text } = await answered.catch((cause: unknown) => {
    throw new NeonHttpError(`the database was not reached: ${String(cause)}`, { cause })
  })
  if (status === 200) return JSON.parse(text) as T
  if (status !== 400) throw new NeonHttpError(`the database's proxy answered ${status}: ${text}`)
  const { message, code } = JSON.parse(text) as { readonly message: string; readonly code?: string }
  throw new NeonHttpError(message, { sqlState: code ?? null })
}

/** The proxy of a host stands beside it. */
export const endpointOf = (connectionString: string): string =>
  `https://${new URL(connectionString).hostname.replace(/^[^.]+\./, 'api.')}/sql`

/** What is not text or simpler has been made so by its column, or is a mistake. */
function toText(param: unknown): string | null {
  if (param === null || param === undefined) return null
  if (typeof param === 'string') return param
  if (typeof param === 'number' || typeof param === 'boolean') return String(param)
  throw new Error(`a parameter cannot be sent as text: ${typeof param}`)
}

function shapeResult(result: RawResult, { arrayMode = false }: Shape): HttpResult {
  const { fields } = result
  const parsers = fields.map(({ dataTypeID }) => parserByType.get(dataTypeID) ?? keepText)
  const rows = result.rows.map((row) => row.map((text, n) => (text === null ? null : parsers[n]?.(text))))
  if (arrayMode) return { ...result, rows }
  const nameValues = (row: unknown[]) => Object.fromEntries(fields.map(({ name }, n) => [name, row[n]]))
  return { ...result, rows: rows.map(nameValues) }
}

const keepText = (text: string) => text

/**
 * By the number that Postgres gives a type in `pg_type`. All else stays text: moments, which their columns read, and 64-bit
 * integers and decimals, which no number holds.
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
