import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { startEdge, type Edge } from '../../test/start-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'

let edge: Edge

beforeAll(async () => {
  edge = await startEdge()
})

afterAll(() => edge.stop())

async function query(statement: string): Promise<void> {
  const db = connectPool({ connectionString: edge.databaseUrl })
  await db.execute(statement)
  await db.$client.end()
}

const requestId = '0190c0de-0000-4000-8000-0123456789ab'
const file = { name: 'a.jpg', type: 'image/jpeg', bytes: 3, sha256: 'A'.repeat(43) + '=' }

test("the browser's name for its request is logged, signed into the upload and told with a fault", async () => {
  const ann = await signUpVisitor(edge, 'Ann')
  const input = { batchId: crypto.randomUUID(), files: [file] }
  const { data } = await ann.mutate('uploads.begin', input, { headers: { 'x-request-id': requestId } })
  expect(data).toMatchObject({ files: [{ ok: true, request: { headers: { 'x-amz-meta-request-id': requestId } } }] })
  const { files } = data as { files: { mediaId: string; request: { url: string } }[] }
  expect(decodeURIComponent(files[0]?.request.url ?? '')).toContain('x-amz-meta-request-id')
  const line = () => edge.logged.find((text) => text.includes('uploads_reserved')) ?? ''
  await expect.poll(line).toContain(requestId)
  expect(line()).toContain(files[0]?.mediaId)
})

test('a name that is none is replaced by one of our own', async () => {
  const ann = await signUpVisitor(edge, 'Bob')
  for (const forged of ['number-1', '{"level":"fault"}', requestId.toUpperCase(), `${requestId}${requestId}`]) {
    const input = { batchId: crypto.randomUUID(), files: [file] }
    const { text } = await ann.mutate('uploads.begin', input, { headers: { 'x-request-id': forged } })
    expect(text).toMatch(/"x-amz-meta-request-id":"[0-9a-f-]{36}"/)
    expect(text).not.toContain(JSON.stringify(forged).slice(1, -1))
  }
})

test('a stranger learns that the site is ready, and nothing of addresses or settings', async () => {
  const answer = await new Visitor(edge).send('/api/health/ready', {})
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toEqual({ isReady: true, database: 'up', schema: 'current', tasks: [] })
})

test('a database that lacks what the code needs is a 503 with its name, not a fault', async () => {
  await query('alter table media rename column like_count to liked')
  const answer = await new Visitor(edge).query('feed.item', { mediaId: 'med_01900000-0000-7000-8000-000000000001' })
  expect(answer.status).toBe(503)
  expect(JSON.parse(answer.text)).toMatchObject({
    error: { message: 'schema_behind', data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, refusal: null } },
  })
  await query('alter table media rename column liked to like_count')
  await query('delete from drizzle.__drizzle_migrations')
  const ready = () => new Visitor(edge).send('/api/health/ready', {})
  await expect.poll(async () => (await ready()).status, { timeout: 10_000, interval: 500 }).toBe(503)
  expect(JSON.parse((await ready()).text)).toMatchObject({ isReady: false, database: 'up', schema: 'behind' })
})
