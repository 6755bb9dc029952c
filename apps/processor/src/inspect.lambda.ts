// Lambda behind the `uploads` queue: wiring only.
import './collect-seldom.ts'
import type { SQSRecord } from 'aws-lambda'
import { consumeQueue } from './adapters/consume-queue.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { createS3MediaObjects } from './adapters/s3-media-objects.ts'
import { createSender } from './adapters/sqs-sender.ts'
import { makeDecoderEnv, readInspectEnv } from './env.ts'
import { createDecoder } from './inspect/decoder/decoder-process.ts'
import { inspectUpload, type InspectUploadDeps } from './inspect/inspect-upload.ts'
import { readUploadEvents } from './inspect/read-upload-events.ts'
import { createLog } from './log.ts'
import { remakeDerivatives } from './remake/remake-derivatives.ts'

const env = readInspectEnv()
const log = createLog('inspect')
const decoder = createDecoder({
  entry: new URL('./inspect/decoder/decoder.child.ts', import.meta.url),
  env: makeDecoderEnv(),
})
decoder.warmUp()

const s3 = createS3Client()
const deps: InspectUploadDeps = {
  objects: createS3MediaObjects({ s3, incomingBucket: env.INCOMING_BUCKET, mediaBucket: env.MEDIA_BUCKET }),
  decoder,
  sendOutcome: createSender(env.OUTCOMES_QUEUE_URL),
  sendVideo: createSender(env.VIDEOS_QUEUE_URL),
  nowMs: Date.now,
  log,
}

const originals = createS3MediaObjects({ s3, incomingBucket: env.MEDIA_BUCKET, mediaBucket: env.MEDIA_BUCKET })

async function handleRecord({ body }: SQSRecord): Promise<void> {
  for (const { bucket, key } of readUploadEvents(body)) {
    if (bucket === env.INCOMING_BUCKET) await inspectUpload(deps, key)
    // S3 announces nothing of this bucket: somebody misses what belongs beside this original.
    else if (bucket === env.MEDIA_BUCKET) await remakeDerivatives({ ...deps, objects: originals }, key)
    else log.warn('foreign_bucket_ignored', { bucket: bucket.slice(0, 63) })
  }
}

// The decoder takes one picture at a time whatever is asked of it: only the waiting for S3 runs beside a decode.
export const handler = consumeQueue(log, handleRecord, { isParallel: true })
