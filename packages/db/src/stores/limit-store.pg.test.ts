import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { connectHttp, type EdgeDatabase } from '../connect-http.ts'
import { countCharges } from './limit-store.ts'

const windowStart = new Date('2026-06-15T12:00:00.000Z')
let database: ClonedDatabase
let edge: EdgeDatabase

beforeAll(async () => {
  database = await cloneDatabase()
  edge = connectHttp({ connectionString: database.url, endpoint: database.httpEndpoint })
})

afterAll(() => database.drop())

const charge = (key: string, windowSeconds = 60) => ({ key, windowSeconds, windowStart, timesMax: 3 })

test('fifty calls at once are counted as fifty, in every window', async () => {
  const charges = [charge('a', 60), charge('a', 3600), charge('b', 60)]
  const counted = await Promise.all(Array.from({ length: 50 }, () => countCharges(edge, charges)))
  for (const { key, windowSeconds } of charges) {
    const counts = counted.map((c) => c.find((x) => x.key === key && x.windowSeconds === windowSeconds)?.count)
    expect(Math.max(...counts.map(Number))).toBe(50)
    expect(new Set(counts).size).toBe(50)
  }
})

test('another window counts anew', async () => {
  await countCharges(edge, [charge('c')])
  const later = { ...charge('c'), windowStart: new Date(windowStart.getTime() + 60_000) }
  expect(await countCharges(edge, [later])).toMatchObject([{ count: 1, windowStart: later.windowStart }])
})
