// Against a server of our own, since S3 and SQS cannot be asked to stall.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  UploadPartCopyCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { clientSettings } from './client-settings.ts'
import { createS3Client } from './s3-client.ts'

/** Longer than a busy machine keeps a thread waiting. */
const silenceMs = 400
const longerMs = 1.5 * silenceMs
const copySilenceMs = 5_000

/** Answers the n-th request, counted from 1, as `answer` does. */
async function connect(answer: (n: number, ...call: Parameters<RequestListener>) => unknown) {
  let requests = 0
  const server = createServer((request, response) => {
    request.resume()
    requests += 1
    void answer(requests, request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const settings = {
    ...clientSettings({ silenceMs, copySilenceMs }),
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  }
  return {
    s3: createS3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
    requests: () => requests,
  }
}

const place = { Bucket: 'media', Key: 'key' }

test('a request that S3 takes and does not answer is sent again', async () => {
  const { s3, requests } = await connect((n, _, response) => n > 1 && response.end())
  await s3.send(new HeadObjectCommand(place))
  expect(requests()).toBe(2)
})

test('and so is one to SQS', async () => {
  const { sqs, requests } = await connect((n, _, response) => n > 1 && response.end('{"QueueUrl":"http://queue"}'))
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe('http://queue')
  expect(requests()).toBe(2)
})

test('an answer that stops in the middle is asked for again', async () => {
  const { s3, requests } = await connect((n, _, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.write('<ListBucketResult>')
    if (n > 1) response.end('<KeyCount>0</KeyCount></ListBucketResult>')
  })
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'media' }))).KeyCount).toBe(0)
  expect(requests()).toBe(2)
})

test('who never answers is asked four times', async () => {
  const { s3, requests } = await connect(() => {})
  await expect(s3.send(new HeadObjectCommand(place))).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }))
  expect(requests()).toBe(4)
})

async function open(answer: Parameters<typeof connect>[0]) {
  const { s3 } = await connect(answer)
  const { Body } = await s3.send(new GetObjectCommand(place))
  if (!(Body instanceof Readable)) throw new Error('no stream')
  return Body as AsyncIterable<Uint8Array>
}

test('a stream that stops in the middle ends with an error', async () => {
  const body = await open((_, __, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('some')
  })
  const read = async () => {
    for await (const chunk of body) expect(String(chunk)).toBe('some')
  }
  await expect(read()).rejects.toThrow('no byte of the answer')
})

test.each([0, 1, 5])('a stream that is read slowly is not cut, after chunk %s', async (slowAfter) => {
  const bytes = 8 * 2 ** 20
  const body = await open((_, __, response) => response.end(Buffer.alloc(bytes)))
  let [chunks, read] = [0, 0]
  if (slowAfter === 0) await pause(longerMs)
  for await (const chunk of body) {
    chunks += 1
    read += chunk.length
    if (chunks === slowAfter) await pause(longerMs)
  }
  expect(read).toBe(bytes)
})

test('a stream whose bytes come slowly is not cut', async () => {
  const body = await open(async (_, __, response) => {
    for (let n = 0; n < 12; n += 1) {
      response.write('x')
      await pause(longerMs / 12)
    }
    response.end()
  })
  let read = 0
  for await (const chunk of body) read += chunk.length
  expect(read).toBe(12)
})

const source = { ...place, CopySource: 'incoming/key' }
const part = { UploadId: 'upload', PartNumber: 1 }

test.each<[string, (s3: S3Client) => Promise<unknown>]>([
  ['CopyObject', (s3) => s3.send(new CopyObjectCommand(source))],
  ['UploadPartCopy', (s3) => s3.send(new UploadPartCopyCommand({ ...source, ...part }))],
  ['CompleteMultipartUpload', (s3) => s3.send(new CompleteMultipartUploadCommand({ ...place, ...part }))],
])('%s is waited for, however long S3 says nothing before and within its answer', async (name, send) => {
  const { s3, requests } = await connect(async (_, __, response) => {
    await pause(longerMs)
    response.write(' ')
    await pause(longerMs)
    response.end(`<${name}Result><ETag>"e"</ETag></${name}Result>`)
  })
  await send(s3)
  expect(requests()).toBe(1)
})
