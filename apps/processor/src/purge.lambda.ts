// Lambda on a schedule: wiring only. The one function that may delete from the media bucket. The event says nothing
// that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as outbox from '@shoebox/db/stores/deletion-store.ts'
import * as evidence from '@shoebox/db/stores/evidence-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { createCloudFrontCopies } from './adapters/cloudfront-copies.ts'
import { createS3DeletableObjects } from './adapters/s3-deletable-objects.ts'
import { createS3EvidenceCopy } from './adapters/s3-evidence.ts'
import { createS3IncomingObjects } from './adapters/s3-incoming-objects.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { readPurgeEnv } from './env.ts'
import { createLog } from './log.ts'
import { keepEvidence, type EvidenceCounts, type KeepEvidenceDeps } from './purge/keep-evidence.ts'
import { purgeDeletions, type PurgeCounts, type PurgeDeps } from './purge/purge-deletions.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readPurgeEnv()
const db = connectPool({ connectionString: env.DATABASE_URL, connectionsMax: 2 })
const s3 = createS3Client()
const log = createLog('purge')

const deps: PurgeDeps & KeepEvidenceDeps = {
  nowMs: Date.now,
  claim: (wish) => outbox.claimDeletions(db, wish),
  markGone: (deletion, gone) => outbox.markGone(db, deletion, gone),
  keepInvalidation: (deletions, id) => outbox.keepInvalidation(db, deletions, id),
  markDone: (deletion, nowMs) => outbox.markDone(db, deletion, nowMs),
  markInvalidated: (id, at) => outbox.markInvalidated(db, id, at),
  claimEvidence: (wish) => evidence.claimEvidence(db, wish),
  markCopied: (id, copied) => evidence.markCopied(db, id, copied),
  removeEvidence: (id) => evidence.removeEvidence(db, id),
  copyObject: createS3EvidenceCopy(s3, env.MEDIA_BUCKET),
  triesMax: evidence.evidenceTriesMax,
  media: createS3DeletableObjects(s3, env.MEDIA_BUCKET),
  incoming: createS3DeletableObjects(s3, env.INCOMING_BUCKET),
  abortMultipart: createS3IncomingObjects(s3, env.INCOMING_BUCKET).abortMultipart,
  edge: env.DELIVERY_DISTRIBUTION_ID === undefined ? null : createCloudFrontCopies(env.DELIVERY_DISTRIBUTION_ID),
  log,
}

/** Rounds follow each other by the minute and may overlap. Evidence comes first: what it waits for may go then. */
const roundMs = 50_000
const evidenceMs = 25_000

export const handler = rethrowPlainly(log, async (): Promise<PurgeCounts & EvidenceCounts> => {
  const startedMs = Date.now()
  const kept = await keepEvidence(deps, startedMs + evidenceMs)
  const report = { ...kept, ...(await purgeDeletions(deps, startedMs + roundMs)) }
  const isOk = report.failed + report.evidenceFailed === 0
  await keepRound(db, { task: 'purge', startedMs, endedMs: Date.now(), isOk, report })
  return report
})
