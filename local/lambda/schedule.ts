// A function that the clock invokes, as EventBridge does: one event each time, whatever became of the one before.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/events/event-types.html
import { randomUUID } from 'node:crypto'
import { accountId, region } from '../cloud-names.ts'

export type Schedule = { stop(): void }

export type ScheduleOptions = {
  name: string
  everyMinutes: number
  invoke: (event: unknown) => Promise<unknown>
  log: (line: string) => void
}

export function startSchedule({ name, everyMinutes, invoke, log }: ScheduleOptions): Schedule {
  const timer = setInterval(() => {
    invoke(describeTick(name)).catch((error: unknown) =>
      log(`a round failed: ${error instanceof Error ? error.message : String(error)}`),
    )
  }, everyMinutes * 60_000)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

const describeTick = (name: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: new Date().toISOString(),
  region,
  resources: [`arn:aws:events:${region}:${accountId}:rule/${name}`],
  detail: {},
})
