// Lambda on a schedule: wiring only. The event says nothing that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { closeQuiet, tellNotices } from '@shoebox/db/stores/notification-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { readDatabaseEnv } from './env.ts'
import { createLog } from './log.ts'
import { tellPeople, type TellCounts } from './notify/tell-people.ts'

const db = connectPool({ connectionString: readDatabaseEnv().DATABASE_URL })
const log = createLog('notify')

const deps = {
  nowMs: Date.now,
  tellNotices: (noticesMax: number) => tellNotices(db, noticesMax),
  closeQuiet: (nowMs: number) => closeQuiet(db, nowMs),
}

/** Rounds follow each other by the minute. */
const roundMs = 40_000

export async function handler(): Promise<TellCounts> {
  const startedMs = Date.now()
  const report = await tellPeople(deps, startedMs + roundMs)
  if (report.told > 0) log.info('people_told', report)
  await keepRound(db, { task: 'notify', startedMs, endedMs: Date.now(), isOk: true, report })
  return report
}
