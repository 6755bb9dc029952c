// What a slow line makes of requests that live for a quarter of an hour: most of them wait longer for their turn.
import { expect, test } from 'vitest'
import { requestLifetimeSeconds } from '@shoebox/shared/upload/policy.ts'
import { openWorld, photos } from '../../test/open-world.ts'
import { startQueueIn } from '../../test/upload-world.ts'
import type { PutFile, PutRequest } from './put-request.ts'

const MB = 2 ** 20
/** One part of 8 MB takes seven minutes of it. */
const bytesPerSecond = 20e3
const stepSeconds = 10

/** Sends these over such a line, in a time of its own. Counts the requests by whether they came while they were valid. */
async function sendSlowly(files: readonly File[]) {
  const world = await openWorld()
  const { api } = world
  let nowMs = 0
  const onLine = new Set<{ left: number; size: number; watch: Parameters<PutFile>[2]; end: () => void }>()
  const sent = { inTime: 0, expired: 0 }
  const mark = (request: PutRequest) => ({ ...request, headers: { signedAt: String(nowMs) } })
  const put: PutFile = ({ headers, url }, { size }, watch) => {
    const isExpired = nowMs - Number(headers['signedAt']) > requestLifetimeSeconds * 1000
    sent[isExpired ? 'expired' : 'inTime'] += 1
    if (isExpired) return Promise.resolve(403)
    return new Promise((resolve) => {
      const end = () => {
        world.objects.set(new URL(url).pathname, Buffer.alloc(0))
        resolve(200)
      }
      onLine.add({ left: size, size, watch, end })
    })
  }
  const { queue, states } = startQueueIn(world, {
    put,
    nowMs: () => nowMs,
    hash: () => Promise.resolve('sum'),
    begin: async (batchId, declared) =>
      (await api.begin(batchId, declared)).map((answer) =>
        answer.ok && answer.method === 'put' ? { ...answer, request: mark(answer.request) } : answer,
      ),
    sign: async (mediaId) => mark(await api.sign(mediaId)),
    signParts: async (mediaId, parts) =>
      (await api.signParts(mediaId, parts)).map((part) => ({ ...part, request: mark(part.request) })),
    completeMultipart: () => Promise.resolve(),
  })
  queue.open()
  queue.add(files)
  while (!states().every((state) => state === 'ready' || state === 'failed')) {
    await new Promise((resolve) => setImmediate(resolve))
    nowMs += stepSeconds * 1000
    const share = (bytesPerSecond * stepSeconds) / onLine.size
    for (const each of onLine) {
      each.left = Math.max(0, each.left - share)
      each.watch.onProgress(each.size - each.left)
      if (each.left > 0) continue
      onLine.delete(each)
      each.end()
    }
  }
  return { ...sent, failed: states().filter((state) => state === 'failed').length }
}

test.each([
  ['the parts of a film', () => [new File([new Uint8Array(64 * MB)], 'film.mp4', { type: 'video/mp4' })], 8],
  ['photos', () => photos(6, 8 * MB), 6],
])('%s that wait for their turn longer than a request lives are signed when it comes', async (_, choose, count) => {
  expect(await sendSlowly(choose())).toEqual({ inTime: count, expired: 0, failed: 0 })
})
