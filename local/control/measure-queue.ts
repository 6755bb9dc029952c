// GetMetricStatistics, for the one metric of SQS that SQS itself does not tell: how old its oldest message is.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
import * as z from 'zod'
import { ControlError } from './control-error.ts'

export type MeasuredQueues = {
  /** When the oldest message was sent, or null when there is none or no such queue. */
  oldestSentMs(queueName: string): number | null
}

const inputSchema = z.object({
  Namespace: z.literal('AWS/SQS'),
  MetricName: z.literal('ApproximateAgeOfOldestMessage'),
  Dimensions: z.tuple([z.object({ Name: z.literal('QueueName'), Value: z.string() })]),
})

export function measureQueue(queues: MeasuredQueues, action: string, input: unknown, nowMs: number) {
  const read = inputSchema.safeParse(input)
  if (action !== 'GetMetricStatistics' || !read.success) {
    throw new ControlError(400, 'InvalidParameterValue', 'Only the age of a queue is measured here.')
  }
  const { MetricName, Dimensions } = read.data
  const sentMs = queues.oldestSentMs(Dimensions[0].Value)
  const seconds = sentMs === null ? 0 : Math.floor((nowMs - sentMs) / 1000)
  return { Label: MetricName, Datapoints: [{ Timestamp: nowMs / 1000, Maximum: seconds, Unit: 'Seconds' }] }
}
