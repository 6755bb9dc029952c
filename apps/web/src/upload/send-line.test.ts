import { expect, test } from 'vitest'
import { openWorld, photos, until } from '../../test/open-world.ts'
import { photo, startQueueIn } from '../../test/upload-world.ts'
import { attemptsMax } from './back-off.ts'
import { UnreadableFile } from './hash-file.ts'

test('a lost answer to a PUT is made good by the 412 of the next attempt', async () => {
  const world = await openWorld()
  world.putFaults.push('lose')
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(2)
  expect(world.objects.size).toBe(1)
})

test('an expired request is signed anew, at once', async () => {
  const world = await openWorld()
  world.putFaults.push(403)
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(world.calls.sign).toBe(1)
  expect(slept).not.toContain(500)
})

test('a request that has grown old is not tried at all', async () => {
  const world = await openWorld()
  let nowMs = 0
  const { queue, states } = startQueueIn(world, {
    nowMs: () => nowMs,
    put: (request, file, watch) => {
      if (world.calls.put === 3) nowMs = 15 * 60_000
      return world.put(request, file, watch)
    },
  })
  queue.open()
  queue.add(photos(5))
  await until(() => states().every((state) => state === 'ready'))
  // The first four started while their requests were young; the fifth had to wait for one of them.
  expect(world.calls.sign).toBe(1)
})

test('conflicts, throttling and broken connections are tried again with growing waits', async () => {
  const world = await openWorld()
  world.putFaults.push(409, 503, 'cut')
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(slept.slice(0, 3)).toEqual([500, 1000, 2000])
})

test('a connection that breaks on its way is made again at once; one that is never made waits', async () => {
  const world = await openWorld()
  const { queue, states, slept } = startQueueIn(world, {
    put: (request, file, watch) => {
      if (file.size === 1) watch.onProgress(1)
      return file.size < 3 && (world.calls.put += 1) <= 2 ? Promise.resolve(0) : world.put(request, file, watch)
    },
  })
  queue.open()
  queue.add([photo('moved.jpg', 1), photo('never-made.jpg', 2)])
  await until(() => states().every((state) => state === 'ready'))
  expect(slept.filter((ms) => ms === 500)).toHaveLength(1)
})

test('what keeps failing fails, can be tried again, and only then succeeds', async () => {
  const world = await openWorld()
  world.putFaults.push(...Array.from({ length: attemptsMax }, () => 500))
  const { queue, items, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('network')
  queue.retry([0])
  await until(() => states()[0] === 'ready')
  expect(world.rows.size).toBe(1)
})

test('what the network broke is tried again, unasked, once the network is back', async () => {
  const world = await openWorld()
  world.putFaults.push(...Array.from({ length: attemptsMax }, () => 'cut' as const))
  const { queue, states } = startQueueIn(world, {
    hash: (file) => (file.size === 7 ? Promise.reject(new UnreadableFile()) : Promise.resolve('sha')),
  })
  queue.open()
  queue.add([photo('a.jpg'), photo('moved.jpg', 7)])
  await until(() => states().every((state) => state === 'failed'))
  queue.retryBroken()
  await until(() => states()[0] === 'ready')
  expect(states()[1]).toBe('failed')
})

test('a file that was changed after it was summed is not blamed on the network', async () => {
  const world = await openWorld()
  world.putFaults.push(400)
  const { queue, items, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('unreadable')
})

test('a file that is gone while it is sent fails at once, without being tried for minutes', async () => {
  const world = await openWorld()
  const file = photo('a.jpg')
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError')
  }
  const { queue, items, states } = startQueueIn(world, { put: () => Promise.resolve(0) })
  queue.open()
  queue.add([file])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('unreadable')
})
