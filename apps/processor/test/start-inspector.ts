// The real inspector against the local S3: what the tests of inspect-upload and its benchmarks share. Outcomes and
// what is handed on are kept in lists, in place of their queues.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startS3 } from '@shoebox/local/s3/start-s3.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { createS3MediaObjects } from '../src/adapters/s3-media-objects.ts'
import { createDecoder } from '../src/inspect/decoder/decoder-process.ts'
import { inspectUpload, type InspectUploadDeps, type MediaObjects } from '../src/inspect/inspect-upload.ts'
import { createLog } from '../src/log.ts'
import { remakeDerivatives } from '../src/remake/remake-derivatives.ts'

export const inspectedAtMs = Date.UTC(2026, 5, 15, 12)

export async function startInspector() {
  const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-inspector-'))
  const s3 = await startS3({
    dataDir,
    buckets: [{ name: buckets.incoming }, { name: buckets.media }],
    sendEvent: async () => {},
  })
  const client = new S3Client({ endpoint: s3.endpoint, region, credentials })
  const objects = createS3MediaObjects({ s3: client, incomingBucket: buckets.incoming, mediaBucket: buckets.media })
  const decoder = createDecoder({
    entry: new URL('../src/inspect/decoder/decoder.child.ts', import.meta.url),
    env: { MALLOC_ARENA_MAX: '2' },
  })
  const outcomes: Outcome[] = []
  const videos: VideoMessage[] = []
  const lines: string[] = []
  const deps: InspectUploadDeps = {
    objects,
    decoder,
    sendOutcome: async (outcome) => void outcomes.push(outcome),
    sendVideo: async (message) => void videos.push(message),
    nowMs: () => inspectedAtMs,
    log: createLog('inspect', (line) => lines.push(line)),
  }
  const ownerId = numberedId('user', 1)
  let uploads = 0

  return {
    endpoint: s3.endpoint,
    client,
    objects,
    outcomes,
    videos,
    lines,
    ownerId,
    /** Puts an object where a presigned request would. */
    async upload(body: Buffer): Promise<{ mediaId: MediaId; key: string }> {
      const mediaId = numberedId('media', (uploads += 1))
      const key = incomingKey(ownerId, mediaId)
      await client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body: body }))
      return { mediaId, key }
    },
    /** Inspects as the Lambda would, with parts of its world replaced where a test breaks them. */
    inspect: (
      key: string,
      change: { objects?: Partial<MediaObjects> } & Partial<Omit<InspectUploadDeps, 'objects'>> = {},
    ) => inspectUpload({ ...deps, ...change, objects: { ...objects, ...change.objects } }, key),
    /** Asks for what is missing beside an original, as the Lambda would. */
    remake: (key: string, originals: MediaObjects, change: Partial<InspectUploadDeps> = {}) =>
      remakeDerivatives({ ...deps, ...change, objects: originals }, key),
    async listMedia(): Promise<string[]> {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: buckets.media }))
      return Contents.map(({ Key = '' }) => Key)
    },
    async isIncoming(key: string): Promise<boolean> {
      return (await objects.headIncoming(key)) !== null
    },
    async readMedia(key: string): Promise<{ body: Buffer; head: HeadObjectCommandOutput }> {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: buckets.media, Key: key }))
      const head = await client.send(
        new HeadObjectCommand({ Bucket: buckets.media, Key: key, ChecksumMode: 'ENABLED' }),
      )
      return { body: Buffer.from((await Body?.transformToByteArray()) ?? []), head }
    },
    async stop(): Promise<void> {
      decoder.stop()
      client.destroy()
      await s3.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type Inspector = Awaited<ReturnType<typeof startInspector>>
