// How much waits in each queue and for how long. Takes no message: nothing here may read one.
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueueFacts } from '@shoebox/shared/operations/observation.schema.ts'
import { clientSettings } from './client-settings.ts'

/** By the queue's name among ours. */
export type ObservedQueues = Readonly<Record<string, { readonly url: string; readonly deadUrl: string }>>

export type QueueMeterClients = { readonly sqs: SQSClient; readonly cloudwatch: CloudWatchClient }

/** Metrics of a queue are a few minutes late, and come by the minute. */
const metricSpanMs = 15 * 60_000

export function createQueueMeter(
  queues: ObservedQueues,
  { sqs, cloudwatch }: QueueMeterClients = {
    sqs: new SQSClient(clientSettings()),
    cloudwatch: new CloudWatchClient(clientSettings()),
  },
) {
  const count = async (url: string) => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    )
    const read = (name: keyof NonNullable<typeof Attributes>): number => Number(Attributes?.[name] ?? 0)
    return {
      waiting: read('ApproximateNumberOfMessages') + read('ApproximateNumberOfMessagesDelayed'),
      inFlight: read('ApproximateNumberOfMessagesNotVisible'),
    }
  }

  /** SQS does not say; CloudWatch does, at a cent for a thousand questions: an empty queue is not asked for. */
  const measureOldest = async (url: string, nowMs: number): Promise<number | null> => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: url.split('/').at(-1) ?? '' }],
        StartTime: new Date(nowMs - metricSpanMs),
        EndTime: new Date(nowMs),
        Period: 60,
        Statistics: ['Maximum'],
      }),
    )
    const newest = Datapoints.toSorted((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0]
    return newest?.Maximum ?? null
  }

  return (nowMs: number): Promise<QueueFacts[]> =>
    Promise.all(
      Object.entries(queues).map(async ([name, { url, deadUrl }]) => {
        const [live, dead] = await Promise.all([count(url), count(deadUrl)])
        const isEmpty = live.waiting + live.inFlight === 0
        const oldestSeconds = isEmpty ? null : await measureOldest(url, nowMs)
        return { name, ...live, oldestSeconds, deadLetters: dead.waiting + dead.inFlight }
      }),
    )
}
