import { afterEach, beforeEach, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { photo, RefusedCall, startQueueIn, startWorld, type World } from '../../test/upload-world.ts'
import { attemptsMax } from './back-off.ts'
import type { BeginAnswer } from './declare-batch.ts'
import { publicFeed } from './destination.ts'
import { UnreadableFile } from './hash-file.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

const whole = ['waiting', 'checking', 'reserved', 'sending', 'received', 'inspecting', 'ready']
const until = (done: () => boolean) => pollUntil(done, { timeoutMs: 5000, what: 'the queue to settle' })

test('a file goes through every state to the feed', async () => {
  const { queue, history, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(history.get(0)).toEqual(whole)
  expect(world.objects.size).toBe(1)
})

test('120 files go in three pre-flights, four at a time, and all arrive', async () => {
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add(Array.from({ length: 120 }, (_, i) => photo(`${i}.jpg`)))
  await until(() => states().every((state) => state === 'ready'))
  expect(world.calls.begin).toBe(3)
  expect(world.most.sending).toBe(4)
  expect(Math.max(...world.calls.watch.map((ids) => ids.length))).toBeLessThanOrEqual(100)
})

test('what the policy refuses is answered at once and never declared', () => {
  const { queue, items } = startQueueIn(world)
  queue.open()
  queue.add([new File(['%PDF'], 'a.pdf', { type: 'application/pdf' }), photo('empty.jpg', 0)])
  expect(items.map((item) => item.refusal?.code)).toEqual(['type_not_allowed', 'file_empty'])
  expect(world.calls.begin).toBe(0)
})

test('what the processor refuses is shown with its reason', async () => {
  const { queue, items } = startQueueIn(world)
  queue.open()
  queue.add([photo('bad.jpg'), photo('good.jpg')])
  await until(() => items[0]?.state === 'refused' && items[1]?.state === 'ready')
  expect(items[0]?.refusal).toEqual({ code: 'image_damaged' })
})

test('a lost answer to a PUT is made good by the 412 of the next attempt', async () => {
  world.putFaults.push('lose')
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put).toBe(2)
  expect(world.objects.size).toBe(1)
})

test('a lost answer to the pre-flight gives the same rows when asked again', async () => {
  world.apiFaults.begin.push(undefined, new Error('connection reset'))
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg'), photo('b.jpg')])
  await until(() => states().every((state) => state === 'ready'))
  expect(world.calls.begin).toBe(2)
  expect(world.rows.size).toBe(2)
})

test('an expired request is signed anew, at once', async () => {
  world.putFaults.push(403)
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(world.calls.sign).toBe(1)
  expect(slept).not.toContain(500)
})

test('a request that has grown old is not tried at all', async () => {
  let nowMs = 0
  const { queue, states } = startQueueIn(world, {
    nowMs: () => nowMs,
    put: (request, file, watch) => {
      if (world.calls.put === 3) nowMs = 15 * 60_000
      return world.put(request, file, watch)
    },
  })
  queue.open()
  queue.add(Array.from({ length: 5 }, (_, i) => photo(`${i}.jpg`)))
  await until(() => states().every((state) => state === 'ready'))
  // The first four started while their requests were young; the fifth had to wait for one of them.
  expect(world.calls.sign).toBe(1)
})

test('conflicts, throttling and broken connections are tried again with growing waits', async () => {
  world.putFaults.push(409, 503, 'cut')
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(slept.slice(0, 3)).toEqual([500, 1000, 2000])
})

test('a connection that breaks on its way is made again at once; one that is never made waits', async () => {
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

test('a pre-flight that keeps failing is repeated by hand with the same batch', async () => {
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
  world.apiFaults.begin.push(new RefusedCall('rate_limited', 7))
  const { queue, states, slept } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
  expect(slept).toContain(7000)
})

test('files chosen while signed out are kept, and sent once somebody signs in', async () => {
  const { queue, states, said } = startQueueIn(world)
  queue.add([photo('a.jpg')])
  expect(said.signInNeeded).toBe(1)
  expect(states()).toEqual(['waiting'])
  queue.open()
  await until(() => states()[0] === 'ready')
})

test('a session that ended meanwhile loses nothing', async () => {
  world.apiFaults.begin.push(new RefusedCall('sign_in_needed'))
  const { queue, states, said } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => said.signInNeeded === 1)
  queue.open()
  await until(() => states()[0] === 'ready')
  expect(world.rows.size).toBe(1)
})

test('a cancelled file is not sent, and its reservation is given back', async () => {
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

test('a file that cannot be read fails alone', async () => {
  const { queue, items, states } = startQueueIn(world, {
    hash: (file) => (file.size === 7 ? Promise.reject(new UnreadableFile()) : Promise.resolve('sha')),
  })
  queue.open()
  queue.add([photo('moved.jpg', 7), photo('b.jpg')])
  await until(() => states()[1] === 'ready')
  expect(items[0]).toMatchObject({ state: 'failed', trouble: 'unreadable' })
})

test('a duplicate waits for a word, and goes with it', async () => {
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

test('what is over the quota is refused before a byte is sent, and only a new choice asks again', async () => {
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

/** Photos that need `batches` calls; of the plan, room for all but three. */
function chooseTooMany(batches: number) {
  const files = Array.from({ length: (batches - 1) * 50 + 10 }, (_, i) => photo(`${i}.jpg`))
  world.room.bytes = (files.length - 3) * 100
  return files
}

/** Runs until all is sent or refused; how many were refused when the first byte went out. */
async function countRefusedFirst(files: File[], changes: Partial<UploadQueueDeps> = {}) {
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

test('of a choice of several calls too, what does not fit is said before a byte is sent, and what fits goes', async () => {
  const { refusedFirst, refused } = await countRefusedFirst(chooseTooMany(4))
  expect(refusedFirst).toBe(3)
  expect(refused.map(({ file, refusal }) => `${file.name} ${refusal?.code}`)).toEqual([
    '157.jpg over_day_quota',
    '158.jpg over_day_quota',
    '159.jpg over_day_quota',
  ])
  expect(world.calls.readRoom).toBe(1)
})

test('what is there already takes no room: only the answers say what does not fit', async () => {
  const { refused } = await countRefusedFirst(chooseTooMany(2), {
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
  const sentAt: number[] = []
  const watched: Partial<UploadQueueDeps> = {
    put: (request, file, watch) => {
      sentAt.push(world.calls.begin)
      return world.put(request, file, watch)
    },
  }
  world.room.bytes = 16_000
  await countRefusedFirst(
    Array.from({ length: 160 }, (_, i) => photo(`${i}.jpg`)),
    watched,
  )
  expect(sentAt[0]).toBe(1)
  expect(world.calls.readRoom).toBe(1)
  await countRefusedFirst([photo('a.jpg'), photo('b.jpg')])
  expect(world.calls.readRoom).toBe(1)
})

test('what has its room from an earlier visit counts as none: a choice that fits with it is sent from the start', async () => {
  const sentAt: number[] = []
  const { queue, states } = startQueueIn(world, {
    put: (request, file, watch) => {
      sentAt.push(world.calls.begin)
      return world.put(request, file, watch)
    },
    begin: async (batchId, files) => {
      const had = files.filter(({ bytes }) => bytes === 101).length
      world.room.bytes += had * 101
      return world.api.begin(batchId, files)
    },
  })
  const had = Array.from({ length: 60 }, (_, i) => photo(`had-${i}.jpg`, 101))
  const added = Array.from({ length: 60 }, (_, i) => photo(`${i}.jpg`))
  world.room.bytes = 6000
  queue.open()
  queue.add([...added, ...had], publicFeed, 6060)
  await until(() => states().every((state) => state === 'ready'))
  expect(sentAt[0]).toBe(1)
})

test('where nobody can say what is left, each call is answered and sent by itself', async () => {
  world.apiFaults.readRoom.push(new Error('no network'))
  const { refusedFirst, refused } = await countRefusedFirst(chooseTooMany(4))
  expect(refusedFirst).toBe(0)
  expect(refused).toHaveLength(3)
})

test('a session that ends meanwhile is no reason to send before all is said', async () => {
  world.apiFaults.readRoom.push(new RefusedCall('sign_in_needed'))
  world.apiFaults.begin.push(new RefusedCall('sign_in_needed'))
  const { refusedFirst, said } = await countRefusedFirst(chooseTooMany(2))
  expect(said.signInNeeded).toBe(1)
  expect(refusedFirst).toBe(3)
})

test('the same file chosen again while it waits is sent once, and its row leads to the first', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
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

test('a pause stops what is being sent, and going on loses nothing', async () => {
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

test('what the network broke is tried again, unasked, once the network is back', async () => {
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

test('a cancel that comes too late is taken back: the row says what became of the file', async () => {
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

test('a reservation that is being given back is not promised to the same file chosen again', async () => {
  let release = () => {}
  const cancelled = new Promise<void>((resolve) => (release = resolve))
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

test('a watch that breaks goes on', async () => {
  world.apiFaults.watch.push(new Error('no network'))
  const { queue, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'ready')
})

test('what one person left unsent is never sent for the next who signs in', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
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
    let goOn = () => {}
    const gate = new Promise<void>((resolve) => (goOn = resolve))
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

test('a file that was changed after it was summed is not blamed on the network', async () => {
  world.putFaults.push(400)
  const { queue, items, states } = startQueueIn(world)
  queue.open()
  queue.add([photo('a.jpg')])
  await until(() => states()[0] === 'failed')
  expect(items[0]?.trouble).toBe('unreadable')
})

test('a file that is gone while it is sent fails at once, without being tried for minutes', async () => {
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
