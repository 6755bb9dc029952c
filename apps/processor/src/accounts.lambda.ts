// Lambda on a schedule: wiring only. Does what accounts ask for that takes longer than a request: exports, and the
// receipt when everything of a deleted account is gone. The event says nothing that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as exports from '@shoebox/db/stores/export-store.ts'
import * as receipts from '@shoebox/db/stores/receipt-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { sendReceipts } from './accounts/send-receipts.ts'
import { writeExports, type ExportCounts } from './accounts/write-exports.ts'
import { createS3Exports } from './adapters/s3-exports.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { createSender } from './adapters/sqs-sender.ts'
import { readAccountsEnv } from './env.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readAccountsEnv()
const db = connectPool({ connectionString: env.DATABASE_URL })
const log = createLog('accounts')

const deps = {
  nowMs: Date.now,
  ...createS3Exports(createS3Client(), env.MEDIA_BUCKET),
  claimExports: (wish: { nowMs: number; rowsMax: number }) => exports.claimExports(db, wish),
  readPersonalData: (userId: exports.WaitingExport['userId']) => exports.readPersonalData(db, userId),
  markExportReady: (id: exports.WaitingExport['id'], ready: { bytes: number; readyAt: Date; expiresAt: Date }) =>
    exports.markExportReady(db, id, ready),
  findEndedExports: (nowMs: number, rowsMax: number) => exports.findEndedExports(db, nowMs, rowsMax),
  forgetExport: (id: exports.WaitingExport['id']) => exports.forgetExport(db, id),
  findFinishedDepartures: (rowsMax: number) => receipts.findFinishedDepartures(db, rowsMax),
  forgetDeparture: (userId: exports.WaitingExport['userId']) => receipts.forgetDeparture(db, userId),
  queueMail: createSender(env.MAIL_QUEUE_URL),
  log,
}

export const handler = rethrowPlainly(log, async (): Promise<ExportCounts & { told: number }> => {
  const startedMs = Date.now()
  const report = { told: await sendReceipts(deps), ...(await writeExports(deps)) }
  if (Object.values(report).some((count) => count > 0)) log.info('accounts_served', report)
  await keepRound(db, { task: 'accounts', startedMs, endedMs: Date.now(), isOk: report.failed === 0, report })
  return report
})
