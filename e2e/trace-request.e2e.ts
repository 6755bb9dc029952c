// One id from the browser's request to the persister, in the logs of every part that an upload passes.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { signUpForTest, waitUntilSettled } from '@shoebox/testing/test-system.ts'

const logPath = join(import.meta.dirname, '../.local/test-system.log')

test('the id that a browser gave its request stands in the log of the Worker, of inspect and of the persister', async () => {
  const { client } = await signUpForTest()
  const requestId = crypto.randomUUID()
  const canvas = { width: 300, height: 200, channels: 3, background: '#336699' } as const
  const content = new Uint8Array(await sharp({ create: canvas }).jpeg().toBuffer())
  const sha256 = createHash('sha256').update(content).digest('base64')
  const file = { name: 'traced.jpg', type: 'image/jpeg', bytes: content.length, sha256 }
  const { data } = await client.mutate(
    'uploads.begin',
    { batchId: crypto.randomUUID(), files: [file] },
    { headers: { 'x-request-id': requestId } },
  )
  const [begun] = (data as { files: { mediaId: never; request: { url: string; headers: Record<string, string> } }[] })
    .files
  if (begun === undefined) throw new Error('nothing was reserved')
  const { status } = await fetch(begun.request.url, { method: 'PUT', headers: begun.request.headers, body: content })
  expect(status).toBe(200)
  expect(await waitUntilSettled(client, begun.mediaId)).toMatchObject({ state: 'ready' })

  const findParts = () => {
    const lines = readFileSync(logPath, 'utf8').split('\n')
    const parts = new Set(lines.filter((line) => line.includes(requestId)).map((line) => line.split(' ')[1]))
    return Promise.resolve(parts.size < 3 ? null : parts)
  }
  expect(await pollUntil(findParts, { what: 'the id in three logs' })).toEqual(
    new Set(['inspect', 'persist', 'worker']),
  )
})
