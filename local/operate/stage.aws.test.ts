// Every command as somebody types it for a deployed stage: its own process, `--stage alice`, names as a deployment gives
// them, and nothing to know of the stage but what AWS's interfaces answer. Only the endpoints are of this machine.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { users } from '@shoebox/db/schema/accounts.ts'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import { credentials, queueNames } from '../cloud-names.ts'
import { openLogStore, type LogStore } from '../control/log-store.ts'
import { startControl, type Control } from '../control/start-control.ts'
import { startSqs, type Sqs } from '../sqs/start-sqs.ts'
import { startStack, type Stack } from '../stack.ts'

const parts = ['postgres', 's3', 'sqs', 'ses', 'lambdas'] as const
const physical = (name: string) => `shoebox-alice-${name}`
const bare = (name: string) => (name.startsWith(physical('')) ? name.slice(physical('').length) : '')

let folder: string
let system: Stack<(typeof parts)[number]>
let sqs: Sqs
let logs: LogStore
let control: Control
let site: Server
let isSiteUp = true

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shoebox-stage-'))
  logs = openLogStore(join(folder, 'logs'))
  // Its rounds are counted, so the clock adds none where the file takes longer than a minute.
  system = await startStack({ parts, clock: false, log: (part, line) => logs.add(physical(part), line) })
  sqs = await startSqs({
    dataDir: join(folder, 'sqs'),
    queues: queueNames.flatMap((name) => [
      { name: physical(name), visibilityTimeoutSeconds: 1 },
      { name: physical(`${name}-dead`), visibilityTimeoutSeconds: 1 },
    ]),
  })
  control = await startControl({
    functions: {
      environmentOf: (name) => system.lambdas.environmentOf(bare(name)),
      invoke: (name, event) => system.lambdas.invoke(bare(name) as 'canary', event),
    },
    queues: sqs,
    logs,
  })
  site = createServer((_, response) => response.writeHead(isSiteUp ? 200 : 503).end('{}'))
  site.listen(Number(new URL(system.siteOrigin).port))
  await once(site, 'listening')
})

afterAll(async () => {
  site.close()
  await control.stop()
  await sqs.stop()
  await system.stop()
  logs.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(command: string, words: readonly string[] = [], input = ''): Promise<{ code: number; out: string }> {
  const file = fileURLToPath(new URL(`./${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, '--stage', 'alice', ...words], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: control.endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: control.endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH: control.endpoint,
    },
  })
  child.stdin.end(input)
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await once(child, 'exit')) as [number]
  return { code, out: (await said).join('') }
}

test('check:pipeline asks the canary of the stage, and says what became of each kind', async () => {
  const { code, out } = await run('check-pipeline')
  expect(out).toContain('The pipeline works.')
  expect(out.match(/arrived whole/g)).toHaveLength(3)
  expect(code).toBe(0)
})

test('status says that all is well, and ends with 1 and a sentence when something is not', async () => {
  const well = await run('status')
  expect(well.out).toContain('All is well.')
  expect(well.out).toContain('database  schema current')
  expect(well.code).toBe(0)

  isSiteUp = false
  sqs.send(physical('outcomes-dead'), JSON.stringify({ version: 1, outcome: 'ready', mediaId: 'med_1' }))
  const ill = await run('status', ['--json'])
  const { troubles } = JSON.parse(ill.out) as { troubles: string[] }
  expect(troubles).toEqual([`${system.siteOrigin} is not well.`, '"outcomes" has dead letters (1): `npm run queues`.'])
  expect(ill.code).toBe(1)
  isSiteUp = true
})

test('reconcile holds the rows of the stage against its objects, and status tells of it with the canary', async () => {
  const { code, out } = await run('reconcile')
  expect(out).toContain('They agree.')
  expect(code).toBe(0)
  const { out: told } = await run('status')
  expect(told).toMatch(/canary +15 min .* well, image arrived, video arrived, audio arrived/)
  expect(told).toMatch(/reconcile +15 min .* well, 0 rows against 0 objects: they agree/)
})

test('queues shows the dead letter without secrets, and replay puts it back where it came from', async () => {
  const before = await run('queues')
  expect(before.out).toMatch(/outcomes\s+0\s+0\s+–\s+1/)
  expect(before.out).toContain('mediaId med_1 outcome ready')
  expect((await run('replay', ['outcomes', '--all'])).out).toContain('1 sent back to "outcomes"')
  expect(sqs.counts(physical('outcomes-dead'))).toMatchObject({ visible: 0, inFlight: 0 })
  expect(sqs.counts(physical('outcomes'))).toMatchObject({ visible: 1 })
  expect((await run('queues')).out).toMatch(/outcomes\s+1\s+0\s+\d+ s\s+0/)
})

test('logs finds lines by part and by what they hold', async () => {
  const { out } = await run('logs', ['canary', '--find', 'canary_passed', '--since', '1h'])
  expect(out.trim().split('\n')).toHaveLength(1)
  expect(out).toContain('canary_passed')
  expect((await run('logs', ['worker'])).out).toContain('wrangler tail')
})

test('a back-up of the stage is restored beside its database, which stays as it is', async () => {
  expect((await run('back-up-database', ['alice.backup.gz'])).out).toMatch(/\d+ rows of \d+ tables/)
  const { code, out } = await run('restore-database', ['alice.backup.gz', '--json'])
  expect(JSON.parse(out)).toMatchObject({ before: null, tables: { rounds: { rows: 2 } } })
  expect(code).toBe(0)
})

test('the database shell reads, and writes only when that is asked for', async () => {
  const write = "delete from rounds where task = 'nothing';"
  expect((await run('shell-database', [], 'select task from rounds;')).out).toContain('canary')
  expect((await run('shell-database', [], write)).out).toContain('read-only transaction')
  expect((await run('shell-database', ['--write'], write)).out).not.toContain('read-only')
})

test('admin:grant makes an account an administrator by its address, and says so when there is none', async () => {
  const db = connectPool({ connectionString: system.postgres.url })
  try {
    const id = idFromUuid('user', crypto.randomUUID())
    const now = new Date()
    await db
      .insert(users)
      .values({ id, email: 'ada@example.org', name: 'Ada', emailVerifiedAt: now, createdAt: now, passwordHash: '-' })
    expect(await run('grant-administrator', ['Ada@example.org'])).toMatchObject({ code: 0 })
    const people = await db.select({ id: users.id, role: users.role }).from(users)
    expect(people.find((person) => person.id === id)?.role).toBe('administrator')
  } finally {
    await db.$client.end()
  }
  const nobody = await run('grant-administrator', ['nobody@example.org'])
  expect(nobody).toMatchObject({ code: 1, out: expect.stringContaining('Sign up with it first.') })
})

test('uploads:reopen takes up again what was given up lately', async () => {
  const db = connectPool({ connectionString: system.postgres.url })
  try {
    const given = await db.execute(`
      with owner as (
        insert into users (id, email, name, email_verified_at, created_at, password_hash)
        values (gen_random_uuid(), 'bob@example.org', 'Bob', now(), now(), '-') returning id
      )
      insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, incoming_key,
        created_at, state, refusal_reason, settled_at)
      select gen_random_uuid(), id, gen_random_uuid(), n, 'a.jpg', 'image/jpeg', 1, n::text, now(), 'refused',
        'processing_failed', now() - interval '1 hour' * n
      from owner, generate_series(1, 3) as n`)
    expect(given.rowCount).toBe(3)
    expect(await run('reopen-uploads')).toMatchObject({ code: 1, out: expect.stringContaining('--since <age>') })
    expect(await run('reopen-uploads', ['--since', '150m'])).toEqual({ code: 0, out: '2 opened again.\n' })
  } finally {
    await db.$client.end()
  }
})

test('a stage is not emptied, and one that does not exist says so', async () => {
  expect(await run('reset-database')).toMatchObject({ code: 1, out: expect.stringContaining('not emptied') })
  const { code, out } = await run('replay', ['nothing', '--all'])
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('There is no queue "nothing"') })
})

test('audit:verify says that the log is whole, and where it is not any more', async () => {
  const db = connectPool({ connectionString: system.postgres.url })
  try {
    // Whom admin:grant made an administrator, before, is in it.
    const whole = await run('verify-audit')
    expect(whole).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Held against each other: entries 1, chains 1, .*\nThe log is whole\.\n$/),
    })
    await db.transaction(async (own) => {
      await own.execute('set local session_replication_role = replica')
      await own.execute(`update audit_entries set action = 'plan.set'`)
    })
    const broken = await run('verify-audit')
    expect(broken.out).toMatch(/site\s+1\s+changed, put in between or moved/)
    expect(broken.code).toBe(1)
    const { findings } = JSON.parse((await run('verify-audit', ['--json'])).out) as { findings: unknown[] }
    expect(findings).toHaveLength(1)
    // Only what a back-up cut off is accepted.
    expect((await run('verify-audit', ['--accept-restored'])).code).toBe(1)
  } finally {
    await db.$client.end()
  }
})
