// Lambda on a schedule: wiring only. The event says nothing that matters.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as janitor from '@shoebox/db/stores/janitor-store.ts'
import { createS3IncomingObjects } from './adapters/s3-incoming-objects.ts'
import { createS3Client } from './adapters/s3-media-objects.ts'
import { createUploadEventSender } from './adapters/sqs-upload-events.ts'
import { readJanitorEnv } from './env.ts'
import { sweepUploads, type SweepCounts, type SweepUploadsDeps } from './janitor/sweep-uploads.ts'
import { createLog } from './log.ts'

const env = readJanitorEnv()
const db = connectPool({ connectionString: env.DATABASE_URL })

const deps: SweepUploadsDeps = {
  nowMs: Date.now,
  ...createS3IncomingObjects(createS3Client(), env.INCOMING_BUCKET),
  reinject: createUploadEventSender({ queueUrl: env.UPLOADS_QUEUE_URL, bucket: env.INCOMING_BUCKET }),
  findByIncomingKeys: (keys) => janitor.findByIncomingKeys(db, keys),
  findReservedBefore: (before, rowsMax) => janitor.findReservedBefore(db, before, rowsMax),
  markReinjected: (wish) => janitor.markReinjected(db, wish),
  markExpired: (mediaId, nowMs) => janitor.markExpired(db, mediaId, nowMs),
  markGivenUp: (mediaId, nowMs) => janitor.markGivenUp(db, mediaId, nowMs),
  log: createLog('janitor'),
}

export const handler = (): Promise<SweepCounts> => sweepUploads(deps)
