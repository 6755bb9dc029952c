// What the inspect and the video function do with one upload, one after the other and with their own processes, over
// an S3 that is there already. Used by B9 and by its child.
import { S3Client } from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { createS3MediaObjects } from '@shoebox/processor/src/adapters/s3-media-objects.ts'
import { createS3PlayObjects } from '@shoebox/processor/src/adapters/s3-play-objects.ts'
import { createDecoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { inspectUpload } from '@shoebox/processor/src/inspect/inspect-upload.ts'
import { createLog } from '@shoebox/processor/src/log.ts'
import { processTimedMedia } from '@shoebox/processor/src/video/process-timed-media.ts'
import { createReader } from '@shoebox/processor/src/video/reader/reader-process.ts'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'

const sources = new URL('../../apps/processor/src/', import.meta.url)
const env = { MALLOC_ARENA_MAX: '2' }

export function startLambdas(endpoint: string) {
  const s3 = new S3Client({ endpoint, region, credentials })
  const stores = { s3, incomingBucket: buckets.incoming, mediaBucket: buckets.media }
  const decoder = createDecoder({ entry: new URL('inspect/decoder/decoder.child.ts', sources), env })
  const reader = createReader({ entry: new URL('video/reader/reader.child.ts', sources), env })
  let outcome: string | null = null
  const deps = {
    objects: { ...createS3MediaObjects(stores), ...createS3PlayObjects(stores) },
    decoder,
    reader,
    nowMs: Date.now,
    log: createLog('bench', () => {}),
    sendOutcome: async (sent: Outcome) => void (outcome = nameOutcome(sent)),
  }
  return {
    /** What becomes of the upload under this key: `ready`, or why it was refused. */
    async inspect(key: string): Promise<string> {
      outcome = null
      await inspectUpload({ ...deps, sendVideo: (message) => processTimedMedia(deps, message) }, key)
      if (outcome === null) throw new Error(`nothing was said of ${key}`)
      return outcome
    },
    stop() {
      decoder.stop()
      reader.stop()
      s3.destroy()
    },
  }
}

function nameOutcome(sent: Outcome): string {
  if (sent.outcome === 'refused') return sent.reason
  return sent.timed?.hasPlay === false ? 'ready, nothing to play' : 'ready'
}
