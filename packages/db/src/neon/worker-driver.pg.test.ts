// Neon's own driver and the one in the Worker's bundle, asked the same of the same database.
import * as neons from '@neondatabase/serverless'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import * as ours from './worker-driver.ts'

let database: ClonedDatabase
beforeAll(async () => {
  database = await cloneDatabase()
  neons.neonConfig.fetchEndpoint = database.httpEndpoint
  ours.neonConfig.fetchEndpoint = database.httpEndpoint
  // As drizzle tells both.
  for (const oid of [1184, 1114, 1082, 1186, 1231, 1115, 1185, 1187, 1182]) {
    neons.types.setTypeParser(oid, (text) => text)
    ours.types.setTypeParser(oid, (text) => text)
  }
})
afterAll(() => database.drop())

async function askBoth(query: string, params: unknown[] = [], arrayMode = false) {
  const theirs = neons.neon(database.url).query(query, params, { arrayMode, fullResults: true })
  const own = ours.neon(database.url).query(query, params, { arrayMode })
  const [a, b] = await Promise.allSettled([theirs, own])
  if (a.status === 'rejected' || b.status === 'rejected') return [Reflect.get(a, 'reason'), Reflect.get(b, 'reason')]
  const { rows, fields, rowCount, command } = a.value
  const known = { rows, fields, rowCount, command }
  return [known, { rows: b.value.rows, fields: b.value.fields, rowCount: b.value.rowCount, command: b.value.command }]
}

const everyType = `select true as b, false as f, 1::int2 as i2, -7::int4 as i4, 9007199254740993::int8 as i8, 1.5::float4 as f4,
  'Infinity'::float8 as f8, 12.340::numeric as n, 'naïve 😀' as t, '{"a":[1,null]}'::jsonb as j, '[1]'::json as js,
  '2026-06-15T12:00:00Z'::timestamptz as at, '2026-06-15'::date as d, interval '1 day' as span, null as nothing,
  '00000000-0000-7000-8000-000000000001'::uuid as id, array['a','b "c" \\d',null] as texts, array[1,2,null] as numbers,
  array[1::int8] as longs, array[1.5::float8] as floats, array[true,false] as flags, '{}'::text[] as none,
  array['00000000-0000-7000-8000-000000000001'::uuid] as ids, array['{"a":1}'::jsonb] as documents,
  array[['a','b'],['c','d']] as grid, array['2026-06-15']::timestamptz[] as moments, 'x'::name as name, 5::oid as oid`

test('reads every type the same, as objects and as arrays', async () => {
  for (const arrayMode of [false, true]) {
    const [theirs, own] = await askBoth(everyType, [], arrayMode)
    expect(own).toEqual(theirs)
  }
})

test('writes every parameter the same', async () => {
  const given = [
    'naïve 😀 \\ "quoted"',
    42,
    1.5,
    true,
    null,
    undefined,
    new Date(1_750_000_000_123),
    { a: [1, null] },
    ['a', 'b "c" \\d', null, '', '{}', 'NULL'],
    [
      [1, 2],
      [3, 4],
    ],
    [],
    9_007_199_254_740_993n,
  ]
  const [theirs, own] = await askBoth(
    `select $1::text, $2::int, $3::float8, $4::bool, $5::text, $6::text, $7::timestamptz, $8::jsonb, $9::text[],
     $10::int[], $11::text[], $12::int8`,
    given,
    true,
  )
  expect(own).toEqual(theirs)
  const [bytes] = (
    await ours.neon(database.url).query(`select encode($1::bytea, 'hex') as hex`, [Uint8Array.of(0, 255)])
  ).rows
  expect(bytes).toEqual({ hex: '00ff' })
})

test('fails the same: with the SQLSTATE and the constraint, or without when nobody answers', async () => {
  const [theirs, own] = await askBoth('select * from nowhere')
  expect(own).toBeInstanceOf(ours.NeonDbError)
  expect([own.message, own.code]).toEqual([theirs.message, theirs.code])
  const [taken, takenOurs] = await askBoth(`insert into rounds values ('a', 'epoch', 'epoch', true, null)`)
  expect(takenOurs).toMatchObject({ message: taken.message, code: '23502', detail: taken.detail })
  const nowhere = { fetchOptions: { signal: AbortSignal.abort() } }
  const failed = await ours
    .neon(database.url, nowhere)
    .query('select 1')
    .then(null, (error: unknown) => error)
  expect(failed).toBeInstanceOf(ours.NeonDbError)
  expect(failed).toMatchObject({ code: undefined, message: expect.stringContaining('Error connecting to database') })
})

test('runs statements together as one transaction: all of them or none', async () => {
  const db = ours.neon(database.url)
  const insert = (task: string) =>
    db.query(`insert into rounds values ($1, 'epoch', 'epoch', true, '{}') returning task`, [task], { arrayMode: true })
  const [first, second] = await db.transaction([insert('one'), db.query('select count(*)::int as n from rounds')])
  expect([first?.rows, second?.rows]).toEqual([[['one']], [{ n: 1 }]])
  await expect(db.transaction([insert('two'), insert('one')])).rejects.toMatchObject({ code: '23505' })
  expect((await db.query('select task from rounds')).rows).toEqual([{ task: 'one' }])
})
