import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import { credentials, region } from '../cloud-names.ts'
import { presignPut, send, sha256Base64, startS3Fixture, uploadsArn, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'incoming'
const body = Buffer.from('some bytes')
const running: S3Fixture[] = []

afterEach(async () => {
  for (const fixture of running.splice(0)) await fixture.stop()
})

async function start(options: Parameters<typeof startS3Fixture>[0] = {}): Promise<S3Fixture> {
  const fixture = await startS3Fixture(options)
  running.push(fixture)
  return fixture
}

const records = (fixture: S3Fixture) => fixture.sent.flatMap((event) => event.body['Records'] ?? [])
const put = (fixture: S3Fixture, Key: string) => fixture.client.send(new PutObjectCommand({ Bucket, Key, Body: body }))

test('sends a test event once, when a bucket is first connected to a queue', async () => {
  const { sent } = await start()
  await expect.poll(() => sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({ queueArn: uploadsArn, body: { Event: 's3:TestEvent', Bucket } })
})

test('describes a new object as AWS does, with its key encoded as in a form', async () => {
  const fixture = await start()
  await put(fixture, 'in/a b+ü(1).png')
  await put(fixture, 'elsewhere/not-matching.png')
  await expect.poll(() => records(fixture)).toHaveLength(1)
  expect(records(fixture)[0]).toMatchObject({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventName: 'ObjectCreated:Put',
    s3: {
      configurationId: 'uploads',
      bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
      object: {
        key: 'in/a+b%2B%C3%BC%281%29.png',
        size: body.length,
        eTag: expect.stringMatching(/^[0-9a-f]{32}$/),
        sequencer: expect.stringMatching(/^[0-9A-F]{16,}$/),
      },
    },
  })
})

test('names copies and completed uploads, and says nothing of what was refused or deleted', async () => {
  const fixture = await start()
  const { client } = fixture
  await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: body }))
  await client.send(new CopyObjectCommand({ Bucket, Key: 'in/copy', CopySource: `${Bucket}/source` }))
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'in/joined' }))
  const part = await client.send(
    new UploadPartCommand({ Bucket, Key: 'in/joined', UploadId, PartNumber: 1, Body: body }),
  )
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part.ETag }] }
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'in/joined', UploadId, MultipartUpload }))
  const wrongSum = sha256Base64(Buffer.from('other'))
  const url = await presignPut(fixture, { Key: 'in/refused', ContentType: 'a/b', ChecksumSHA256: wrongSum })
  const refused = await send('PUT', url, { 'content-type': 'a/b', 'x-amz-checksum-sha256': wrongSum }, body)
  expect(refused.status).toBe(400)
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'in/copy' }))
  await put(fixture, 'in/last')
  await expect.poll(() => records(fixture)).toHaveLength(3)
  expect(records(fixture)).toMatchObject([
    { eventName: 'ObjectCreated:Copy' },
    { eventName: 'ObjectCreated:CompleteMultipartUpload' },
    { eventName: 'ObjectCreated:Put' },
  ])
})

test('tries again while the queue is down, and keeps the order', async () => {
  let failuresLeft = 2
  const taken: string[] = []
  const fixture = await start({
    sendEvent: async (_arn, text) => {
      failuresLeft -= 1
      if (failuresLeft >= 0) throw new Error('queue down')
      taken.push(text)
    },
  })
  await put(fixture, 'in/1')
  await put(fixture, 'in/2')
  await expect.poll(() => taken).toHaveLength(3)
  expect(taken[1]).toContain('in/1')
  expect(taken[2]).toContain('in/2')
  expect(fixture.s3.countPendingEvents()).toBe(0)
})

test('an event that was pending when the server was killed is sent by the next one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-s3-killed-'))
  const script = fileURLToPath(new URL('./s3-deaf-queue.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [endpoint] = await once(child.stdout.setEncoding('utf8'), 'data')
  const client = new S3Client({ endpoint: String(endpoint).trim(), region, credentials, maxAttempts: 1 })
  await client.send(new PutObjectCommand({ Bucket, Key: 'in/answered-200', Body: body }))
  child.kill('SIGKILL')
  await once(child, 'exit')

  const fixture = await start({ dataDir })
  await expect.poll(() => records(fixture)).toHaveLength(1)
  expect(records(fixture)[0]).toMatchObject({ s3: { object: { key: 'in/answered-200' } } })
  rmSync(dataDir, { recursive: true, force: true })
})
