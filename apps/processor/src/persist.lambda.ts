// Lambda behind the `outcomes` queue: wiring only.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { markGivenUp } from '@shoebox/db/stores/janitor-store.ts'
import { isRefusedByData, settleMany } from '@shoebox/db/stores/outcome-store.ts'
import { createHideFor } from './adapters/sqs-visibility.ts'
import { backOff } from './back-off.ts'
import { readDatabaseEnv } from './env.ts'
import type { QueueHandler } from './handle-batch.ts'
import { createLog } from './log.ts'
import { persistOutcomes } from './persist/persist-outcomes.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const db = connectPool({ connectionString: readDatabaseEnv().DATABASE_URL })
const log = createLog('persist')

const persist: QueueHandler = (event) =>
  persistOutcomes(
    {
      settleMany: (outcomes, nowMs) => settleMany(db, outcomes, nowMs),
      isRefusedByData,
      markGivenUp: (upload, nowMs) => markGivenUp(db, upload, nowMs),
      nowMs: Date.now,
      log,
    },
    event.Records,
  )

export const handler = rethrowPlainly(log, backOff(log, persist, createHideFor()))
