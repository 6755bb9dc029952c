// The real video function against the local S3: what its tests and benchmarks share. Outcomes are kept in a list, in
// place of their queue.
import { createReader } from '../src/video/reader/reader-process.ts'
import { processTimedMedia, type TimedMediaDeps } from '../src/video/process-timed-media.ts'
import { createS3PlayObjects } from '../src/adapters/s3-play-objects.ts'
import { createDecoder } from '../src/inspect/decoder/decoder-process.ts'
import { createLog } from '../src/log.ts'
import { remakeTimedMedia, type RemakeTimedDeps } from '../src/remake/remake-timed-media.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import type { TimedType, VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { inspectedAtMs, startInspector } from './start-inspector.ts'

export async function startVideo() {
  const inspector = await startInspector()
  const stores = { s3: inspector.client, incomingBucket: buckets.incoming, mediaBucket: buckets.media }
  const reader = createReader({ entry: new URL('../src/video/reader/reader.child.ts', import.meta.url), env: {} })
  const decoder = createDecoder({
    entry: new URL('../src/inspect/decoder/decoder.child.ts', import.meta.url),
    env: { MALLOC_ARENA_MAX: '2' },
  })
  const objects = { ...inspector.objects, ...createS3PlayObjects(stores) }
  const deps: TimedMediaDeps = {
    objects,
    reader,
    decoder,
    sendOutcome: async (outcome) => void inspector.outcomes.push(outcome),
    nowMs: () => inspectedAtMs,
    log: createLog('video', (line) => inspector.lines.push(line)),
  }

  return {
    ...inspector,
    objects,
    /** Uploads a file and says of it what inspect would. */
    async receive(body: Buffer, type: TimedType): Promise<VideoMessage> {
      const { mediaId, key } = await inspector.upload(body)
      const head = await inspector.objects.headIncoming(key)
      return {
        version: 1,
        mediaId,
        ownerId: inspector.ownerId,
        incomingKey: key,
        etag: head?.etag ?? '',
        bytes: body.length,
        type,
      }
    },
    process: (
      message: VideoMessage,
      change: { objects?: Partial<TimedMediaDeps['objects']> } & Partial<Omit<TimedMediaDeps, 'objects'>> = {},
      options?: Parameters<typeof processTimedMedia>[2],
    ) => processTimedMedia({ ...deps, ...change, objects: { ...objects, ...change.objects } }, message, options),
    remakeFilm: (message: VideoMessage, originals: RemakeTimedDeps['objects'], nowMs = deps.nowMs) =>
      remakeTimedMedia({ ...deps, objects: originals, nowMs }, message),
    async stop(): Promise<void> {
      reader.stop()
      decoder.stop()
      await inspector.stop()
    },
  }
}

export type Video = Awaited<ReturnType<typeof startVideo>>
