import { createHash } from 'node:crypto'
import {
  DeleteObjectCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { outcomeSchema, type Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { videoMessageSchema } from '@shoebox/shared/messages/video.schema.ts'
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import { refuse } from '@shoebox/shared/result.ts'
import { copyKey, derivativeKey, incomingKey, originalKey, parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { allowedImages, allowedVideosAndSounds } from '@shoebox/testing/samples/allowed.ts'
import { expectCorners } from '@shoebox/testing/samples/compare-pictures.ts'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
import { makeOrientedJpeg, openScene, sampleTakenAt, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import { inspectedAtMs, startInspector, type Inspector } from '../../test/start-inspector.ts'
import type { Decoder } from './decoder/decoder-process.ts'

let inspector: Inspector

beforeAll(async () => {
  inspector = await startInspector()
})
afterAll(() => inspector.stop())
beforeEach(() => {
  inspector.outcomes.length = 0
  inspector.videos.length = 0
  inspector.lines.length = 0
})

function onlyOutcome(): Outcome {
  const [outcome, ...others] = inspector.outcomes
  if (outcome === undefined || others.length > 0) throw new Error(`${inspector.outcomes.length} outcomes`)
  return outcomeSchema.parse(outcome)
}

const mediaOf = async (mediaId: string) => (await inspector.listMedia()).filter((key) => key.includes(mediaId))
const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('base64')

test.each(allowedImages)(
  'makes $name ready, with its derivatives beside it',
  async ({ make, type, isCutToFirstFrame }) => {
    const file = await make()
    const { mediaId, key } = await inspector.upload(file)
    await inspector.inspect(key)
    const outcome = onlyOutcome()
    if (outcome.outcome !== 'ready') throw new Error(outcome.reason)
    expect(outcome).toMatchObject({ mediaId, ownerId: inspector.ownerId, incomingKey: key, type, bytes: file.length })
    expect(outcome).toMatchObject({ inspectedAtMs, isCutToFirstFrame, sha256: sha256(file) })
    const original = await inspector.readMedia(originalKey(mediaId, outcome.generation))
    expect(original.body.equals(file)).toBe(true)
    expect(original.head).toMatchObject({ ContentType: type, ContentDisposition: 'attachment' })
    for (const derivative of outcome.derivatives) {
      const stored = await inspector.readMedia(derivativeKey(mediaId, outcome.generation, derivative.name))
      expect(stored.head).toMatchObject({ ContentType: 'image/webp', ContentLength: derivative.bytes })
      await expectCorners(stored.body, sceneCorners)
    }
    const copy = await inspector.readMedia(copyKey(mediaId, outcome.generation))
    expect(copy.head).toMatchObject({ ContentType: outcome.copyType, ContentDisposition: 'attachment' })
    await expectCorners(copy.body, sceneCorners)
    expect(await mediaOf(mediaId)).toHaveLength(5)
    expect(await inspector.isIncoming(key)).toBe(true)
  },
)

test('takes a file that came in parts, and tells the sum of the whole, not that of its parts', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const file = await sharp({ create: { width: 1600, height: 1400, channels: 3, background: 'black', noise } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  const mediaId = numberedId('media', 77)
  const place = { Bucket: buckets.incoming, Key: incomingKey(inspector.ownerId, mediaId) }
  const { UploadId } = await inspector.client.send(
    new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
  )
  const half = 5 * 2 ** 20
  const Parts = await Promise.all(
    [file.subarray(0, half), file.subarray(half)].map(async (Body, n) => {
      const part = { ...place, UploadId, PartNumber: n + 1, Body, ChecksumSHA256: sha256(Body) }
      const { ETag } = await inspector.client.send(new UploadPartCommand(part))
      return { PartNumber: n + 1, ETag, ChecksumSHA256: part.ChecksumSHA256 }
    }),
  )
  await inspector.client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))
  const head = await inspector.client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }))
  expect(head.ChecksumSHA256).toMatch(/-2$/)
  await inspector.inspect(place.Key)
  const outcome = onlyOutcome()
  expect(outcome).toMatchObject({ outcome: 'ready', bytes: file.length, sha256: sha256(file) })
  if (outcome.outcome !== 'ready') return
  const original = await inspector.readMedia(originalKey(mediaId, outcome.generation))
  expect(original.body.equals(file)).toBe(true)
})

test.each(allowedVideosAndSounds)(
  'hands $name on to the video function and settles nothing',
  async ({ make, type }) => {
    const file = await make()
    const { mediaId, key } = await inspector.upload(file)
    await inspector.inspect(key)
    const etag = (await inspector.objects.headIncoming(key))?.etag
    const { ownerId } = inspector
    const head = file.toString('base64', 0, 256)
    const message = { version: 1, mediaId, ownerId, incomingKey: key, etag, bytes: file.length, type, head }
    expect(inspector.videos).toEqual([videoMessageSchema.parse(message)])
    expect(inspector.outcomes).toEqual([])
    expect(await mediaOf(mediaId)).toEqual([])
  },
)

test.each(hostileSamples)('refuses $name with its reason and stores nothing', async ({ make, reason }) => {
  const { mediaId, key } = await inspector.upload(await make())
  await inspector.inspect(key)
  expect(onlyOutcome()).toMatchObject({ outcome: 'refused', reason, mediaId, incomingKey: key })
  expect(await mediaOf(mediaId)).toEqual([])
})

test('tells what a camera wrote: size, time, orientation', async () => {
  const { key } = await inspector.upload(await makeOrientedJpeg(8))
  await inspector.inspect(key)
  expect(onlyOutcome()).toMatchObject({ widthPx: 360, heightPx: 240, takenAt: sampleTakenAt })
  expect(onlyOutcome()).toMatchObject({
    capture: { camera: 'Shoebox Sample', place: { country: 'DE', city: 'Berlin', latitude: 52.5, longitude: 13.4 } },
  })
})

/** Larger than the first block. */
const makeLargePicture = async () => (await openScene(300, 200)).png({ compressionLevel: 0 }).toBuffer()

test('reads a large picture once: one block to know it, then the rest', async () => {
  const file = await makeLargePicture()
  const { key } = await inspector.upload(file)
  const reads: string[] = []
  await inspector.inspect(key, {
    objects: {
      openIncoming(name) {
        reads.push('first block')
        return inspector.objects.openIncoming(name)
      },
      readIncoming(name, etag, start, end) {
        reads.push(`${start}-${end}`)
        return inspector.objects.readIncoming(name, etag, start, end)
      },
      streamIncoming(name, etag, start) {
        reads.push(`${start}-`)
        return inspector.objects.streamIncoming(name, etag, start)
      },
    },
  })
  expect(reads).toEqual(['first block', '65536-'])
  expect(onlyOutcome()).toMatchObject({ outcome: 'ready', bytes: file.length })
})

test('says where a try that broke off left its work when the next one refuses the file', async () => {
  const { mediaId, key } = await inspector.upload(await makeOrientedJpeg(6))
  const sendOutcome = () => Promise.reject(new Error('SQS is away'))
  await expect(inspector.inspect(key, { sendOutcome })).rejects.toThrow('SQS is away')
  const decode: Decoder['decode'] = async () => refuse({ reason: 'image_too_slow', detail: 'a busy machine' })
  await inspector.inspect(key, { decoder: { decode } })
  const { outcome, generation } = onlyOutcome()
  expect(outcome).toBe('refused')
  const left = (await mediaOf(mediaId)).map((name) => parseMediaKey(name)?.generation)
  expect(left).toEqual(Array.from({ length: 5 }, () => generation))
})

test('refuses a picture that could not be stored: its row would wait for hours', async () => {
  const { key } = await inspector.upload(await makeOrientedJpeg(1))
  const promote = () => Promise.resolve({ sha256: 'A'.repeat(65) })
  await inspector.inspect(key, { objects: { promote } })
  expect(onlyOutcome()).toMatchObject({ outcome: 'refused', reason: 'processing_failed', detectedType: 'image/jpeg' })
})

test('lets S3 copy what others may download when nothing had to be taken out of it', async () => {
  const file = await makeLargePicture()
  const { mediaId, key } = await inspector.upload(file)
  const putCopy = () => Promise.reject(new Error('it was sent'))
  await inspector.inspect(key, { objects: { putCopy } })
  const outcome = onlyOutcome()
  if (outcome.outcome !== 'ready') throw new Error(outcome.reason)
  const { head, body } = await inspector.readMedia(copyKey(mediaId, outcome.generation))
  expect(body.equals(file)).toBe(true)
  expect(head).toMatchObject({ ContentType: 'image/png', ContentDisposition: 'attachment' })
})

test('refuses a file that is larger than its true kind may be, without reading it', async () => {
  const { key } = await inspector.upload(await makeOrientedJpeg(1))
  await inspector.inspect(key, {
    objects: {
      async openIncoming() {
        const found = await inspector.objects.openIncoming(key)
        return found && { ...found, bytes: bytesMaxByKind.image + 1 }
      },
    },
  })
  expect(onlyOutcome()).toMatchObject({ outcome: 'refused', reason: 'file_too_large', detectedType: 'image/jpeg' })
})

describe('delivered again', () => {
  test('says the same twice and leaves the same objects', async () => {
    const { mediaId, key } = await inspector.upload(await makeOrientedJpeg(1))
    await inspector.inspect(key)
    const stored = await mediaOf(mediaId)
    await inspector.inspect(key)
    expect(inspector.outcomes[1]).toEqual(inspector.outcomes[0])
    expect(await mediaOf(mediaId)).toEqual(stored)
  })

  test('inspects both of two deliveries at once without harm', async () => {
    const { mediaId, key } = await inspector.upload(await makeOrientedJpeg(1))
    await Promise.all([inspector.inspect(key), inspector.inspect(key)])
    expect(inspector.outcomes[1]).toEqual(inspector.outcomes[0])
    expect(await mediaOf(mediaId)).toHaveLength(5)
  })

  test('judges a refused file again, since the first outcome may have got lost', async () => {
    const { key } = await inspector.upload(Buffer.from('words'))
    await inspector.inspect(key)
    await inspector.inspect(key)
    expect(inspector.outcomes).toHaveLength(2)
    expect(inspector.outcomes[1]).toEqual(inspector.outcomes[0])
  })

  test('has nothing to say of a file that is gone by now', async () => {
    const { key } = await inspector.upload(Buffer.from('words'))
    await inspector.client.send(new DeleteObjectCommand({ Bucket: buckets.incoming, Key: key }))
    await inspector.inspect(key)
    expect(inspector.outcomes).toEqual([])
  })
})

describe('the object changes under the inspection', () => {
  const swap = (key: string) =>
    inspector.client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body: Buffer.from('another') }))

  test('says nothing of an object that is replaced after it was looked at', async () => {
    const { mediaId, key } = await inspector.upload(await makeLargePicture())
    const openIncoming = async () => {
      const found = await inspector.objects.openIncoming(key)
      await swap(key)
      return found
    }
    await inspector.inspect(key, { objects: { openIncoming } })
    expect(inspector.outcomes).toEqual([])
    expect(await mediaOf(mediaId)).toEqual([])
    // The newer object's own event brings it in.
    await inspector.inspect(key)
    expect(onlyOutcome()).toMatchObject({ outcome: 'refused', reason: 'type_not_allowed' })
  })

  test('never promotes bytes that were not inspected', async () => {
    const { mediaId, key } = await inspector.upload(await makeOrientedJpeg(1))
    await inspector.inspect(key, {
      objects: {
        async promote(from, to) {
          await swap(key)
          return inspector.objects.promote(from, to)
        },
      },
    })
    expect(inspector.outcomes).toEqual([])
    expect((await mediaOf(mediaId)).filter((name) => name.startsWith('o/'))).toEqual([])
  })
})

describe('faults', () => {
  const fail = () => {
    throw new Error('S3 is away')
  }

  test.each(['openIncoming', 'streamIncoming', 'putDerivative', 'promote'] as const)(
    'throws when %s fails, and finishes when the message comes again',
    async (step) => {
      const { key } = await inspector.upload(await makeLargePicture())
      await expect(inspector.inspect(key, { objects: { [step]: fail } })).rejects.toThrow('S3 is away')
      expect(inspector.outcomes).toEqual([])
      await inspector.inspect(key)
      expect(onlyOutcome()).toMatchObject({ outcome: 'ready' })
    },
  )
})

test.each(['', 'words', 'usr_1/med_1', `${incomingKey(numberedId('user', 1), numberedId('media', 1))}/more`, '../x'])(
  'ignores the foreign key %j with a line in the log',
  async (key) => {
    await inspector.inspect(key)
    expect(inspector.outcomes).toEqual([])
    expect(inspector.lines.join('')).toContain('foreign_key_ignored')
  },
)

test('logs no key and no name of a person', async () => {
  const { key } = await inspector.upload(await makeOrientedJpeg(1))
  await inspector.inspect(key)
  expect(JSON.parse(inspector.lines[0] ?? '')).toMatchObject({ level: 'info', event: 'upload_ready' })
  expect(inspector.lines.join('')).not.toContain(inspector.ownerId)
})
