import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { connectHttp } from './connect-http.ts'
import { findDatabaseFault, isBusyFault, retryDeadlocked, retryRead } from './database-fault.ts'
import { sessions } from './schema/accounts.ts'

const noRows = { status: 200, json: { fields: [], rows: [], rowCount: 0, command: 'SELECT' } }
const shutDown = { status: 400, json: { message: 'terminating connection', code: '57P01' } }
const unavailable = { status: 503, json: { message: 'try later' } }
const wrongStatement = { status: 400, json: { message: 'syntax error', code: '42601' } }
const deadlock = { status: 400, json: { message: 'deadlock detected', code: '40P01' } }
const silence = null

type Answer = { readonly status: number; readonly json: object } | null

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A database that gives these answers, one after the other, and then no rows. */
async function connectTo(answers: readonly Answer[], timeoutMs = 8_000) {
  let asked = 0
  const started = createServer((_, response) => {
    const answer = asked < answers.length ? answers[asked] : noRows
    asked += 1
    if (answer !== null && answer !== undefined) response.writeHead(answer.status).end(JSON.stringify(answer.json))
  })
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const address = started.address()
  const port = typeof address === 'object' ? address?.port : 0
  const endpoint = `http://127.0.0.1:${port}/sql`
  const db = connectHttp({ connectionString: 'postgres://u:p@localhost/db', endpoint, timeoutMs })
  return { db, asked: () => asked }
}

test.each([
  ['the server shuts down', shutDown],
  ['the proxy is unavailable', unavailable],
])('a read is tried once more when %s', async (_, answer) => {
  const { db, asked } = await connectTo([answer])
  expect(await retryRead(async () => await db.select().from(sessions))).toEqual([])
  expect(asked()).toBe(2)
})

test('a read is given up after its second try, and a batch too', async () => {
  const { db, asked } = await connectTo([shutDown, shutDown, unavailable, unavailable])
  await expect(retryRead(async () => await db.select().from(sessions))).rejects.toThrow()
  await expect(retryRead(() => db.batch([db.select().from(sessions)]))).rejects.toThrow()
  expect(asked()).toBe(4)
})

const isBusy = (failed: Promise<unknown>) => failed.then(() => null, isBusyFault)

test('a read that nobody answers in time is a busy database, and is not tried again', async () => {
  const { db, asked } = await connectTo([silence, silence], 150)
  expect(await isBusy(retryRead(async () => await db.select().from(sessions)))).toBe(true)
  expect(asked()).toBe(1)
  expect(await isBusy(db.batch([db.select().from(sessions)]))).toBe(true)
})

test('a busy database is told from a broken one', async () => {
  const { db } = await connectTo([deadlock, unavailable, wrongStatement])
  const read = async () => await db.select().from(sessions)
  expect(await isBusy(read())).toBe(true)
  expect(await isBusy(read())).toBe(false)
  expect(await isBusy(read())).toBe(false)
})

test('a write is tried once more when Postgres ended it as one of two that waited for each other', async () => {
  const { db, asked } = await connectTo([deadlock])
  expect(await retryDeadlocked(async () => await db.delete(sessions).returning())).toEqual([])
  expect(asked()).toBe(2)
})

test('a statement that is wrong is not tried again', async () => {
  const { db, asked } = await connectTo([wrongStatement])
  await expect(retryRead(async () => await db.select().from(sessions))).rejects.toThrow()
  expect(asked()).toBe(1)
})

test('statements and batches fail in one shape, without what they carried', async () => {
  const { db } = await connectTo([wrongStatement, wrongStatement])
  const statement = () => db.delete(sessions).returning({ id: sessions.id })
  for (const run of [async () => await statement(), () => db.batch([statement()])]) {
    const error: unknown = await run().catch((thrown: unknown) => thrown)
    expect(findDatabaseFault(error)).toEqual({ sqlState: '42601', message: 'syntax error' })
  }
  expect(findDatabaseFault(new Error('something else'))).toBeNull()
})
