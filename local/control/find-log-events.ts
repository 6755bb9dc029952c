// FilterLogEvents, for patterns that are one quoted text.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
import * as z from 'zod'
import { ControlError } from './control-error.ts'
import type { LogStore } from './log-store.ts'

const inputSchema = z.object({
  logGroupName: z.string().startsWith('/aws/lambda/'),
  startTime: z.number().default(0),
  endTime: z.number().optional(),
  filterPattern: z
    .string()
    .regex(/^("[^"]*")?$/)
    .default(''),
  limit: z.int().min(1).max(10_000).default(10_000),
  nextToken: z.string().default(''),
})

export function findLogEvents(logs: Pick<LogStore, 'find' | 'has'>, action: string, input: unknown, nowMs: number) {
  if (action !== 'FilterLogEvents')
    throw new ControlError(404, 'UnknownOperationException', 'This is not answered here.')
  const read = inputSchema.safeParse(input)
  if (!read.success) throw new ControlError(400, 'InvalidParameterException', read.error.message)
  const { logGroupName, startTime, endTime = nowMs, filterPattern, limit, nextToken } = read.data
  const group = logGroupName.slice('/aws/lambda/'.length)
  if (!logs.has(group)) {
    throw new ControlError(400, 'ResourceNotFoundException', 'The specified log group does not exist.')
  }
  const wish = { group, fromMs: startTime, toMs: endTime, words: filterPattern.slice(1, -1), after: nextToken }
  const lines = logs.find({ ...wish, linesMax: limit })
  return {
    events: lines.map(({ id, timeMs, message }) => ({
      eventId: id,
      timestamp: timeMs,
      message,
      logStreamName: 'local',
    })),
    ...(lines.length === limit ? { nextToken: lines.at(-1)?.id } : {}),
  }
}
