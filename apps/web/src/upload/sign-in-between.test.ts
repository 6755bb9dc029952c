// The queue of somebody who is not signed in yet or any more, and of whoever signs in after them.
import { expect, test } from 'vitest'
import { openWorld, until } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn } from '../../test/upload-world.ts'

test('files chosen while signed out are kept, and sent once somebody signs in', async () => {
  const world = await openWorld()
  const { queue, states, said } = startQueueIn(world)
  queue.add([photo('a.jpg')])
  expect(said.signInNeeded).toBe(1)
  expect(states()).toEqual(['waiting'])
  queue.open()
  await until(() => states()[0] === 'ready')
})

test('a session that ended meanwhile loses nothing', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(new RefusedCall('sign_in_needed'))
  const { queue, states, said } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => said.signInNeeded === 1)
  queue.open()
  await until(() => states()[0] === 'ready')
  expect(world.rows.size).toBe(1)
})

test('what one person left unsent is never sent for the next who signs in', async () => {
  const world = await openWorld()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const { queue, states } = startQueueIn(world, {
    put: async (request, file, watch) => {
      await held
      return watch.signal.aborted ? 0 : world.put(request, file, watch)
    },
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'sending')
  queue.close()
  queue.add([photo('b.jpg')])
  queue.abandon()
  queue.open()
  release()
  queue.add([photo('theirs.jpg')])
  await until(() => states()[2] === 'ready')
  expect(states()).toEqual(['cancelled', 'cancelled', 'ready'])
  expect(world.objects.size).toBe(1)
  // Giving it back is for whoever reserved it.
  expect(world.calls.cancel).toEqual([])
})

test('a pre-flight that was refused for want of a session is not made again for somebody else', async () => {
  const world = await openWorld()
  world.apiFaults.begin.push(new RefusedCall('sign_in_needed'))
  const { queue, said, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('of-ann.jpg')])
  await until(() => said.signInNeeded === 1)
  queue.abandon()
  queue.open()
  queue.add([photo('of-bob.jpg')])
  await until(() => states()[1] === 'ready')
  expect([...world.rows.values()].map(({ name }) => name)).toEqual(['of-bob.jpg'])
})

for (const answer of ['is lost', 'comes', 'is a refusal for want of a session'] as const) {
  test(`a pre-flight whose answer ${answer} after somebody else has signed in is not made again, and changes nothing`, async () => {
    const world = await openWorld()
    const { promise: gate, resolve: goOn } = Promise.withResolvers<void>()
    const declared: string[] = []
    const { queue, states, said } = startQueueIn(world, {
      begin: async (batchId, files) => {
        declared.push(...files.map(({ name }) => name))
        if (declared.length > 1) return world.api.begin(batchId, files)
        await gate
        if (answer === 'is lost') throw new TypeError('Failed to fetch')
        if (answer === 'comes') return world.api.begin(batchId, files)
        throw new RefusedCall('sign_in_needed')
      },
    })
    queue.open()
    queue.add([photo('of-ann.jpg')])
    await until(() => declared.length === 1)
    queue.abandon()
    queue.open()
    queue.add([photo('of-bob.jpg')])
    goOn()
    await until(() => states()[1] === 'ready')
    expect(declared).toEqual(['of-ann.jpg', 'of-bob.jpg'])
    expect(states()[0]).toBe('cancelled')
    expect(world.calls.cancel).toEqual([])
    expect(said.signInNeeded).toBe(0)
  })
}
