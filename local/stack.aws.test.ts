import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import { startStack } from './stack.ts'

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

test('starts only what is asked for, and what that needs', async () => {
  const stack = await startStack({ parts: ['s3', 'sqs'] })
  stop = stack.stop
  expect(Object.keys(stack)).not.toContain('postgres')
  const client = new S3Client({ endpoint: stack.s3.endpoint, region: stack.region, credentials: stack.credentials })
  await client.send(new PutObjectCommand({ Bucket: 'shoebox-incoming', Key: 'u/1', Body: 'x' }))
  await expect
    .poll(() => stack.sqs.peek('uploads').map((body) => JSON.parse(body).Records?.[0].s3.object.key ?? 'test event'))
    .toEqual(['test event', 'u/1'])
})

test('two stacks live beside each other', async () => {
  const first = await startStack({ parts: ['s3', 'sqs', 'ses'], ports: 'preferred' })
  const second = await startStack({ parts: ['s3', 'sqs', 'ses'], ports: 'preferred' })
  stop = async () => {
    await first.stop()
    await second.stop()
  }
  expect(second.s3.port).not.toBe(first.s3.port)
  expect(second.siteOrigin).toMatch(/^http:\/\/localhost:\d+$/)
})
