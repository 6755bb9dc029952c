import { afterAll, beforeAll, expect, test } from 'vitest'
import { fingerprintWindows } from '@shoebox/shared/media/fingerprint.ts'
import { planProbes } from '@shoebox/testing/compare-fingerprints.ts'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { connectPool, type PoolDatabase } from '../connect-pool.ts'
import { toBitArray } from './bit-array.ts'
import { probesOf } from './known-bad.ts'

let cloned: ClonedDatabase
let db: PoolDatabase

beforeAll(async () => {
  cloned = await cloneDatabase()
  db = connectPool({ connectionString: cloned.url })
})

afterAll(async () => {
  await db.$client.end()
  await cloned.drop()
})

const hash = '0123456789abcdef'.repeat(4)

test('a hash is asked for by its keys and their neighbours, and so is each mirror of it', async () => {
  const { rows } = await db.$client.query<{ probes: number[] }>(
    `select ${probesOf('hash')} as probes from (values (('x' || $1::text)::bit varying)) as one (hash)`,
    [hash],
  )
  const probes = rows[0]?.probes ?? []
  expect(probes).toHaveLength(4 * 4 * 19)
  const own = Number.parseInt('000000010010001101', 2)
  const last = 3 * 0x40000 + Number.parseInt('011110111100000001', 2)
  expect(probes).toEqual(expect.arrayContaining([own, own ^ 1, own ^ 0x20000, last]))
  // The same in TypeScript, by which matches are measured.
  expect(probes.toSorted((one, other) => one - other)).toEqual(planProbes(hash).toSorted((one, other) => one - other))
})

test('bits arrive as they were written, however many strings of them', async () => {
  const long = Array.from({ length: fingerprintWindows.length }, (_, window) => window.toString(16).repeat(64)).join('')
  for (const strings of [[], [hash], [long, hash, '00ff']]) {
    const { rows } = await db.$client.query<{ bits: string }>(`select unnest($1::bit varying[])::text as bits`, [
      toBitArray(strings),
    ])
    expect(rows.map(({ bits }) => bits)).toEqual(strings.map(toBits))
  }
})

const toBits = (hexadecimal: string): string =>
  Array.from(hexadecimal, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
