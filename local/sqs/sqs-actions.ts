// What can be asked of the queues, by the name in X-Amz-Target. Each takes the request's JSON and returns the answer's.
import { accountId, region } from '../cloud-names.ts'
import type { createLongPolls } from './long-polls.ts'
import { md5Hex, md5OfAttributes, readAttributes } from './message-attributes.ts'
import type { NewMessage, Queue, QueueStore, ReceivedMessage } from './queue-store.ts'
import { readEntries, readNames, readNumber, readText, toInput, type Input } from './read-input.ts'
import { invalidParameter, queueDoesNotExist, SqsError } from './sqs-error.ts'

export type ActionContext = {
  queues: ReadonlyMap<string, Queue>
  store: QueueStore
  polls: ReturnType<typeof createLongPolls>
  urlOf(queue: Queue): string
  client: AbortSignal
}

type Answer = Record<string, unknown>
type Action = (context: ActionContext, input: Input) => Answer | Promise<Answer>

/** Of one message and of a whole batch. */
const messageBytesMax = 1024 * 1024

// What XML 1.0 allows in text. An emoji is fine; a lone control character is not.
// oxlint-disable-next-line no-control-regex
const forbiddenCharacter = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

export const arnOf = (queueName: string) => `arn:aws:sqs:${region}:${accountId}:${queueName}`

export const sqsActions: Readonly<Record<string, Action>> = {
  GetQueueUrl: (context, input) => ({ QueueUrl: context.urlOf(findByName(context, readText(input, 'QueueName'))) }),

  ListQueues(context, input) {
    const prefix = input['QueueNamePrefix'] === undefined ? '' : readText(input, 'QueueNamePrefix')
    const found = [...context.queues.values()].filter(({ name }) => name.startsWith(prefix))
    return { QueueUrls: found.map(context.urlOf) }
  },

  GetQueueAttributes(context, input) {
    const all = describeQueue(context, findQueue(context, input))
    const names = readNames(input, 'AttributeNames')
    return { Attributes: pick(all, names) }
  },

  SendMessage(context, input) {
    const queue = findQueue(context, input)
    return storeMessages(context, queue, [readMessage(input)])[0] ?? {}
  },

  SendMessageBatch(context, input) {
    const queue = findQueue(context, input)
    const entries = readEntries(input)
    const bytes = entries.reduce((sum, { entry }) => sum + Buffer.byteLength(String(entry['MessageBody'])), 0)
    if (bytes > messageBytesMax) {
      throw new SqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${messageBytesMax} bytes.`)
    }
    const messages = entries.map(({ entry }) => readMessage(entry))
    const stored = storeMessages(context, queue, messages)
    return { Successful: stored.map((answer, index) => ({ Id: entries[index]?.id, ...answer })), Failed: [] }
  },

  async ReceiveMessage(context, input) {
    const queue = findQueue(context, input)
    const messages = await context.polls.receive({
      queue,
      count: readNumber(input, 'MaxNumberOfMessages', 1, [1, 10]),
      visibilitySeconds: readNumber(input, 'VisibilityTimeout', queue.visibilityTimeoutSeconds, [0, 43_200]),
      waitSeconds: readNumber(input, 'WaitTimeSeconds', 0, [0, 20]),
      client: context.client,
    })
    const systemNames = readNames(input, 'AttributeNames', 'MessageSystemAttributeNames')
    const attributeNames = readNames(input, 'MessageAttributeNames')
    return messages.length === 0
      ? {}
      : { Messages: messages.map((message) => describeMessage(message, systemNames, attributeNames)) }
  },

  DeleteMessage(context, input) {
    deleteOne(context, findQueue(context, input), input)
    return {}
  },

  DeleteMessageBatch: (context, input) =>
    forEachEntry(input, (entry) => deleteOne(context, findQueue(context, input), entry)),

  ChangeMessageVisibility(context, input) {
    changeOne(context, findQueue(context, input), input)
    return {}
  },

  ChangeMessageVisibilityBatch: (context, input) =>
    forEachEntry(input, (entry) => changeOne(context, findQueue(context, input), entry)),

  PurgeQueue(context, input) {
    context.store.purge(findQueue(context, input))
    return {}
  },

  /** The service moves dead letters back over a while; here it is done when it is answered. */
  StartMessageMoveTask(context, input) {
    const source = readText(input, 'SourceArn')
    const queue = findByName(context, source.split(':').at(-1) ?? '')
    for (const name of context.store.redrive(queue)) context.polls.wake(name)
    return { TaskHandle: Buffer.from(source).toString('base64') }
  },
}

function findQueue(context: ActionContext, input: Input): Queue {
  return findByName(context, readText(input, 'QueueUrl').split('/').at(-1) ?? '')
}

function findByName(context: ActionContext, name: string): Queue {
  const queue = context.queues.get(name)
  if (queue === undefined) throw queueDoesNotExist()
  return queue
}

function readMessage(input: Input): NewMessage {
  const body = readText(input, 'MessageBody')
  if (forbiddenCharacter.test(body)) {
    throw new SqsError('InvalidMessageContents', 'The message contains characters outside the allowed set.')
  }
  if (Buffer.byteLength(body) > messageBytesMax) {
    throw invalidParameter('MessageBody', `Message must be shorter than ${messageBytesMax} bytes.`)
  }
  return {
    body,
    attributes: readAttributes(input['MessageAttributes']),
    delaySeconds: readNumber(input, 'DelaySeconds', 0, [0, 900]),
  }
}

function storeMessages(context: ActionContext, queue: Queue, messages: readonly NewMessage[]): Answer[] {
  const answers = messages.map((message) => {
    const md5 = md5OfAttributes(message.attributes)
    return {
      MessageId: context.store.send(queue, message),
      MD5OfMessageBody: md5Hex(message.body),
      ...(md5 === null ? {} : { MD5OfMessageAttributes: md5 }),
    }
  })
  context.polls.wake(queue.name)
  return answers
}

function describeMessage(message: ReceivedMessage, systemNames: string[], attributeNames: string[]): Answer {
  const system = describeSystemAttributes(message)
  const attributes = pick(message.attributes, attributeNames)
  const md5 = md5OfAttributes(attributes)
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5Hex(message.body),
    ...(systemNames.length === 0 ? {} : { Attributes: pick(system, systemNames) }),
    ...(md5 === null ? {} : { MessageAttributes: attributes, MD5OfMessageAttributes: md5 }),
  }
}

/** What SQS itself knows of a message. */
export function describeSystemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    SenderId: accountId,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceiveMs),
    ...(message.deadLetterSource === null ? {} : { DeadLetterQueueSourceArn: arnOf(message.deadLetterSource) }),
  }
}

function pick<T>(all: Record<string, T>, names: readonly string[]): Record<string, T> {
  if (names.includes('All') || names.includes('.*')) return all
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

function readReceipt(input: Input): string {
  const receipt = readText(input, 'ReceiptHandle')
  if (!/^[0-9a-f-]{36} [0-9a-f-]{36}$/.test(Buffer.from(receipt, 'base64').toString())) {
    throw new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.')
  }
  return receipt
}

/** A receipt from an earlier delivery deletes nothing and is no error, as in the service. */
function deleteOne(context: ActionContext, queue: Queue, input: Input): void {
  context.store.remove(queue, readReceipt(input))
}

function changeOne(context: ActionContext, queue: Queue, input: Input): void {
  const seconds = readNumber(input, 'VisibilityTimeout', 0, [0, 43_200])
  if (!context.store.changeVisibility(queue, readReceipt(input), seconds)) {
    throw new SqsError('MessageNotInflight', 'The specified message is not in flight.')
  }
  context.polls.wake(queue.name)
}

function forEachEntry(input: Input, act: (entry: Input) => void): Answer {
  const successful: { Id: string }[] = []
  const failed: { Id: string; Code: string; Message: string; SenderFault: true }[] = []
  for (const { id, entry } of readEntries(input)) {
    try {
      act(toInput(entry))
      successful.push({ Id: id })
    } catch (error) {
      if (!(error instanceof SqsError) || error.code === 'QueueDoesNotExist') throw error
      failed.push({ Id: id, Code: error.code, Message: error.message, SenderFault: true })
    }
  }
  return { Successful: successful, Failed: failed }
}

function describeQueue(context: ActionContext, queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = context.store.counts(queue)
  const { deadLetter } = queue
  return {
    QueueArn: arnOf(queue.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MaximumMessageSize: String(messageBytesMax),
    ...(deadLetter === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: arnOf(deadLetter.queue),
            maxReceiveCount: deadLetter.maxReceiveCount,
          }),
        }),
  }
}
