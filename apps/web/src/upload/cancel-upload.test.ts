// A file that is cancelled, early, too late, or chosen again meanwhile.
import { expect, test } from 'vitest'
import { openWorld, until } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn } from '../../test/upload-world.ts'
import { publicFeed } from './destination.ts'

test('a cancelled file is not sent, and its reservation is given back', async () => {
  const world = await openWorld()
  let release = () => {}
  const { queue, states } = startQueueIn(world, {
    put: (request, file, watch) =>
      new Promise((resolve) => {
        watch.signal.addEventListener('abort', () => resolve(0))
        release = () => resolve(world.put(request, file, watch))
      }),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'sending')
  queue.cancel(0)
  release()
  expect(states()).toEqual(['cancelled'])
  await until(() => world.calls.cancel.length === 1)
  expect(world.objects.size).toBe(0)
})

test('a cancel that comes too late is taken back: the row says what became of the file', async () => {
  const world = await openWorld()
  let mayWatch = false
  const { queue, states } = startQueueIn(world, {
    cancel: () => Promise.reject(new RefusedCall('upload_settled')),
    watch: (mediaIds) => (mayWatch ? world.api.watch(mediaIds) : Promise.reject(new Error('not yet'))),
    sleep: () => new Promise((resolve) => setTimeout(resolve, 5)),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'received')
  mayWatch = true
  queue.cancel(0)
  expect(states()).toEqual(['cancelled'])
  await until(() => states()[0] === 'ready')
})

test('what is cancelled elsewhere, or with the right to add here, says so in its row', async () => {
  const world = await openWorld()
  world.putFaults.push(403)
  const { queue, states, items } = startQueueIn(world, {
    put: (request, file, watch) => {
      for (const row of world.rows.values()) row.state = 'cancelled'
      return world.put(request, file, watch)
    },
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'refused')
  expect(items[0]?.refusal?.code).toBe('upload_settled')
})

test('a reservation that is being given back is not promised to the same file chosen again', async () => {
  const world = await openWorld()
  const { promise: cancelled, resolve: release } = Promise.withResolvers<void>()
  const { queue, states } = startQueueIn(world, {
    put: (_request, _file, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(0), { once: true })),
    cancel: () => cancelled,
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'sending')
  queue.cancel(0)
  queue.add([photo('a.jpg')])
  await until(() => states()[1] === 'checking')
  expect(world.calls.begin).toBe(1)
  release()
  await until(() => states()[1] === 'sending')
  expect(world.calls.begin).toBe(2)
})

test('a large upload that is being given back is not taken up again, whoever names it: it is begun anew', async () => {
  const world = await openWorld()
  const { promise: cancelled, resolve: release } = Promise.withResolvers<void>()
  const { queue, items, states } = startQueueIn(world, {
    put: (_request, _file, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(0), { once: true })),
    cancel: () => cancelled,
  })
  const film = () => photo('film.jpg', 17 * 2 ** 20)
  queue.open()
  queue.add([film()])
  await until(() => states()[0] === 'sending')
  const mediaId = items[0]?.mediaId ?? null
  queue.cancel(0)
  queue.add([film()], publicFeed, mediaId)
  await until(() => states()[1] === 'checking')
  release()
  await until(() => states()[1] === 'sending')
  expect(items[1]?.mediaId).not.toBe(mediaId)
})
