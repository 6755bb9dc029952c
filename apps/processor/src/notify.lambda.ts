// Lambda on a schedule: wiring only. The event says nothing that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as deliveries from '@shoebox/db/stores/delivery-store.ts'
import * as digests from '@shoebox/db/stores/digest-store.ts'
import { closeQuiet, tellNotices } from '@shoebox/db/stores/notification-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { createNoticeSender } from './adapters/sqs-notices.ts'
import { readNotifyEnv } from './env.ts'
import { createLog } from './log.ts'
import { tellPeople, type TellCounts, type TellPeopleDeps } from './notify/tell-people.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readNotifyEnv()
const db = connectPool({ connectionString: env.DATABASE_URL })
const log = createLog('notify')

const deps: TellPeopleDeps = {
  nowMs: Date.now,
  tellNotices: (noticesMax) => tellNotices(db, noticesMax),
  closeQuiet: (nowMs) => closeQuiet(db, nowMs),
  planPushes: (bounds) => deliveries.planPushes(db, bounds),
  findUnplanned: (rowsMax) => digests.findUnplanned(db, rowsMax),
  planDigests: (plans) => digests.planDigests(db, plans),
  makeDigests: (bounds) => digests.makeDigests(db, bounds),
  findUnqueued: (rowsMax) => deliveries.findUnqueued(db, rowsMax),
  queue: createNoticeSender(env.NOTICES_QUEUE_URL),
  markQueued: (ids, nowMs) => deliveries.markQueued(db, ids, nowMs),
}

/** Rounds follow each other by the minute. */
const roundMs = 40_000

export const handler = rethrowPlainly(log, async (): Promise<TellCounts> => {
  const startedMs = Date.now()
  const report = await tellPeople(deps, startedMs + roundMs)
  if (report.told > 0 || report.queued > 0) log.info('people_told', report)
  await keepRound(db, { task: 'notify', startedMs, endedMs: Date.now(), isOk: true, report })
  return report
})
