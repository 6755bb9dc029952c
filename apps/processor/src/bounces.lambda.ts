// Lambda behind the `bounces` queue: wiring only.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { suppressAddress } from '@shoebox/db/stores/suppression-store.ts'
import { consumeQueue } from './adapters/consume-queue.ts'
import { keepReturn } from './bounces/keep-return.ts'
import { readDatabaseEnv } from './env.ts'
import { createLog } from './log.ts'

const db = connectPool({ connectionString: readDatabaseEnv().DATABASE_URL })
const log = createLog('bounces')
const deps = {
  suppressAddress: (suppression: Parameters<typeof suppressAddress>[1]) => suppressAddress(db, suppression),
  nowMs: Date.now,
  log,
}

export const handler = consumeQueue(log, (record) => keepReturn(deps, record.body))
