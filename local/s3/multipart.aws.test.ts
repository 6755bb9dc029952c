import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { failure, send, sha256Base64, startS3Fixture, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'incoming'
const large = Buffer.alloc(5 << 20, 65)
const small = Buffer.alloc(1 << 20, 66)
const whole = Buffer.concat([large, small])

let fixture: S3Fixture
let aheadMs = 0
beforeAll(async () => {
  fixture = await startS3Fixture({ now: () => Date.now() + aheadMs })
})
afterAll(() => fixture.stop())

async function begin(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await fixture.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))
  return UploadId ?? ''
}

async function sendPart(Key: string, UploadId: string, PartNumber: number, Body: Buffer, more = {}) {
  const answer = await fixture.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))
  return { PartNumber, ETag: answer.ETag, ...(answer.ChecksumSHA256 ? { ChecksumSHA256: answer.ChecksumSHA256 } : {}) }
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more = {}) =>
  fixture.client.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }),
  )

async function read(Key: string): Promise<Buffer> {
  const { Body } = await fixture.client.send(new GetObjectCommand({ Bucket, Key }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

test('joins presigned parts into one object', async () => {
  const UploadId = await begin('presigned', { ContentType: 'video/mp4', Metadata: { a: 'b' } })
  const Parts: CompletedPart[] = []
  const signer = fixture.connect({ requestChecksumCalculation: 'WHEN_REQUIRED' })
  for (const [index, bytes] of [large, small].entries()) {
    const PartNumber = index + 1
    const url = await getSignedUrl(signer, new UploadPartCommand({ Bucket, Key: 'presigned', UploadId, PartNumber }))
    expect((await send('PUT', url.replace(`partNumber=${PartNumber}`, 'partNumber=9'), {}, bytes)).status).toBe(403)
    const answer = await send('PUT', url, {}, bytes)
    Parts.push({ PartNumber, ETag: answer.headers.etag })
  }
  const done = await complete('presigned', UploadId, Parts)
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/)
  expect((await read('presigned')).equals(whole)).toBe(true)
  const head = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: 'presigned' }))
  expect(head).toMatchObject({ ContentType: 'video/mp4', Metadata: { a: 'b' }, ContentLength: whole.length })
})

test('works out composite SHA-256, refuses a wrong one, and repeats its answer to a repeated call', async () => {
  const UploadId = await begin('summed', { ChecksumAlgorithm: 'SHA256' })
  const sums = [large, small].map(sha256Base64)
  const Parts = [
    await sendPart('summed', UploadId, 1, large, { ChecksumSHA256: sums[0] }),
    await sendPart('summed', UploadId, 2, small, { ChecksumSHA256: sums[1] }),
  ]
  expect(Parts.map((part) => part.ChecksumSHA256)).toEqual(sums)
  const composite = `${sha256Base64(Buffer.concat(sums.map((sum) => Buffer.from(sum, 'base64'))))}-2`
  const wrong = `${sha256Base64(small)}-2`
  expect(await failure(complete('summed', UploadId, Parts, { ChecksumSHA256: wrong }))).toEqual({
    name: 'BadDigest',
    status: 400,
  })
  const done = await complete('summed', UploadId, Parts, { ChecksumSHA256: composite })
  expect(done).toMatchObject({ ChecksumSHA256: composite, ChecksumType: 'COMPOSITE' })
  expect(await complete('summed', UploadId, Parts, { ChecksumSHA256: composite })).toMatchObject({ ETag: done.ETag })

  // A copy is one whole object again: its checksum is of all bytes.
  const copy = await fixture.client.send(
    new CopyObjectCommand({
      Bucket: 'media',
      Key: 'whole',
      CopySource: `${Bucket}/summed`,
      ChecksumAlgorithm: 'SHA256',
    }),
  )
  expect(copy.CopyObjectResult?.ChecksumSHA256).toBe(sha256Base64(whole))
})

test('copies ranges of an object as parts', async () => {
  await fixture.client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: whole }))
  const UploadId = await begin('from-copies')
  const Parts: CompletedPart[] = []
  for (const [index, range] of [`0-${large.length - 1}`, `${large.length}-${whole.length - 1}`].entries()) {
    const answer = await fixture.client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'from-copies',
        UploadId,
        PartNumber: index + 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: `bytes=${range}`,
      }),
    )
    Parts.push({ PartNumber: index + 1, ETag: answer.CopyPartResult?.ETag })
  }
  await complete('from-copies', UploadId, Parts)
  expect((await read('from-copies')).equals(whole)).toBe(true)
})

test('lists uploads and parts; a part sent again replaces the first', async () => {
  const UploadId = await begin('listed')
  await sendPart('listed', UploadId, 1, small)
  await sendPart('listed', UploadId, 1, large)
  await sendPart('listed', UploadId, 2, small)
  const parts = await fixture.client.send(new ListPartsCommand({ Bucket, Key: 'listed', UploadId }))
  expect(parts.Parts?.map(({ Size }) => Size)).toEqual([large.length, small.length])
  const open = await fixture.client.send(new ListMultipartUploadsCommand({ Bucket }))
  expect(open.Uploads?.map(({ Key }) => Key)).toContain('listed')
})

test('an object joined from parts is as old as its upload, as with S3', async () => {
  const id = await begin('long')
  const part = await sendPart('long', id, 1, small)
  aheadMs = 5 * 60_000
  onTestFinished(() => void (aheadMs = 0))
  await complete('long', id, [part])
  const { LastModified } = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: 'long' }))
  expect(LastModified?.getTime()).toBeLessThanOrEqual(Date.now())
})

test('an aborted upload takes no more parts', async () => {
  const UploadId = await begin('aborted')
  await fixture.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }))
  expect(await failure(sendPart('aborted', UploadId, 1, small))).toEqual({ name: 'NoSuchUpload', status: 404 })
})

test('refuses small middle parts, wrong ETags, wrong order and an existing key', async () => {
  const UploadId = await begin('refused')
  const first = await sendPart('refused', UploadId, 1, small)
  const second = await sendPart('refused', UploadId, 2, small)
  expect(await failure(complete('refused', UploadId, [first, second]))).toMatchObject({ name: 'EntityTooSmall' })
  expect(await failure(complete('refused', UploadId, [second, first]))).toMatchObject({ name: 'InvalidPartOrder' })
  expect(await failure(complete('refused', UploadId, [{ PartNumber: 1, ETag: '"0"' }]))).toMatchObject({
    name: 'InvalidPart',
  })
  await fixture.client.send(new PutObjectCommand({ Bucket, Key: 'refused', Body: 'there first' }))
  expect(await failure(complete('refused', UploadId, [first], { IfNoneMatch: '*' }))).toMatchObject({ status: 412 })
})
