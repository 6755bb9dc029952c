import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buckets } from '../cloud-names.ts'
import { declareBuckets } from './declare-buckets.ts'
import { siteOrigin, startS3Fixture, uploadsArn, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'incoming'
const dayMs = 24 * 60 * 60 * 1000

/** S3's own clock stands still: midnight may pass meanwhile. */
const beganMs = Date.now()
const now = () => beganMs

let fixture: S3Fixture
beforeAll(async () => {
  fixture = await startS3Fixture({ now })
})
afterAll(() => fixture.stop())

test('expires objects and aborts uploads of its prefix at the midnight after their age', async () => {
  const { client, s3 } = fixture
  for (const Key of ['in/old', 'kept/old']) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  }
  // A day old some time tomorrow; gone at the midnight after that.
  const expiryMs = Math.ceil((beganMs + dayMs) / dayMs) * dayMs
  expect(s3.applyLifecycle(expiryMs - 1)).toEqual({ expiredKeys: [], abortedUploads: 0 })
  expect(s3.applyLifecycle(expiryMs)).toEqual({ expiredKeys: ['in/old'], abortedUploads: 0 })
  expect(s3.applyLifecycle(expiryMs + dayMs)).toEqual({ expiredKeys: [], abortedUploads: 1 })

  const objects = await client.send(new ListObjectsV2Command({ Bucket }))
  expect(objects.Contents?.map(({ Key }) => Key)).toEqual(['kept/old'])
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket }))
  expect(uploads.Uploads?.map(({ Key }) => Key)).toEqual(['kept/old'])
})

test('what is abandoned in parts ends after 7 days in both buckets, what is incoming after 30, and media stay', async () => {
  const { client, s3, stop } = await startS3Fixture({ now, buckets: declareBuckets(siteOrigin, uploadsArn) })
  onTestFinished(stop)
  const begin = (Bucket: string, Key: string) => client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  for (const bucket of Object.values(buckets)) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'whole', Body: 'x' }))
    await begin(bucket, 'abandoned')
  }
  const midnightAfter = (days: number) => Math.ceil((beganMs + days * dayMs) / dayMs) * dayMs
  expect(s3.applyLifecycle(midnightAfter(7) - 1)).toEqual({ expiredKeys: [], abortedUploads: 0 })
  expect(s3.applyLifecycle(midnightAfter(7))).toEqual({ expiredKeys: [], abortedUploads: 2 })
  expect(s3.applyLifecycle(midnightAfter(30) - 1)).toEqual({ expiredKeys: [], abortedUploads: 0 })
  expect(s3.applyLifecycle(midnightAfter(30))).toEqual({ expiredKeys: ['whole'], abortedUploads: 0 })
  const media = await client.send(new ListObjectsV2Command({ Bucket: buckets.media }))
  expect(media.Contents?.map(({ Key }) => Key)).toEqual(['whole'])
})
