import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type Message,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { credentials, region } from '../cloud-names.ts'
import { startSqs, type Sqs, type SqsOptions } from './start-sqs.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-sqs-'))
const queues: SqsOptions['queues'] = [
  { name: 'work', visibilityTimeoutSeconds: 30, deadLetter: { queue: 'work-dead', maxReceiveCount: 2 } },
  { name: 'work-dead', visibilityTimeoutSeconds: 30 },
]
let sqs: Sqs
let client: SQSClient
let QueueUrl: string
let deadUrl: string

beforeAll(async () => {
  sqs = await startSqs({ dataDir, queues })
  client = connect()
  QueueUrl = sqs.urlOf('work')
  deadUrl = sqs.urlOf('work-dead')
})
afterAll(async () => {
  await sqs.stop()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  sqs.purge('work')
  sqs.purge('work-dead')
})

const connect = (more = {}) => new SQSClient({ endpoint: sqs.endpoint, region, credentials, maxAttempts: 1, ...more })
const send = (MessageBody: string, more = {}) => client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }))
async function receive(more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...more,
    }),
  )
  return answer.Messages ?? []
}
const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error: Error) => error.name,
  )

test('finds queues by name and describes them', async () => {
  const { QueueUrl: found } = await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))
  expect(found).toBe(QueueUrl)
  expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'work-' }))).QueueUrls).toEqual([deadUrl])
  await send('x')
  await send('x')
  await receive()
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({
    QueueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    VisibilityTimeout: '30',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: sqs.arnOf('work-dead'), maxReceiveCount: 2 }),
  })
  expect(await nameOf(client.send(new GetQueueUrlCommand({ QueueName: 'nope' })))).toBe('QueueDoesNotExist')
})

test('carries text of every kind and attributes, with the digests the SDK checks', async () => {
  const MessageAttributes = {
    t: { DataType: 'String', StringValue: 'x' },
    n: { DataType: 'Number', StringValue: '5' },
    b: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) },
  }
  const sent = await send('hé ✓ 😀', { MessageAttributes })
  const [message] = await receive()
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'hé ✓ 😀',
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    MessageAttributes: { t: { StringValue: 'x' }, n: { StringValue: '5' } },
    Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
  })
  expect(Buffer.from(message?.MessageAttributes?.['b']?.BinaryValue ?? [])).toEqual(Buffer.from([1, 2, 3]))
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
  expect(sqs.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
})

describe('long polls', () => {
  test('end empty after their time, and at once when something arrives', async () => {
    const startMs = Date.now()
    expect(await receive({ WaitTimeSeconds: 1 })).toEqual([])
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(990)
    const waiting = receive({ WaitTimeSeconds: 20 })
    await send('x')
    expect(await waiting).toHaveLength(1)
  })

  test('that the client gave up take no message', async () => {
    const abort = new AbortController()
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: abort.signal,
    })
    setTimeout(() => abort.abort(), 100)
    await expect(poll).rejects.toThrow()
    await expect.poll(() => receive({ WaitTimeSeconds: 0 })).toEqual([])
    await send('x')
    expect(await receive({ WaitTimeSeconds: 1 })).toHaveLength(1)
  })

  test('notice a message whose visibility ends meanwhile', async () => {
    await send('x')
    await receive({ VisibilityTimeout: 1 })
    const [again] = await receive({ WaitTimeSeconds: 5 })
    expect(again?.Attributes?.['ApproximateReceiveCount']).toBe('2')
  })

  test('of five receivers share 200 messages without losing or repeating one', async () => {
    const seen: string[] = []
    const workers = Array.from({ length: 5 }, async () => {
      while (seen.length < 200) {
        for (const message of await receive({ WaitTimeSeconds: 1, MaxNumberOfMessages: 10 })) {
          seen.push(message.Body ?? '')
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }))
        }
      }
    })
    for (let batch = 0; batch < 20; batch += 1) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: `${batch}-${index}` }))
      await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
    }
    await Promise.all(workers)
    expect(seen).toHaveLength(200)
    expect(new Set(seen).size).toBe(200)
  })
})

test('visibility can be ended and extended while in flight, and not after', async () => {
  await send('x')
  const [first] = await receive()
  const change = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
  await change(first?.ReceiptHandle, 0)
  expect(await nameOf(change(first?.ReceiptHandle, 10))).toBe('MessageNotInflight')
  const [second] = await receive()
  expect(second?.MessageId).toBe(first?.MessageId)
  await change(second?.ReceiptHandle, 60)
  expect(await receive()).toEqual([])
})

test('delays what should come later', async () => {
  await send('x', { DelaySeconds: 1 })
  expect(sqs.counts('work').delayed).toBe(1)
  expect(await receive()).toEqual([])
  expect(await receive({ WaitTimeSeconds: 5 })).toHaveLength(1)
})

test('moves what was delivered too often to the dead letters, and back on demand', async () => {
  const { MessageId } = await send('poison')
  await receive({ VisibilityTimeout: 0 })
  await receive({ VisibilityTimeout: 0 })
  expect(await receive()).toEqual([])
  const [dead] = await receive({ QueueUrl: deadUrl, VisibilityTimeout: 0 })
  expect(dead).toMatchObject({
    MessageId,
    Body: 'poison',
    Attributes: { DeadLetterQueueSourceArn: sqs.arnOf('work') },
  })
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: sqs.arnOf('work-dead') }))
  expect(await receive()).toMatchObject([{ MessageId }])
})

test('refuses what the service refuses', async () => {
  const batch = (ids: string[], MessageBody = 'x') =>
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody })) }))
  expect(await nameOf(batch('abcdefghijk'.split('')))).toBe('TooManyEntriesInBatchRequest')
  expect(await nameOf(batch(['a', 'a']))).toBe('BatchEntryIdsNotDistinct')
  expect(await nameOf(batch('abcde'.split(''), 'x'.repeat(250_000)))).toBe('BatchRequestTooLong')
  expect(await nameOf(send('x'.repeat(1_048_577)))).toBe('InvalidParameterValue')
  expect(await nameOf(send('a\u0001b'))).toBe('InvalidMessageContents')
  expect(await nameOf(receive({ MaxNumberOfMessages: 11 }))).toBe('InvalidParameterValue')
  expect(await nameOf(receive({ WaitTimeSeconds: 21 }))).toBe('InvalidParameterValue')
})

test('a batch fails entry by entry', async () => {
  await send('a')
  const [message] = await receive()
  const Entries = [
    { Id: 'ok', ReceiptHandle: message?.ReceiptHandle },
    { Id: 'bad', ReceiptHandle: 'garbage' },
  ]
  const answer = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['ok'])
  expect(answer.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['bad', 'ReceiptHandleIsInvalid']])
})

test('refuses wrong secrets, unknown keys and unsigned requests', async () => {
  const as = (accessKeyId: string, secretAccessKey: string) =>
    nameOf(connect({ credentials: { accessKeyId, secretAccessKey } }).send(new PurgeQueueCommand({ QueueUrl })))
  expect(await as(credentials.accessKeyId, 'wrong')).toBe('InvalidSignatureException')
  expect(await as('AKIANOTKNOWN', 'wrong')).toBe('UnrecognizedClientException')
  const bare = await fetch(sqs.endpoint, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } })
  expect(bare.status).toBe(403)
})

test('gives back what was taken by who has gone, and nothing that was to wait', async () => {
  await send('taken')
  const [taken] = await receive()
  await send('delayed', { DelaySeconds: 60 })
  sqs.giveBackAll('work')
  expect(sqs.counts('work')).toEqual({ visible: 1, inFlight: 0, delayed: 1 })
  expect((await receive())[0]?.MessageId).toBe(taken?.MessageId)
})

test('keeps queued and hidden messages, and their receipts, over a restart', async () => {
  await send('hidden')
  const [hidden] = await receive()
  await send('queued')
  await sqs.stop()
  sqs = await startSqs({ dataDir, queues, port: sqs.port })
  client = connect()
  expect(sqs.counts('work')).toEqual({ visible: 1, inFlight: 1, delayed: 0 })
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: hidden?.ReceiptHandle }))
  expect(sqs.peek('work')).toEqual(['queued'])
})
