// The commands against the system of this machine, started as `npm start` starts it.
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { quotaTotals } from '@shoebox/db/schema/quota.ts'
import { findRounds } from '@shoebox/db/stores/round-store.ts'
import { findSuppression } from '@shoebox/db/stores/suppression-store.ts'
import { observationSchema } from '@shoebox/shared/operations/observation.schema.ts'
import { queueNames } from '../cloud-names.ts'
import { startStack, type Stack } from '../stack.ts'
import { findQueueUrl, readDeadLetters, replayDeadLetters } from './dead-letters.ts'
import { findLogLines } from './find-log-lines.ts'
import { listQueues } from './list-queues.ts'
import { openLocal, readSetting, type Stage } from './stage.ts'

const parts = ['postgres', 's3', 'sqs', 'ses', 'lambdas', 'control'] as const
let system: Stack<(typeof parts)[number]>
let stage: Stage
let db: PoolDatabase
const patience = { timeout: 15_000, interval: 100 }

beforeAll(async () => {
  // What is invoked here is counted: the clock adds no round where this takes longer than a minute.
  system = await startStack({ parts, clock: false, queues: { visibilityTimeoutSeconds: 1, maxReceiveCount: 1 } })
  stage = openLocal({ sqs: system.sqs.endpoint, control: system.control.endpoint })
  db = connectPool({ connectionString: await readSetting(stage, 'persist', 'DATABASE_URL') })
})

afterAll(async () => {
  await db.$client.end()
  stage.close()
  await system.stop()
})

const send = async (queue: string, body: object): Promise<void> => {
  const QueueUrl = await findQueueUrl(stage, queue)
  await stage.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }))
}

test('a picture, a film and a sound go the whole way, and nothing of them is left or counted', async () => {
  const { Payload, FunctionError } = await stage.lambda.send(new InvokeCommand({ FunctionName: 'canary' }))
  const report: unknown = JSON.parse(new TextDecoder().decode(Payload))
  expect(FunctionError).toBeUndefined()
  const arrived = { isOk: true, trouble: null, stepsMs: { inspected: expect.any(Number), settled: expect.any(Number) } }
  expect(report).toMatchObject({
    isOk: true,
    verdicts: [
      { kind: 'image', ...arrived },
      { kind: 'video', ...arrived },
      { kind: 'audio', ...arrived },
    ],
  })
  expect(await db.select().from(media)).toEqual([])
  expect(await db.select().from(quotaTotals)).toEqual([])
  expect(await findRounds(db)).toMatchObject([{ task: 'canary', isOk: true }])
})

test('a canary that does not arrive says where it stopped, and is an error for the clock', async () => {
  await system.lambdas.pause('persist')
  const invoke = (event: object) =>
    stage.lambda.send(new InvokeCommand({ FunctionName: 'canary', Payload: JSON.stringify(event) }))
  await db.execute(`alter table media add constraint no_more check (state <> 'reserved') not valid`)
  try {
    const [asked, scheduled] = [await invoke({}), await invoke({ source: 'aws.events' })]
    expect(JSON.parse(new TextDecoder().decode(asked.Payload))).toMatchObject({
      isOk: false,
      verdicts: expect.arrayContaining([
        expect.objectContaining({ isOk: false, trouble: expect.stringContaining('no_more') }),
      ]),
    })
    expect(scheduled.FunctionError).toBe('Unhandled')
    expect(await findRounds(db)).toMatchObject([{ task: 'canary', isOk: false }])
  } finally {
    await db.execute('alter table media drop constraint no_more')
    system.lambdas.resume('persist')
  }
})

test('a dead letter is shown with its reason and without its code, goes back once, and is tried again', async () => {
  await send('mail', { version: 1, template: 'verify-sign-up', to: 'nobody', name: 'Ann', code: '042137' })
  const find = async () =>
    (await listQueues(stage)).find(({ name, deadLetters }) => name === 'mail' && deadLetters.length > 0)
  const queue = await vi.waitUntil(find, patience)
  expect(queue.deadLetters).toMatchObject([
    { summary: 'template verify-sign-up', reason: expect.stringContaining('not a mail message: to') },
  ])
  expect(JSON.stringify(queue)).not.toMatch(/042137|nobody/)

  const id = queue.deadLetters[0]?.id
  expect(await replayDeadLetters(stage, 'mail', (letter) => letter.id === 'another')).toEqual([])
  expect(await readDeadLetters(stage, 'mail')).toHaveLength(1)
  expect(await replayDeadLetters(stage, 'mail', (letter) => letter.id === id)).toEqual([id])
  await vi.waitUntil(async () => (await readDeadLetters(stage, 'mail')).find((letter) => letter.id !== id), patience)
})

test('shows how old the oldest message is', async () => {
  await system.lambdas.pause('persist')
  await send('outcomes', { version: 0 })
  const outcomes = (await listQueues(stage)).find(({ name }) => name === 'outcomes')
  expect(outcomes).toMatchObject({ visible: 1, oldestSeconds: expect.any(Number) })
  system.lambdas.resume('persist')
})

test('what observe sees is kept as its round: queues, uploads, and storage that is counted by the hour', async () => {
  await system.lambdas.pause('persist')
  system.sqs.purge('outcomes')
  await send('outcomes', { version: 0 })
  const observe = async () => {
    const { Payload } = await stage.lambda.send(new InvokeCommand({ FunctionName: 'observe' }))
    return observationSchema.parse(JSON.parse(new TextDecoder().decode(Payload)))
  }
  const [first, second] = [await observe(), await observe()]
  system.lambdas.resume('persist')
  expect(first.queues?.map(({ name }) => name)).toEqual([...queueNames])
  const outcomes = first.queues?.find(({ name }) => name === 'outcomes')
  expect(outcomes).toMatchObject({ waiting: 1, inFlight: 0, oldestSeconds: expect.any(Number) })
  expect(first.queues?.find(({ name }) => name === 'mail')).toMatchObject({ waiting: 0, deadLetters: 1 })
  expect(first.uploads).toEqual({ reserved: 0, stuck: 0, givenUp: 0, undeleted: 0 })
  expect(second.storage).toEqual(first.storage)
  const round = (await findRounds(db)).find(({ task }) => task === 'observe')
  expect(round).toMatchObject({ isOk: true, report: second })
})

test('an address that bounces gets no second mail', async () => {
  const to = 'bounce+ann@simulator.amazonses.com'
  const mail = { version: 1, template: 'already-signed-up', to, name: 'Ann' }
  await send('mail', mail)
  await vi.waitUntil(() => findSuppression(db, to), patience)
  await send('mail', mail)
  const findLine = async () => {
    for await (const { text } of findLogLines(stage, 'mail', { fromMs: 0, words: 'mail_suppressed' })) return text
    return null
  }
  expect(await vi.waitUntil(findLine, patience)).toContain('"reason":"bounce"')
  expect(system.ses.mails(to)).toHaveLength(1)
})
