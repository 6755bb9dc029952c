// Each queue with what waits in it, and its dead letters with why they failed.
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { queueNames, type QueueName } from '../cloud-names.ts'
import { functionDeclarations } from '../lambda/declare-functions.ts'
import { findQueueUrl, readDeadLetters, type DeadLetter } from './dead-letters.ts'
import { findLogLines } from './find-log-lines.ts'
import type { Stage } from './stage.ts'
import { summariseMessage } from './summarise-message.ts'

export type DeadLetterReport = {
  readonly id: string
  readonly sentAt: string
  /** What its last attempt failed with, as its Lambda logged it; null when the log knows nothing of it. */
  readonly reason: string | null
  /** What it is about: ids and kinds, never codes or addresses. */
  readonly summary: string
}

export type QueueReport = {
  readonly name: QueueName
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
  /** Null for an empty queue. */
  readonly oldestSeconds: number | null
  readonly deadLetters: readonly DeadLetterReport[]
}

export const listQueues = (stage: Stage): Promise<QueueReport[]> =>
  Promise.all(queueNames.map((name) => describeQueue(stage, name)))

async function describeQueue(stage: Stage, name: QueueName): Promise<QueueReport> {
  const [counts, letters] = await Promise.all([countMessages(stage, name), readDeadLetters(stage, name)])
  const waiting = counts.visible + counts.inFlight + counts.delayed
  return {
    name,
    ...counts,
    oldestSeconds: waiting === 0 ? null : await measureOldest(stage, name),
    deadLetters: await Promise.all(letters.map((letter) => describeLetter(stage, name, letter))),
  }
}

async function countMessages(stage: Stage, name: QueueName) {
  const QueueUrl = await findQueueUrl(stage, name)
  const { Attributes } = await stage.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  )
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0),
  }
}

/** SQS does not say; CloudWatch does, a few minutes late. */
async function measureOldest(stage: Stage, name: QueueName): Promise<number | null> {
  const nowMs = Date.now()
  const { Datapoints = [] } = await stage.metrics.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: stage.nameOf(name) }],
      StartTime: new Date(nowMs - 15 * 60_000),
      EndTime: new Date(nowMs),
      Period: 60,
      Statistics: ['Maximum'],
    }),
  )
  const newest = Datapoints.toSorted((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0]
  return newest?.Maximum ?? null
}

async function describeLetter(stage: Stage, queue: QueueName, letter: DeadLetter): Promise<DeadLetterReport> {
  return {
    id: letter.id,
    sentAt: new Date(letter.sentMs).toISOString(),
    reason: await findReason(stage, queue, letter),
    summary: summariseMessage(queue, letter.body),
  }
}

/** Every Lambda says `message_failed` with the message's id and the error. */
async function findReason(stage: Stage, queue: QueueName, { id, sentMs }: DeadLetter): Promise<string | null> {
  const consumer = Object.entries(functionDeclarations).find(([, { source }]) => source?.queue === queue)?.[0]
  if (consumer === undefined) return null
  let reason: string | null = null
  for await (const { text } of findLogLines(stage, consumer, { fromMs: sentMs, words: id })) {
    reason = readError(text) ?? reason
  }
  return reason
}

function readError(line: string): string | null {
  try {
    const { error } = JSON.parse(line) as { error?: unknown }
    return typeof error === 'string' ? error.slice(0, 300) : null
  } catch {
    return null
  }
}
