import { expect, test } from 'vitest'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { openEdge } from '../../test/open-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

const query = (statement: string) => db.execute(statement)

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
  expect(JSON.parse(answer.text)).toEqual({
    isReady: true,
    database: 'up',
    schema: 'current',
    parts: { pictures: 'unknown', films: 'unknown', sounds: 'unknown', mail: 'unknown', upkeep: 'unknown' },
    canary: null,
  })
})

// Of four digits each, as no part of a moment is but its year.
const seen = {
  queues: [
    { name: 'uploads', waiting: 4711, inFlight: 0, oldestSeconds: 9017, deadLetters: 1723 },
    { name: 'mail', waiting: 0, inFlight: 0, oldestSeconds: null, deadLetters: 0 },
  ],
  uploads: { reserved: 8181, stuck: 2, givenUp: 0, undeleted: 0 },
  storage: { countedAtMs: Date.UTC(2026, 0), kinds: [{ kind: 'image', items: 9393, bytes: 6262 }] },
}
const verdict = { kind: 'image', isOk: true, stepsMs: { sent: 7788 }, trouble: null }
const verdicts = [verdict, { ...verdict, kind: 'video', isOk: false, trouble: 'o/med_1 is not there' }]

/** What the tasks of the clock say, as if they had just run. */
async function keepRounds(): Promise<void> {
  const round = { startedMs: Date.now() - 2000, endedMs: Date.now() - 1000, isOk: true }
  await keepRound(db, { ...round, task: 'observe', report: seen })
  await keepRound(db, { ...round, task: 'canary', isOk: false, report: verdicts })
  await keepRound(db, { ...round, task: 'reconcile', report: null })
}

test('a stranger learns which parts are up, and no number of anything', async () => {
  await keepRounds()
  const ready = () => new Visitor(edge).send('/api/health/ready', {})
  const parts = { pictures: 'slow', films: 'down', sounds: 'unknown', mail: 'up', upkeep: 'up' }
  await expect
    .poll(async () => JSON.parse((await ready()).text) as unknown, { timeout: 10_000, interval: 500 })
    .toEqual({
      isReady: true,
      database: 'up',
      schema: 'current',
      parts,
      canary: { isOk: false, endedAt: expect.any(String) },
    })
  expect((await ready()).text).not.toMatch(/4711|1723|8181|9393|6262|9017|7788|med_1/)
})

test('an administrator who entered a code learns the same with its numbers', async () => {
  await keepRounds()
  const admin = await signUpVisitor(edge, 'Ada')
  await query(`update users set role = 'administrator' where email = '${admin.email}'`)
  expect((await admin.query('admin.system')).refusal).toMatchObject({ code: 'step_up_needed' })
  await query(`update sessions set stepped_up_until = now() + interval '5 minutes'`)
  const { data } = await admin.query('admin.system')
  expect(data).toMatchObject({
    schema: 'current',
    observedAt: expect.any(String),
    queues: [
      { ...seen.queues[0], isSlow: true },
      { ...seen.queues[1], isSlow: false },
    ],
    uploads: seen.uploads,
    storage: { countedAt: '2026-01-01T00:00:00.000Z', kinds: seen.storage.kinds },
    tasks: [
      { task: 'canary', isOk: false, isLate: false, everyMinutes: 15 },
      { task: 'observe', isOk: true, isLate: false, everyMinutes: 1 },
      { task: 'reconcile', isOk: true },
    ],
    canary: { verdicts },
    reconciler: null,
    troubles: [
      { code: 'round_failed', part: 'canary', count: 1 },
      { code: 'dead_letters', part: 'uploads', count: 1723 },
      { code: 'queue_slow', part: 'uploads', count: 9017 },
      { code: 'uploads_stuck', part: null, count: 2 },
    ],
  })
})

test('a task that says what nobody understands is shown as one that said nothing', async () => {
  await keepRound(db, { task: 'observe', startedMs: 1, endedMs: 2, isOk: true, report: { queues: 'many' } })
  const admin = await signUpVisitor(edge, 'Bea')
  await query(`update users set role = 'administrator' where email = '${admin.email}'`)
  await query(`update sessions set stepped_up_until = now() + interval '5 minutes'`)
  expect((await admin.query('admin.system')).data).toMatchObject({ queues: null, uploads: null, storage: null })
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
