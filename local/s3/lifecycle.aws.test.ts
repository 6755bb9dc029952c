import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startS3Fixture, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'incoming'
const dayMs = 24 * 60 * 60 * 1000

let fixture: S3Fixture
beforeAll(async () => {
  fixture = await startS3Fixture()
})
afterAll(() => fixture.stop())

test('expires objects and aborts uploads of its prefix at the midnight after their age', async () => {
  const { client, s3 } = fixture
  for (const Key of ['in/old', 'kept/old']) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  }
  // A day old some time tomorrow; gone at the midnight after that.
  const expiryMs = Math.ceil((Date.now() + dayMs) / dayMs) * dayMs
  expect(s3.applyLifecycle(expiryMs - 1)).toEqual({ expiredKeys: [], abortedUploads: 0 })
  expect(s3.applyLifecycle(expiryMs)).toEqual({ expiredKeys: ['in/old'], abortedUploads: 0 })
  expect(s3.applyLifecycle(expiryMs + dayMs)).toEqual({ expiredKeys: [], abortedUploads: 1 })

  const objects = await client.send(new ListObjectsV2Command({ Bucket }))
  expect(objects.Contents?.map(({ Key }) => Key)).toEqual(['kept/old'])
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket }))
  expect(uploads.Uploads?.map(({ Key }) => Key)).toEqual(['kept/old'])
})
