import { expect, test } from 'vitest'
import type { Context } from 'aws-lambda'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { handleEach } from './handle-batch.ts'
import { createLog } from './log.ts'

const context = { awsRequestId: 'request' } as Context

const run = (handle: (body: string) => Promise<void>, bodies: string[], lines: string[] = [], isParallel = false) =>
  handleEach(
    createLog('part', (line) => lines.push(line)),
    (record) => handle(record.body),
    { isParallel },
  )({ Records: bodies.map((body, index) => makeSqsRecord(`m${index}`, body)) }, context)

test('reports exactly the messages that failed, and says why in the log', async () => {
  const lines: string[] = []
  const answer = await run(
    (body) => (body === 'bad' ? Promise.reject(new Error('no luck')) : Promise.resolve()),
    ['good', 'bad', 'good'],
    lines,
  )
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] })
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 'error', part: 'part', event: 'message_failed', messageId: 'm1', error: 'Error: no luck' },
  ])
})

test('reports a batch in which all failed like any other', async () => {
  const answer = await run(() => Promise.reject(new Error('no luck')), ['a', 'b'])
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }] })
})

async function watchOrder(isParallel: boolean): Promise<string[]> {
  const seen: string[] = []
  const handle = async (body: string) => {
    seen.push(`${body} begins`)
    await new Promise(setImmediate)
    seen.push(`${body} ends`)
  }
  await run(handle, ['a', 'b'], [], isParallel)
  return seen
}

test('handles one message after another', async () => {
  expect(await watchOrder(false)).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('handles messages at the same time where that is asked for', async () => {
  expect(await watchOrder(true)).toEqual(['a begins', 'b begins', 'a ends', 'b ends'])
})
