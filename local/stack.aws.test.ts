import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import { lambdaNames, type LambdaName } from './cloud-names.ts'
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

test('what a killed stack had taken is taken up at once by the next', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-'))
  const before = await startStack({ parts: ['sqs'], dataDir })
  before.sqs.send('uploads', '{"Event":"s3:TestEvent"}')
  await before.sqs.receive('uploads', { count: 1, waitSeconds: 0, signal: new AbortController().signal })
  await before.stop()
  const only = (name: LambdaName) => [name, { isPolling: name === 'inspect' }] as const
  const next = await startStack({
    parts: ['sqs', 'lambdas'],
    dataDir,
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere',
    lambdas: Object.fromEntries(lambdaNames.map(only)),
  })
  stop = async () => {
    await next.stop()
    rmSync(dataDir, { recursive: true })
  }
  await expect.poll(() => next.sqs.peek('uploads'), { timeout: 10_000 }).toEqual([])
})
