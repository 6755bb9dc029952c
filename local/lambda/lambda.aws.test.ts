import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startOrphanGuard } from '../processes/orphan-guard.ts'
import { startSqs, type Sqs } from '../sqs/start-sqs.ts'
import { startEventSource, type EventSource, type EventSourceOptions } from './event-source.ts'
import { createLambdaFunction, type LambdaFunction } from './lambda-function.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-lambda-'))
const guard = startOrphanGuard()
const lines: string[] = []
let sqs: Sqs
let fn: LambdaFunction
let source: EventSource | undefined

beforeAll(async () => {
  sqs = await startSqs({
    dataDir,
    queues: [
      { name: 'work', visibilityTimeoutSeconds: 0.5, deadLetter: { queue: 'work-dead', maxReceiveCount: 2 } },
      { name: 'patient', visibilityTimeoutSeconds: 600 },
      { name: 'work-dead', visibilityTimeoutSeconds: 30 },
    ],
  })
})
afterAll(async () => {
  await sqs.stop()
  guard.release()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  fn = createFunction()
})
afterEach(async () => {
  await source?.stop(0)
  source = undefined
  await fn.stop()
  for (const queue of ['work', 'work-dead', 'patient']) sqs.purge(queue)
  lines.splice(0)
})

const createFunction = (more: Partial<Parameters<typeof createLambdaFunction>[0]> = {}) =>
  createLambdaFunction({
    name: 'echo',
    handlerFile: fileURLToPath(new URL('./handler.fixture.ts', import.meta.url)),
    env: {},
    timeoutMs: 10_000,
    memoryMb: 512,
    concurrency: 1,
    guard,
    log: (line) => lines.push(line),
    ...more,
  })

const listen = (more: Partial<EventSourceOptions> = {}) => {
  source = startEventSource({
    sqs,
    queueName: 'work',
    batchSize: 10,
    windowSeconds: 0,
    concurrency: 1,
    lostSeconds: 15,
    invoke: fn.invoke,
    log: (line) => lines.push(line),
    ...more,
  })
}
const left = () => {
  const { visible, inFlight } = sqs.counts('work')
  return visible + inFlight
}
const soon = { timeout: 10_000, interval: 20 }

describe('a function', () => {
  test('gets its event as JSON and AWS’s context, and none of our own environment', async () => {
    const answer = await fn.invoke({ a: 1, gone: undefined, at: new Date(0) })
    expect(answer).toMatchObject({
      event: { a: 1, at: '1970-01-01T00:00:00.000Z' },
      functionName: 'echo',
      region: 'us-east-1',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(answer).not.toHaveProperty('secretOfOurs')
  })

  test('keeps its process warm between events', async () => {
    const first = await fn.invoke({})
    expect(await fn.invoke({})).toMatchObject({ invocations: 2, pid: Object(first).pid })
  })

  test.each([
    ['throws', 'throw', 'TypeError'],
    ['ends its process', 'exit', 'Runtime.ExitError'],
  ])('that %s fails the invocation and serves the next', async (_what, op, errorType) => {
    await expect(fn.invoke({ op })).rejects.toMatchObject({ errorType })
    expect(await fn.invoke({})).toMatchObject({ functionName: 'echo' })
  })

  test('that throws has all that hangs on it printed', async () => {
    await expect(fn.invoke({ op: 'throw' })).rejects.toThrow('all broken')
    await expect
      .poll(() => lines.join('\n'), soon)
      .toMatch(/^Invoke Error TypeError: all broken\n +at [^]*why: 'fixture'/m)
  })

  test('that takes too long is ended', async () => {
    const impatient = createFunction({ timeoutMs: 1500 })
    await expect(impatient.invoke({ op: 'hang' })).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' })
    expect(impatient.pids()).toEqual([])
    await impatient.stop()
  })

  test('that cannot be loaded says why', async () => {
    const broken = createFunction({ handlerFile: '/nowhere/missing.lambda.ts' })
    await expect(broken.invoke({})).rejects.toMatchObject({ message: expect.stringContaining('/nowhere/missing') })
    await broken.stop()
  })

  test('that asks for a callback does not start', async () => {
    const handlerFile = join(dataDir, 'callback.ts')
    writeFileSync(handlerFile, 'export const handler = async (event, context, callback) => event')
    const asking = createFunction({ handlerFile })
    await expect(asking.invoke({})).rejects.toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' })
    await asking.stop()
  })

  test('runs as many events at once as it may, each in a process of its own', async () => {
    const wide = createFunction({ concurrency: 2 })
    const answers = await Promise.all([wide.invoke({}), wide.invoke({}), wide.invoke({})])
    expect(new Set(answers.map((answer) => Object(answer).pid)).size).toBe(2)
    await wide.stop()
  })

  test('that is retired uses a new process for the next event', async () => {
    const first = await fn.invoke({})
    fn.retire()
    expect(Object(await fn.invoke({})).pid).not.toBe(Object(first).pid)
  })
})

describe('an event source', () => {
  test('hands over exactly AWS’s event and deletes what succeeded', async () => {
    sqs.send('work', 'hé 😀')
    listen()
    await expect.poll(left, soon).toBe(0)
    const line = lines.find((text) => text.startsWith('batch ')) ?? ''
    expect(JSON.parse(line.slice('batch '.length))).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: 'hé 😀',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: '000000000000',
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          },
          messageAttributes: {},
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
          awsRegion: 'us-east-1',
        },
      ],
    })
  })

  test('brings back only the messages that failed, and dead-letters them in the end', async () => {
    for (const body of ['a', 'poison', 'b']) sqs.send('work', body)
    listen()
    await expect.poll(() => sqs.peek('work'), soon).toEqual(['poison'])
    await expect.poll(() => sqs.peek('work-dead'), soon).toEqual(['poison'])
    expect(left()).toBe(0)
  })

  test.each(['throw', 'unknown id', 'exit'])('brings back the whole batch after "%s"', async (body) => {
    sqs.send('work', body)
    sqs.send('work', 'innocent')
    const taken: string[] = []
    const take = (event: unknown) => {
      for (const record of Object(event).Records) taken.push(Object(record).body)
      return fn.invoke(event)
    }
    listen({ invoke: take })
    // Together, or a moment apart: then the innocent one is done by itself.
    await expect.poll(() => taken.filter((one) => one === 'innocent'), soon).toHaveLength(2)
    await expect.poll(() => sqs.peek('work-dead'), soon).toContain(body)
  })

  test('fills batches up to their size without waiting', async () => {
    for (let index = 0; index < 25; index += 1) sqs.send('work', String(index))
    const sizes: number[] = []
    listen({ invoke: async (event) => void sizes.push(Object(event).Records.length) })
    await expect.poll(left, soon).toBe(0)
    expect(sizes).toEqual([10, 10, 5])
  })

  test('gathers for the length of its window', async () => {
    const sizes: number[] = []
    const invoke = async (event: unknown) => void sizes.push(Object(event).Records.length)
    listen({ queueName: 'patient', windowSeconds: 2, invoke })
    sqs.send('patient', '1')
    setTimeout(() => sqs.send('patient', '2'), 50)
    await expect.poll(() => sizes, soon).toEqual([2])
  })

  test('loses nothing when the function’s process is killed in the middle', async () => {
    sqs.send('work', 'hang')
    listen()
    await expect.poll(() => lines.some((line) => line.includes('"body":"hang"')), soon).toBe(true)
    for (const pid of fn.pids()) process.kill(pid, 'SIGKILL')
    await expect.poll(() => lines.filter((line) => line.startsWith('batch ')).length, soon).toBe(2)
    expect(lines.at(-1)).toContain('"ApproximateReceiveCount":"2"')
  })

  test('waits not long for what a killed process took along, however long its queue would', async () => {
    sqs.send('patient', 'hang')
    listen({ queueName: 'patient', lostSeconds: 0.1 })
    await expect.poll(() => lines.some((line) => line.includes('"body":"hang"')), soon).toBe(true)
    for (const pid of fn.pids()) process.kill(pid, 'SIGKILL')
    await expect.poll(() => lines.filter((line) => line.startsWith('batch ')).length, soon).toBe(2)
  })

  test('that is stopped gives back at once what is still in work', async () => {
    sqs.send('work', 'hang')
    listen()
    await expect.poll(() => lines.some((line) => line.includes('"body":"hang"')), soon).toBe(true)
    await source?.stop(50)
    expect(sqs.counts('work')).toMatchObject({ visible: 1, inFlight: 0 })
  })

  test('that is paused leaves the queue alone until it is resumed', async () => {
    listen()
    await source?.pause()
    sqs.send('work', 'later')
    expect(sqs.counts('work').visible).toBe(1)
    source?.resume()
    await expect.poll(left, soon).toBe(0)
  })
})
