// Lambda on a schedule: wiring only. The event says nothing that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { askForStray } from '@shoebox/db/stores/deletion-store.ts'
import { forgetCases } from '@shoebox/db/stores/evidence-store.ts'
import * as janitor from '@shoebox/db/stores/janitor-store.ts'
import { clearGroup, findEmptyGroups } from '@shoebox/db/stores/leave-store.ts'
import { pruneTable, prunedTables } from '@shoebox/db/stores/prune-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { createS3IncomingObjects } from './adapters/s3-incoming-objects.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { createUploadEventSender } from './adapters/sqs-upload-events.ts'
import { readJanitorEnv } from './env.ts'
import { sweepUploads, type SweepCounts, type SweepUploadsDeps } from './janitor/sweep-uploads.ts'
import { tidy, type TidyCounts, type TidyDeps } from './janitor/tidy.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readJanitorEnv()
const db = connectPool({ connectionString: env.DATABASE_URL })

const log = createLog('janitor')

const deps: SweepUploadsDeps & TidyDeps = {
  nowMs: Date.now,
  ...createS3IncomingObjects(createS3Client(), env.INCOMING_BUCKET),
  reinject: createUploadEventSender({ queueUrl: env.UPLOADS_QUEUE_URL, bucket: env.INCOMING_BUCKET }),
  askForMade: (mediaId, nowMs) => askForStray(db, { mediaId, generation: null, incomingKey: null }, nowMs),
  findByIncomingKeys: (keys) => janitor.findByIncomingKeys(db, keys),
  findReservedBefore: (before, rowsMax) => janitor.findReservedBefore(db, before, rowsMax),
  markSeen: (mediaId, nowMs) => janitor.markSeen(db, mediaId, nowMs),
  markReinjected: (wish) => janitor.markReinjected(db, wish),
  markExpired: (mediaId, nowMs) => janitor.markExpired(db, mediaId, nowMs),
  markGivenUp: (upload, nowMs) => janitor.markGivenUp(db, upload, nowMs),
  purgeTrash: (before, wish) => janitor.purgeTrash(db, before, wish),
  purgeUnsetPictures: (before, wish) => janitor.purgeUnsetPictures(db, before, wish),
  showWithdrawn: (wish) => janitor.showWithdrawn(db, wish),
  forgetCases: (before, wish) => forgetCases(db, before, wish),
  findEmptyGroups: (rowsMax) => findEmptyGroups(db, rowsMax),
  clearGroup: (groupId, nowMs) => clearGroup(db, groupId, nowMs),
  prunedTables,
  pruneTable: (table, wish) => pruneTable(db, table, wish),
  log,
}

/** The rest of the function's 240 s is for what is in hand then. */
const sweepMs = 200_000

/** What goes through the bucket comes last: how long that takes, nobody knows. */
export const handler = rethrowPlainly(log, async (): Promise<{ swept: SweepCounts; tidied: TidyCounts }> => {
  const startedMs = Date.now()
  const tidied = await tidy(deps)
  const report = { swept: await sweepUploads(deps, startedMs + sweepMs), tidied }
  const isOk = report.swept.failed + report.tidied.failed === 0
  await keepRound(db, { task: 'janitor', startedMs, endedMs: Date.now(), isOk, report })
  return report
})
