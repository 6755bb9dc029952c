import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Context, SQSEvent } from 'aws-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentials, region } from '@shoebox/local/cloud-names.ts'
import { describeSqsEvent } from '@shoebox/local/lambda/sqs-event.ts'
import { startSqs, type Sqs } from '@shoebox/local/sqs/start-sqs.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createHideFor } from './adapters/sqs-visibility.ts'
import { backOff, retryAfterSeconds, type HideFor } from './back-off.ts'
import { handleEach } from './handle-batch.ts'
import { createLog } from './log.ts'

const context = { awsRequestId: 'request' } as Context
const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-back-off-'))
let sqs: Sqs
let client: SQSClient

beforeAll(async () => {
  // A queue so patient that no test would see its message again.
  sqs = await startSqs({ dataDir, queues: [{ name: 'work', visibilityTimeoutSeconds: 600 }] })
  client = new SQSClient({ endpoint: sqs.endpoint, region, credentials })
})
afterAll(async () => {
  client.destroy()
  await sqs.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function handlerThatFails(bodies: readonly string[], hideFor: HideFor, lines: string[] = []) {
  const log = createLog('part', (line) => lines.push(line))
  const handle = async ({ body }: { body: string }) => {
    if (bodies.includes(body)) throw new Error('no luck')
  }
  return backOff(log, handleEach(log, handle), hideFor)
}

const receive = async (waitSeconds: number) => {
  const messages = await sqs.receive('work', { count: 10, waitSeconds, signal: new AbortController().signal })
  return { messages, event: describeSqsEvent(messages, sqs.arnOf('work')) as SQSEvent }
}

test('what failed comes again long before its queue would hand it out, what was done does not', async () => {
  for (const body of ['good', 'bad']) sqs.send('work', body)
  const { event } = await receive(0)
  const real = createHideFor(client)
  const answer = await handlerThatFails(['bad'], (record, seconds) => real(record, seconds / 15))(event, context)
  expect(answer.batchItemFailures).toHaveLength(1)
  expect((await receive(5)).messages.map(({ body }) => body)).toEqual(['bad'])
})

test('waits longer each time, and hides only what failed', async () => {
  const hidden: [string, number][] = []
  const hideFor: HideFor = async ({ messageId }, seconds) => void hidden.push([messageId, seconds])
  for (const receives of [1, 2, 3, 4])
    await handlerThatFails(['bad'], hideFor)(
      { Records: [makeSqsRecord('m1', 'good', receives), makeSqsRecord('m2', 'bad', receives)] },
      context,
    )
  expect(hidden).toEqual([15, 60, 240, 960].map((seconds) => ['m2', seconds]))
  expect(retryAfterSeconds(Number.NaN)).toBe(15)
})

test('a message that cannot be hidden fails all the same', async () => {
  const lines: string[] = []
  const handler = handlerThatFails(['bad'], () => Promise.reject(new Error('SQS is away')), lines)
  const answer = await handler({ Records: [makeSqsRecord('m1', 'bad')] }, context)
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] })
  expect(lines.join('')).toContain('back_off_failed')
})

test('every Lambda that takes messages one by one lets what failed come again so', () => {
  const folder = new URL('.', import.meta.url)
  const entries = readdirSync(folder).filter((name) => name.endsWith('.lambda.ts'))
  const texts = entries.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)
  const behindQueues = texts.filter(([, text]) => /consumeQueue\(|backOff\(|handleEach\(|QueueHandler/.test(text))
  expect(behindQueues.filter(([, text]) => !/(consumeQueue|backOff)\(/.test(text))).toEqual([])
  expect(behindQueues.map(([name]) => name.replace('.lambda.ts', ''))).toEqual(
    expect.arrayContaining(['bounces', 'inspect', 'mail', 'notifier', 'persist', 'video']),
  )
})
