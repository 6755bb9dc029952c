import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { afterAll, expect, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { startInspector } from '../../test/start-inspector.ts'
import type { CopyJob } from '../video/play/make-play.ts'
import type { Part } from '../video/play/plan-parts.ts'
import { createS3PlayObjects } from './s3-play-objects.ts'

const { client, stop, listMedia } = await startInspector()
afterAll(stop)

const { assemble } = createS3PlayObjects({
  s3: client,
  incomingBucket: buckets.incoming,
  mediaBucket: buckets.media,
})

const parts = Array.from({ length: 40 }, (_, n): Part => ({ way: 'send', start: n, end: n + 1 }))

const assembleSent = (job: Pick<CopyJob<string>, 'makeBody' | 'check'>) =>
  assemble({ from: { key: 'film', etag: 'e' }, to: { key: 'v/play', type: 'video/mp4' }, parts, ...job })

async function expectNothing(): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: buckets.media }))
  expect([...Uploads, ...(await listMedia())]).toEqual([])
}

test('begins no more parts of a copy that will not be', async () => {
  const found = Promise.withResolvers<string>()
  let begun = 0
  const makeBody = async () => {
    begun += 1
    if (begun === 8) found.resolve('late')
    return Buffer.of(1)
  }
  expect(await assembleSent({ makeBody, check: () => found.promise })).toBe('late')
  expect(begun).toBeLessThan(parts.length / 2)
  await expectNothing()
})

const fail = () => Promise.reject(new Error('no bytes'))

test.each([
  ['a part', { isPartBroken: true, check: () => Promise.resolve(null) }],
  ['the look at it', { isPartBroken: false, check: fail }],
])('fails when %s does, but not before all that was begun has ended', async (_, { isPartBroken, check }) => {
  let [begun, ended] = [0, 0]
  const makeBody = async ({ start }: Part) => {
    if (isPartBroken && start === 0) return fail()
    begun += 1
    // Longer than the one request that aborts.
    for (let n = 0; n < 8; n += 1) await listMedia()
    ended += 1
    return Buffer.of(1)
  }
  await expect(assembleSent({ makeBody, check })).rejects.toThrow('no bytes')
  expect(begun).toBeGreaterThan(0)
  expect(begun).toBeLessThan(parts.length / 2)
  expect(ended).toBe(begun)
  await expectNothing()
})
