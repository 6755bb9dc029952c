import { expect, test } from 'vitest'
import { openWorld, until } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn } from '../../test/upload-world.ts'
import { attemptsMax } from './back-off.ts'
import type { BeginAnswer } from './declare-batch.ts'

test('a lost answer to the pre-flight gives the same rows when asked again', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(undefined, new Error('connection reset'))
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states().every((state) => state === 'ready'))
  expect(world.calls.begin).toBe(2)
  expect(world.rows.size).toBe(2)
})

test('a pre-flight that keeps failing is repeated by hand with the same batch', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(...Array.from({ length: attemptsMax }, () => new Error('no network')))
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states().every((state) => state === 'failed'))
  queue.retry([0, 1])
  await until(() => states().every((state) => state === 'ready'))
  expect([...world.rows.keys()]).toEqual(['batch-1/0', 'batch-1/1'])
})

test('too many requests wait as long as they were told', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(new RefusedCall('rate_limited', 7))
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(slept).toContain(7000)
})

test('a duplicate waits for a word, and goes with it', async () => {
  const world = await openWorld()
  const { queue, items, states } = startQueueIn(world, {
    begin: (batchId, files) =>
      files.some((file) => file.allowDuplicate === true)
        ? world.api.begin(batchId, files)
        : Promise.resolve(files.map(() => ({ ok: false, code: 'duplicate' }))),
  })
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states().every((state) => state === 'refused'))
  expect(items[0]?.refusal?.code).toBe('duplicate')
  queue.addAnyway([1])
  await until(() => states()[1] === 'ready')
  expect(states()[0]).toBe('refused')
  expect(world.rows.size).toBe(1)
})

test('the same file chosen again while it waits is sent once, and its row leads to the first', async () => {
  const world = await openWorld()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const { queue, items, states } = startQueueIn(world, {
    put: (request, file, watch) => held.then(() => world.put(request, file, watch)),
    // Content that waits already is answered with its reservation.
    begin: (_batchId, files) => world.api.begin('the-one', files),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'sending')
  queue.add([photo('a.jpg')])
  await until(() => states()[1] === 'refused')
  expect(items[1]?.duplicateOf).toBe(items[0]?.mediaId)
  release()
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(1)
})

test('a small file that has failed and is chosen again takes over the reservation that waits for it', async () => {
  const world = await openWorld()
  world.putFaults.push(400)
  // As the API does: what waits for the same content is handed out again.
  let first: Promise<BeginAnswer[]> | undefined
  const { queue, items, states } = startQueueIn(world, {
    begin: (batchId, files) => (first ??= world.api.begin(batchId, files)),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'failed')
  const mediaId = items[0]?.mediaId
  queue.add([photo('a.jpg')])
  await until(() => states()[1] === 'ready')
  expect(states()[0]).toBe('cancelled')
  expect(items[1]?.mediaId).toBe(mediaId)
  expect(world.objects.size).toBe(1)
})
