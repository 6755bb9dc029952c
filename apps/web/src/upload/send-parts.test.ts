import { beforeEach, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn, type World } from '../../test/upload-world.ts'
import { hashBlob } from './hash-blob.ts'
import { UnreadableFile } from './hash-file.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

const MB = 2 ** 20
/** Five parts of 8 MB, the last one short; no two of them alike. */
const content = new Uint8Array(33 * MB).map((_, i) => i * 31 + (i >> 12))
const bigPhoto = (name = 'big.jpg') => new File([content], name, { type: 'image/jpeg' })
const until = (done: () => boolean) => pollUntil(done, { timeoutMs: 15_000, what: 'the queue to settle' })

const start = (changes: Partial<UploadQueueDeps> = {}) => {
  const started = startQueueIn(world, { hash: (blob) => hashBlob(blob), ...changes })
  started.queue.open()
  return started
}
const onlyId = (): string => [...world.rows.values()][0]?.mediaId ?? ''
const arrived = (): boolean => world.objects.get(`/${onlyId()}`)?.equals(content) ?? false

test('a large file goes up in parts, four at a time, and arrives byte for byte', async () => {
  const sums: number[] = []
  const { queue, history, states } = start({
    hash: (blob) => {
      sums.push(blob.size)
      return hashBlob(blob)
    },
  })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  expect(history.get(0)).toEqual(['waiting', 'checking', 'reserved', 'sending', 'received', 'inspecting', 'ready'])
  expect(arrived()).toBe(true)
  expect(world.calls.put).toBe(5)
  expect(world.most.sending).toBeLessThanOrEqual(4)
  // Never the whole file at once, and nothing to ask for that was never sent.
  expect(Math.max(...sums)).toBe(8 * MB)
  expect(world.calls.listParts).toBe(0)
})

test('large and small files together never send more than four requests at a time', async () => {
  const { queue, states } = start()
  queue.add([bigPhoto('a.jpg'), ...Array.from({ length: 8 }, (_, i) => photo(`${i}.jpg`)), bigPhoto('b.jpg')])
  await until(() => states().every((state) => state === 'ready'))
  expect(world.most.sending).toBeLessThanOrEqual(4)
  // How many of the four are taken depends on how soon a part's sum is there.
  expect(world.most.sending).toBeGreaterThan(1)
})

test('only the part that broke is sent again', async () => {
  world.putFaults.push(503, 'cut', 'lose')
  const { queue, states } = start()
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(8)
  expect(arrived()).toBe(true)
})

test('an expired part is signed again alone, and at once', async () => {
  world.putFaults.push(403)
  const { queue, states, slept } = start()
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  // Each once, and the one that was too late once more.
  expect(world.calls.signParts.flat()).toHaveLength(6)
  expect(slept).not.toContain(500)
  expect(arrived()).toBe(true)
})

test('a part that is told to wait to be signed waits as long as told', async () => {
  world.putFaults.push(403)
  const { queue, states, slept } = start({
    signParts: (mediaId, parts) => {
      const isAgain = parts.some(({ partNumber }) => world.calls.signParts.flat().includes(partNumber))
      if (isAgain && !slept.includes(7000)) return Promise.reject(new RefusedCall('rate_limited', 7))
      return world.api.signParts(mediaId, parts)
    },
  })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  expect(slept.filter((ms) => ms === 7000)).toHaveLength(1)
  expect(arrived()).toBe(true)
})

test('parts that went missing are asked for and sent before it is complete', async () => {
  let isFirst = true
  const { queue, states } = start({
    completeMultipart: (mediaId) => {
      if (isFirst) world.parts.lose(mediaId, 2)
      isFirst = false
      return world.api.completeMultipart(mediaId)
    },
  })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(6)
  expect(arrived()).toBe(true)
})

test('what failed is tried again by hand with the missing parts only', async () => {
  // Four parts arrive; for the one that is left nothing goes through.
  const { queue, items, states } = start({
    put: async (request, file, watch) => {
      if (!request.url.endsWith('part=5') || world.calls.listParts > 0) return world.put(request, file, watch)
      await until(() => world.parts.numbers(onlyId()).length === 4)
      return 0
    },
  })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('network')
  const sentBefore = world.calls.put
  expect(world.parts.numbers(onlyId())).toEqual([1, 2, 3, 4])
  queue.retry([0])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put - sentBefore).toBe(1)
  expect(arrived()).toBe(true)
})

test('a lost answer to the completion costs nothing', async () => {
  world.apiFaults.completeMultipart.push(new Error('connection reset'))
  const { queue, states } = start()
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(5)
})

test('progress counts bytes and ends at all of them', async () => {
  const seen: number[] = []
  const { queue, states } = start({ onChanged: (after) => seen.push(after.sentBytes) })
  queue.add([bigPhoto()])
  await until(() => arrived() && seen.at(-1) === content.length)
  expect(seen.some((bytes) => bytes > 0 && bytes < content.length)).toBe(true)
  expect(Math.max(...seen)).toBe(content.length)
  expect(states().length).toBe(1)
})

test('a large file that is paused stands at what has arrived', async () => {
  let left = 2
  const { queue, items, states } = start({
    put: (request, file, watch) => {
      if ((left -= 1) >= 0) return world.put(request, file, watch)
      watch.onProgress(file.size / 2)
      return new Promise((resolve) => watch.signal.addEventListener('abort', () => resolve(0), { once: true }))
    },
  })
  queue.add([bigPhoto()])
  await until(() => items[0]?.arrivedBytes === 16 * MB && items[0].sentBytes > 16 * MB)
  queue.pause()
  expect(states()).toEqual(['reserved'])
  expect(items[0]?.sentBytes).toBe(16 * MB)
})

test('cancelling stops every part, and gives the reservation back', async () => {
  const { queue, states } = start({
    put: (_request, _file, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(0), { once: true })),
  })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'sending')
  queue.cancel(0)
  await until(() => world.calls.cancel.length === 1)
  expect(states()).toEqual(['cancelled'])
  expect(world.objects.size).toBe(0)
})

test('a session that ends on the way keeps what has arrived', async () => {
  world.apiFaults.completeMultipart.push(new RefusedCall('sign_in_needed'))
  const { queue, states, said } = start()
  queue.add([bigPhoto()])
  await until(() => said.signInNeeded === 1)
  expect(states()).toEqual(['reserved'])
  queue.open()
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(5)
})

test('a file that can no longer be read fails as such', async () => {
  const { queue, items, states } = start({ hash: () => Promise.reject(new UnreadableFile()) })
  queue.add([bigPhoto()])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('unreadable')
})
