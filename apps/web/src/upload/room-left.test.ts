// What is more than there is room for: what is said of it, and when.
import { expect, test } from 'vitest'
import { openWorld, photos, until } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn, type World } from '../../test/upload-world.ts'
import type { BeginAnswer } from './declare-batch.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

/** Photos that need `batches` calls; of the plan, room for all but three. */
function chooseTooMany(world: World, batches: number) {
  const files = photos((batches - 1) * 50 + 10)
  world.room.bytes = (files.length - 3) * 100
  return files
}

/** Runs until all is sent or refused; how many were refused when the first byte went out. */
async function countRefusedFirst(world: World, files: File[], changes: Partial<UploadQueueDeps> = {}) {
  let refusedFirst = -1
  const { queue, items, states, said } = startQueueIn(world, {
    put: (request, file, watch) => {
      if (refusedFirst < 0) refusedFirst = states().filter((state) => state === 'refused').length
      return world.put(request, file, watch)
    },
    ...changes,
  })
  queue.open()
  queue.add(files)
  await until(() => {
    if (said.signInNeeded > 0) queue.open()
    return states().every((state) => state === 'ready' || state === 'refused')
  })
  return { refusedFirst, said, refused: items.filter(({ state }) => state === 'refused') }
}

/** How many calls had been made when each file went out. */
function watchPuts(world: World) {
  const sentAt: number[] = []
  const put: UploadQueueDeps['put'] = (request, file, watch) => {
    sentAt.push(world.calls.begin)
    return world.put(request, file, watch)
  }
  return { sentAt, put }
}

test('what is over the quota is refused before a byte is sent, and only a new choice asks again', async () => {
  const world = await openWorld()
  const { queue, items, states } = startQueueIn(world, {
    begin: (_batchId, files) => Promise.resolve(files.map(() => ({ ok: false, code: 'over_day_quota' }))),
  })
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'refused')
  expect(items[0]?.refusal?.code).toBe('over_day_quota')
  queue.addAnyway([0])
  expect(states()).toEqual(['refused'])
  expect(world.calls.put).toBe(0)
})

test('of a choice of several calls too, what does not fit is said before a byte is sent, and what fits goes', async () => {
  const world = await openWorld()
  const { refusedFirst, refused } = await countRefusedFirst(world, chooseTooMany(world, 4))
  expect(refusedFirst).toBe(3)
  expect(refused.map(({ file, refusal }) => `${file.name} ${refusal?.code}`)).toEqual([
    '157.jpg over_day_quota',
    '158.jpg over_day_quota',
    '159.jpg over_day_quota',
  ])
  expect(world.calls.readRoom).toBe(1)
})

test('what is there already takes no room: only the answers say what does not fit', async () => {
  const world = await openWorld()
  const { refused } = await countRefusedFirst(world, chooseTooMany(world, 2), {
    begin: async (batchId, files) => {
      const isThere = ({ name }: { name: string }) => Number.parseInt(name, 10) < 5
      const answers = await world.api.begin(
        batchId,
        files.filter((file) => !isThere(file)),
      )
      return files.map((file) => (isThere(file) ? { ok: false, code: 'duplicate' } : (answers.shift() as BeginAnswer)))
    },
  })
  expect(new Set(refused.map(({ refusal }) => refusal?.code))).toEqual(new Set(['duplicate']))
})

test('a choice that fits is sent from its first answer on, and one of a single call asks for nothing before', async () => {
  const world = await openWorld()
  const { sentAt, put } = watchPuts(world)
  world.room.bytes = 16_000
  await countRefusedFirst(world, photos(160), { put })
  expect(sentAt[0]).toBe(1)
  expect(world.calls.readRoom).toBe(1)
  await countRefusedFirst(world, [photo('a.jpg'), photo('b.jpg')])
  expect(world.calls.readRoom).toBe(1)
})

test('where nobody can say what is left, each call is answered and sent by itself', async () => {
  const world = await openWorld()
  world.apiFaults.readRoom.push(new Error('no network'))
  const { refusedFirst, refused } = await countRefusedFirst(world, chooseTooMany(world, 4))
  expect(refusedFirst).toBe(0)
  expect(refused).toHaveLength(3)
})

test('a session that ends meanwhile is no reason to send before all is said', async () => {
  const world = await openWorld()
  world.apiFaults.readRoom.push(new RefusedCall('sign_in_needed'))
  world.apiFaults.begin.push(new RefusedCall('sign_in_needed'))
  const { refusedFirst, said } = await countRefusedFirst(world, chooseTooMany(world, 2))
  expect(said.signInNeeded).toBe(1)
  expect(refusedFirst).toBe(3)
})
