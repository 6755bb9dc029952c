// Held against Neon's own driver: what it asks, we ask, and what it reads from an answer, we read.
import { neon, neonConfig } from '@neondatabase/serverless'
import { afterEach, expect, test } from 'vitest'
import { makeNeonHttp } from './neon-http.ts'

const connectionString =
  'postgresql://some%20body@ep-cool-lake-1.eu-central-1.aws.neon.tech/shoebox?sslmode=require'
const statement = 'select $1::text, $2::int, $3::bool, $4::text'
const params = ['naïve 😀', 42, true, null]

/** One column of each kind that is read by its type, and others beside it. */
const columns: [type: number, text: string | null][] = [
  [16, 't'], // bool
  [16, 'f'],
  [16, null],
  [20, '9007199254740993'], // int8
  [21, '-7'], // int2
  [23, '42'], // int4
  [25, 'text'], // text
  [114, '{"a":[1]}'], // json
  [114, 'null'],
  [700, '0.5'], // float4
  [701, '1e-7'], // float8
  [1009, '{a,"b c","quoted \\"d\\""}'], // text[]
  [1009, '{}'],
  [1700, '1.10'], // numeric
  [2950, '018f0000-0000-7000-8000-000000000000'], // uuid
  [2951, '{018f0000-0000-7000-8000-000000000000}'], // uuid[]
  [3802, '{"b":null}'], // jsonb
]
const answer = {
  command: 'SELECT',
  rowCount: 1,
  fields: columns.map(([dataTypeID], n) => ({ name: `column_${n}`, dataTypeID })),
  rows: [columns.map(([, text]) => text)],
}

type Asked = { readonly url: string; readonly request: RequestInit }

/** Keeps what is asked. */
const answering = (body: object, asked: Asked[]) => async (url: string, request: RequestInit) => {
  asked.push({ url, request })
  return Response.json(body)
}

afterEach(() => {
  neonConfig.fetchFunction = undefined
})

/** The driver names itself in the address of the database. */
const described = (asked: readonly Asked[]) =>
  asked.map(({ url, request }) => {
    const headers = new Headers(request.headers)
    const database = new URL(headers.get('neon-connection-string') ?? '')
    database.searchParams.delete('application_name')
    headers.set('neon-connection-string', database.href)
    return { url, method: request.method, body: request.body, headers: Object.fromEntries(headers) }
  })

test.each([true, false])(
  'a statement asks and reads as with Neon’s own driver, rows as arrays: %s',
  async (arrayMode) => {
    const [ours, theirs]: [Asked[], Asked[]] = [[], []]
    const client = makeNeonHttp({ connectionString, timeoutMs: 1000, send: answering(answer, ours) })
    neonConfig.fetchFunction = answering(answer, theirs)
    const found = await client.query(statement, params, { arrayMode })
    const expected = await neon(connectionString).query(statement, params, { arrayMode, fullResults: true })
    expect(found.rows).toEqual(expected.rows)
    expect(described(ours)).toEqual(described(theirs))
  },
)

test('a batch asks and reads as with Neon’s own driver, in one trip', async () => {
  const [ours, theirs]: [Asked[], Asked[]] = [[], []]
  const results = { results: [answer, answer] }
  const client = makeNeonHttp({ connectionString, timeoutMs: 1000, send: answering(results, ours) })
  neonConfig.fetchFunction = answering(results, theirs)
  const driver = neon(connectionString, { arrayMode: true, fullResults: true })
  const found = await client.transaction([1, 2].map(() => client.query(statement, params, { arrayMode: true })))
  const expected = await driver.transaction([1, 2].map(() => driver.query(statement, params)))
  expect(found.map(({ rows }) => rows)).toEqual(expected.map(({ rows }) => rows))
  expect(described(ours)).toEqual(described(theirs))
  expect(ours).toHaveLength(1)
})

test('a parameter that is neither text nor a number nor a truth value is a mistake, not a guess', () => {
  const client = makeNeonHttp({ connectionString, timeoutMs: 1000, send: answering(answer, []) })
  expect(() => client.query('select $1', [new Date(0)])).toThrow('cannot be sent as text')
})
