import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeItem } from '../../test/make-item.ts'
import { openWorld, photos, until } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn } from '../../test/upload-world.ts'
import { hashBlob } from './hash-blob.ts'
import { UnreadableFile } from './hash-file.ts'

test('a file goes through every state to the feed', async () => {
  const world = await openWorld()
  const { queue, history, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(history.get(0)).toEqual(['waiting', 'checking', 'reserved', 'sending', 'received', 'inspecting', 'ready'])
  expect(world.objects.size).toBe(1)
})

test('120 files go in three pre-flights, four at a time, and all arrive', async () => {
  const world = await openWorld()
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add(photos(120))
  await until(() => states().every((state) => state === 'ready'))
  expect(world.calls.begin).toBe(3)
  expect(world.most.sending).toBe(4)
  expect(Math.max(...world.calls.watch.map((ids) => ids.length))).toBeLessThanOrEqual(100)
})

test('what one answer calls ready is told of together, each place once', async () => {
  const world = await openWorld()
  const told: [number, string][] = []
  const { queue, states } = startQueueIn(world, {
    // Nothing is ready before all are there.
    watch: async (ids) => {
      const answers = await world.api.watch(ids)
      const isWhole = ids.length === 7
      return answers.map((answer) =>
        isWhole ? { ...answer, state: 'ready', item: makeItem(1) } : { ...answer, state: 'reserved' },
      )
    },
    onReady: (items, { kind }) => told.push([items.length, kind]),
  })
  queue.open()
  queue.add(photos(4))
  // Of what was kept, each file has read its own.
  const makeTrip = () => ({ kind: 'group', groupId: numberedId('group', 1), name: 'Trip' }) as const
  for (const file of photos(3)) queue.add([file], makeTrip())
  await until(() => states().every((state) => state === 'ready'))
  expect(told).toEqual([
    [4, 'feed'],
    [3, 'group'],
  ])
})

test('what the policy refuses is answered at once and never declared', async () => {
  const world = await openWorld()
  const { queue, items } = startQueueIn(world)
  queue.open()
  queue.add([new File(['%PDF'], 'a.pdf', { type: 'application/pdf' }), photo('empty.jpg', 0)])
  expect(items.map((item) => item.refusal?.code)).toEqual(['type_not_allowed', 'file_empty'])
  expect(world.calls.begin).toBe(0)
})

test('what the processor refuses is shown with its reason', async () => {
  const world = await openWorld()
  const { queue, items } = startQueueIn(world)
  queue.open()
  queue.add([photo('bad.jpg'), photo('good.jpg')])
  await until(() => items[0]?.state === 'refused' && items[1]?.state === 'ready')
  expect(items[0]?.refusal).toEqual({ code: 'image_damaged' })
})

test('what could not be looked into is sent again in its row, as another upload', async () => {
  const world = await openWorld()
  let isBroken = true
  const { queue, items, states } = startQueueIn(world, {
    watch: async (ids) =>
      (await world.api.watch(ids)).map((answer) =>
        isBroken && answer.state === 'ready' ? { ...answer, state: 'refused', reason: 'processing_failed' } : answer,
      ),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'refused')
  const before = items[0]?.mediaId
  isBroken = false
  queue.retry([0])
  await until(() => states()[0] === 'ready')
  expect(items).toHaveLength(1)
  expect(items[0]?.mediaId).not.toBe(before)
  expect(world.objects.size).toBe(2)
})

test('what did not fit is sent again once there is room', async () => {
  const world = await openWorld()
  world.room.bytes = 150
  const { queue, items, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states()[0] === 'ready' && states()[1] === 'refused')
  queue.retry([0, 1])
  await until(() => world.calls.begin === 2 && states()[1] === 'refused')
  expect(items[1]?.refusal).toEqual({ code: 'over_day_quota' })
  world.room.bytes = 150
  queue.retry([0, 1])
  await until(() => states()[1] === 'ready')
  expect(world.objects.size).toBe(2)
})

test('a file that cannot be read fails alone', async () => {
  const world = await openWorld()
  const { queue, items, states } = startQueueIn(world, {
    hash: (file) => (file.size === 7 ? Promise.reject(new UnreadableFile()) : Promise.resolve('sha')),
  })
  queue.open()
  queue.add([photo('moved.jpg', 7), photo('b.jpg')])
  await until(() => states()[1] === 'ready')
  expect(items[0]).toMatchObject({ state: 'failed', trouble: 'unreadable' })
})

test('a pause stops what is being sent, and going on loses nothing', async () => {
  const world = await openWorld()
  let isStuck = true
  const { queue, states } = startQueueIn(world, {
    put: (request, file, watch) =>
      isStuck
        ? new Promise((resolve) => watch.signal.addEventListener('abort', () => resolve(0)))
        : world.put(request, file, watch),
  })
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states().every((state) => state === 'sending'))
  queue.pause()
  expect(states()).toEqual(['reserved', 'reserved'])
  isStuck = false
  expect(world.calls.put).toBe(0)
  queue.resume()
  await until(() => states().every((state) => state === 'ready'))
  expect(world.rows.size).toBe(2)
})

for (const bytes of [100, 16 * 2 ** 20 + 1]) {
  test(`a file of ${bytes} bytes whose reservation expired before it arrived begins anew`, async () => {
    const world = await openWorld()
    let status = 418
    const { queue, states } = startQueueIn(world, {
      hash: hashBlob,
      put: (request, file, watch) => (status === 200 ? world.put(request, file, watch) : Promise.resolve(status)),
    })
    queue.open()
    queue.add([photo('a.jpg', bytes)])
    await until(() => states()[0] === 'failed')
    for (const row of world.rows.values()) row.state = 'expired'
    status = 200
    queue.retryBroken()
    await until(() => states()[0] === 'ready')
    expect(world.rows.size).toBe(2)
  })
}

test('300 files that have expired are declared in batches again, and not one by one', async () => {
  const world = await openWorld()
  let status = 418
  const eyes = Promise.withResolvers<void>()
  const { queue, states } = startQueueIn(world, {
    put: (request, file, watch) => (status === 200 ? world.put(request, file, watch) : Promise.resolve(status)),
    waitForEyes: () => eyes.promise,
  })
  queue.open()
  queue.add(Array.from({ length: 300 }, (_, n) => photo(`${n}.jpg`)))
  await until(() => states().every((state) => state === 'failed'))
  expect(world.calls.begin).toBe(6)
  for (const row of world.rows.values()) row.state = 'expired'
  status = 200
  const signedBefore = world.calls.sign
  queue.retryBroken()
  // Nobody asks what became of them before each has been refused.
  await until(() => world.calls.sign - signedBefore === 300)
  eyes.resolve()
  await until(() => states().every((state) => state === 'ready'))
  expect(world.calls.begin).toBe(12)
})

test('a file that was declared, unheard of, and has expired since begins anew', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(undefined, new TypeError('Failed to fetch'))
  const { queue, states } = startQueueIn(world, {
    sleep: () => {
      if (world.calls.begin === 1) for (const row of world.rows.values()) row.state = 'expired'
      return new Promise((resolve) => setImmediate(resolve))
    },
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(world.rows.size).toBe(2)
})

test('what expired after it was cancelled is not begun anew', async () => {
  const world = await openWorld()
  const { queue, states } = startQueueIn(world, {
    put: (_request, _file, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(0), { once: true })),
    cancel: () => Promise.reject(new RefusedCall('upload_settled')),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'sending')
  for (const row of world.rows.values()) row.state = 'expired'
  queue.cancel(0)
  await until(() => states()[0] === 'refused')
  expect(world.calls.begin).toBe(1)
})

test('a watch that breaks goes on', async () => {
  const world = await openWorld()
  world.apiFaults.watch.push(new Error('no network'))
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
})
