// Lambda on a schedule: wiring only. What it saw is the report of its round, which the pages about health read.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { findRounds, keepRound } from '@shoebox/db/stores/round-store.ts'
import { countUploads, measureStorage } from '@shoebox/db/stores/status-store.ts'
import { observationSchema, type Observation } from '@shoebox/shared/operations/observation.schema.ts'
import { createQueueMeter } from './adapters/queue-meter.ts'
import { readObserveEnv } from './env.ts'
import { createLog } from './log.ts'
import { observeSystem, type ObserveDeps } from './observe/observe-system.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readObserveEnv()
const db = connectPool({ connectionString: env.DATABASE_URL, connectionsMax: 2 })
const measureQueues = createQueueMeter(env.QUEUES)
const log = createLog('observe')

const deps: ObserveDeps = {
  nowMs: Date.now,
  measureQueues: () => measureQueues(Date.now()),
  countUploads: (nowMs) => countUploads(db, nowMs),
  measureStorage: () => measureStorage(db),
  findLast,
  log,
}

async function findLast(): Promise<Observation | null> {
  const last = (await findRounds(db)).find(({ task }) => task === 'observe')
  return observationSchema.safeParse(last?.report).data ?? null
}

export const handler = rethrowPlainly(log, async (): Promise<Observation> => {
  const startedMs = Date.now()
  const report = await observeSystem(deps)
  const isOk = Object.values(report).every((part) => part !== null)
  await keepRound(db, { task: 'observe', startedMs, endedMs: Date.now(), isOk, report })
  return report
})
