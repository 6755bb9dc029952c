// Lambda on a schedule, and for whoever wants to know at once: wiring only. A tick goes on with what is not ended, or
// begins what is due; `{"begin": "report"}` and `{"begin": "mend"}` begin a report, or a mending of all, now.
import * as z from 'zod'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import type { ReconcileReport } from '@shoebox/db/schema/upkeep.ts'
import { askForStray } from '@shoebox/db/stores/deletion-store.ts'
import { findByIncomingKeys } from '@shoebox/db/stores/janitor-store.ts'
import * as store from '@shoebox/db/stores/reconcile-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { createS3DeletableObjects } from './adapters/s3-deletable-objects.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { createUploadEventSender } from './adapters/sqs-upload-events.ts'
import { readReconcileEnv } from './env.ts'
import { createLog } from './log.ts'
import { countLeft } from './reconcile/count-left.ts'
import { dueClass, remakeAsksMax } from './reconcile/due-run.ts'
import { reconcile, type ReconcileDeps } from './reconcile/reconcile.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readReconcileEnv()
const db = connectPool({ connectionString: env.DATABASE_URL, statementTimeoutMs: 60_000 })
const s3 = createS3Client()
const log = createLog('reconcile')

const deps: ReconcileDeps = {
  nowMs: Date.now,
  media: createS3DeletableObjects(s3, env.MEDIA_BUCKET),
  incoming: createS3DeletableObjects(s3, env.INCOMING_BUCKET),
  findRowsAfter: (after, rowsMax) => store.findRowsAfter(db, after, rowsMax),
  findKnownArrivals: async (keys) => new Set((await findByIncomingKeys(db, keys)).map((row) => row.incomingKey)),
  findLedgersAfter: (after, rowsMax) => store.findLedgersAfter(db, after, rowsMax),
  keepProgress: (run, progress) => store.keepProgress(db, run, progress),
  askForStray: (stray, nowMs) => askForStray(db, stray, nowMs),
  noteRemake: (mediaId) => store.noteRemake(db, mediaId, { nowMs: Date.now(), asksMax: remakeAsksMax }),
  remake: createUploadEventSender({ queueUrl: env.UPLOADS_QUEUE_URL, bucket: env.MEDIA_BUCKET }),
  mendLedger: (userId) => store.mendLedger(db, userId),
  log,
}

const wishSchema = z.object({ begin: z.enum(['report', 'mend']).optional() })

/** Lambda ends a function after 15 minutes; a step takes seconds. */
const roundMs = 13 * 60_000

/** Answers the report of a run that ended now, else null. */
export const handler = rethrowPlainly(log, async (event: unknown): Promise<ReconcileReport | null> => {
  const startedMs = Date.now()
  const report = await compare(wishSchema.parse(event).begin)
  // Whoever looks sees the last comparison that ended, and that the clock still calls.
  const { ended } = await store.findReconciliations(db)
  const isOk = ended === null || countLeft(ended.report) === 0
  const told = ended === null ? null : { endedAt: ended.endedAt, ...ended.report }
  await keepRound(db, { task: 'reconcile', startedMs, endedMs: Date.now(), isOk, report: told })
  return report
})

async function compare(begin: 'report' | 'mend' | undefined): Promise<ReconcileReport | null> {
  const run = begin === undefined ? await findDue() : await beginRun(begin === 'mend' ? 'all' : 'nothing')
  if (run === null) return null
  const report = await reconcile(deps, run, Date.now() + roundMs)
  if (report === null) return null
  const left = countLeft(report)
  const { rows, objects, bytes } = report
  log[left > 0 ? 'error' : 'info']('reconciled', { rows, objects, bytes, left, found: JSON.stringify(report.found) })
  return report
}

async function findDue(): Promise<store.Reconciliation | null> {
  const { unended, ...runs } = await store.findReconciliations(db)
  if (unended !== null) return unended
  const due = dueClass(runs, Date.now())
  return due === null ? null : beginRun(due)
}

const beginRun = (mended: store.MendedClass) => store.beginReconciliation(db, mended, Date.now())
