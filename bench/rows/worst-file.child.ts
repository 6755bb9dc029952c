// Does what a Lambda does with one file, in as many processes, and prints what that took as JSON. Started by B9:
// node worst-file.child.ts <type> <file>, or for films and sounds <type> <key in the incoming bucket> <S3's endpoint>
import { open, readFile } from 'node:fs/promises'
import { S3Client } from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { createS3MediaObjects } from '@shoebox/processor/src/adapters/s3-media-objects.ts'
import { createS3PlayObjects } from '@shoebox/processor/src/adapters/s3-play-objects.ts'
import { createDecoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { isDecodable, type DecodableType } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { createLog } from '@shoebox/processor/src/log.ts'
import { processTimedMedia } from '@shoebox/processor/src/video/process-timed-media.ts'
import { createReader } from '@shoebox/processor/src/video/reader/reader-process.ts'
import { findMediaType } from '@shoebox/shared/media/kinds.ts'
import { isTimed, type TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { parseIncomingKey } from '@shoebox/shared/upload/object-keys.ts'

export type FileCost = { readonly ms: number; readonly peakMb: number; readonly outcome: string }

const [name = '', path = '', endpoint = ''] = process.argv.slice(2)
const sources = new URL('../../apps/processor/src/', import.meta.url)
const decoder = createDecoder({
  entry: new URL('inspect/decoder/decoder.child.ts', sources),
  env: { MALLOC_ARENA_MAX: '2' },
})
const reader = createReader({ entry: new URL('video/reader/reader.child.ts', sources), env: { MALLOC_ARENA_MAX: '2' } })

async function inspectPicture(type: DecodableType): Promise<string> {
  const file = await open(path)
  const { size: bytes } = await file.stat()
  const verdict = await decoder.decode({ type, bytes, wantsCopy: true }, () => file.createReadStream())
  return verdict.ok ? 'ready' : verdict.refusal.reason
}

async function processTimed(type: TimedType): Promise<string> {
  const s3 = new S3Client({ endpoint, region, credentials })
  const stores = { s3, incomingBucket: buckets.incoming, mediaBucket: buckets.media }
  const objects = { ...createS3MediaObjects(stores), ...createS3PlayObjects(stores) }
  const found = parseIncomingKey(path)
  const head = await objects.headIncoming(path)
  if (found === null || head === null) throw new Error(`nothing at ${path}`)
  let said = ''
  await processTimedMedia(
    {
      objects,
      reader,
      decoder,
      nowMs: Date.now,
      log: createLog('video', () => {}),
      sendOutcome: async (outcome) => {
        said = outcome.outcome === 'refused' ? outcome.reason : outcome.timed?.hasPlay ? 'ready' : 'ready, no copy'
      },
    },
    { version: 1, ...found, incomingKey: path, etag: head.etag, bytes: head.bytes, type },
  )
  return said
}

/** Not getrusage: its maximum is inherited from whoever started a process. */
async function readPeakMb(pid: number | string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

async function sumPeaks(): Promise<number> {
  const children = await readFile('/proc/self/task/self/children', 'utf8').catch(() =>
    readFile(`/proc/self/task/${process.pid}/children`, 'utf8'),
  )
  const peaks = await Promise.all(['self', ...children.split(' ').filter(Boolean)].map(readPeakMb))
  return peaks.reduce((sum, peak) => sum + peak, 0)
}

const type = findMediaType(name)
const begin = performance.now()
const outcome =
  type === null
    ? 'unknown'
    : isTimed(type)
      ? await processTimed(type)
      : isDecodable(type)
        ? await inspectPicture(type)
        : ''
const cost: FileCost = { ms: performance.now() - begin, peakMb: await sumPeaks(), outcome }
process.stdout.write(JSON.stringify(cost))
decoder.stop()
reader.stop()
process.exit(0)
