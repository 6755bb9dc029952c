// Lambda behind the `videos` queue: wiring only. A function of its own, since FFmpeg is large and reads hostile bytes.
import { consumeQueue } from './adapters/consume-queue.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { createS3MediaObjects } from './adapters/s3-media-objects.ts'
import { createS3PlayObjects } from './adapters/s3-play-objects.ts'
import { createSender } from './adapters/sqs-sender.ts'
import { videoMessageSchema } from '@shoebox/shared/messages/video.schema.ts'
import { makeDecoderEnv, readVideoEnv } from './env.ts'
import { createDecoder } from './inspect/decoder/decoder-process.ts'
import { createLog } from './log.ts'
import { isOfOriginal, remakeTimedMedia } from './remake/remake-timed-media.ts'
import { processTimedMedia, type TimedMediaDeps } from './video/process-timed-media.ts'
import { createReader } from './video/reader/reader-process.ts'

const env = readVideoEnv()
const log = createLog('video')
const stores = { s3: createS3Client(), incomingBucket: env.INCOMING_BUCKET, mediaBucket: env.MEDIA_BUCKET }
const childEnv = makeDecoderEnv()
const decoder = createDecoder({ entry: new URL('./inspect/decoder/decoder.child.ts', import.meta.url), env: childEnv })
const reader = createReader({ entry: new URL('./video/reader/reader.child.ts', import.meta.url), env: childEnv })
reader.warmUp()

const deps: TimedMediaDeps = {
  objects: { ...createS3MediaObjects(stores), ...createS3PlayObjects(stores) },
  reader,
  decoder,
  sendOutcome: createSender(env.OUTCOMES_QUEUE_URL),
  nowMs: Date.now,
  log,
}

const ofOriginals = { ...stores, incomingBucket: env.MEDIA_BUCKET }
const remakeDeps = { ...deps, objects: { ...createS3MediaObjects(ofOriginals), ...createS3PlayObjects(ofOriginals) } }

export const handler = consumeQueue(log, async ({ body, attributes }) => {
  const message = videoMessageSchema.parse(JSON.parse(body))
  if (isOfOriginal(message)) await remakeTimedMedia(remakeDeps, message)
  else await processTimedMedia(deps, message, { mayComeAgain: attributes.ApproximateReceiveCount === '1' })
})
