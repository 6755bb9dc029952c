// Large files over several visits: a visit is a queue of its own, in the same browser.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createJournal, createTurns } from '../../test/journal.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, RefusedCall, startQueueIn, type World } from '../../test/upload-world.ts'
import { hashBlob } from './hash-blob.ts'
import { UnreadableFile } from './hash-file.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

const content = new Uint8Array(33 * 2 ** 20).map((_, i) => i * 31 + (i >> 12))
const pick = (bytes = content, name = 'film.jpg') => new File([bytes], name, { type: 'image/jpeg', lastModified: 1 })
const until = (done: () => boolean) => pollUntil(done, { timeoutMs: 15_000, what: 'the queue to settle' })

/** An answer that never comes. */
const stuck = new Promise<never>(() => undefined)

const openBrowser = () => {
  const journal = createJournal()
  const turns = createTurns()
  const visit = (changes: Partial<UploadQueueDeps> = {}) => {
    const started = startQueueIn(world, { hash: (blob) => hashBlob(blob), journal, ...turns, ...changes })
    started.queue.open()
    return started
  }
  /** A visit that ends when two parts have arrived: the others hang for ever. */
  const breakOff = async () => {
    let left = 2
    const { queue } = visit({
      takeTurn: (_mediaId, _signal, run) => run(),
      put: (request, file, watch) =>
        (left -= 1) >= 0 ? world.put(request, file, watch) : new Promise(() => undefined),
    })
    queue.add([pick()])
    const begun = () => [...journal.entries.values()].find(({ parts }) => parts.length === 2)
    await until(() => begun() !== undefined)
    const mediaId = begun()?.mediaId
    if (mediaId === undefined) throw new Error('the journal has forgotten it')
    return mediaId
  }
  return { journal, visit, breakOff }
}

test('the same file chosen on the next visit sends only what is missing, and is then forgotten', async () => {
  const { visit, journal, breakOff } = openBrowser()
  const mediaId = await breakOff()
  const before = world.calls.put

  const { queue, items, states } = visit()
  queue.add([pick()])
  await until(() => states()[0] === 'ready')
  expect(items[0]?.mediaId).toBe(mediaId)
  expect(world.calls.put - before).toBe(3)
  expect(world.objects.get(`/${mediaId}`)?.equals(content)).toBe(true)
  expect(world.rows.size).toBe(1)
  expect(journal.entries.size).toBe(0)
})

test('what is taken up is this page’s at once, so that no other tells of it while it is compared', async () => {
  const { visit, journal, breakOff } = openBrowser()
  const mediaId = await breakOff()
  let isCompared = false
  const { queue } = visit({
    journal: createJournal('next', journal.entries),
    takeTurn: (_mediaId, _signal, run) => run(),
    listParts: () => {
      isCompared = true
      return new Promise(() => undefined)
    },
  })
  queue.add([pick()])
  await until(() => isCompared)
  expect(journal.entries.get(mediaId)).toMatchObject({ page: 'next', fileName: 'film.jpg' })
  expect(journal.entries.get(mediaId)?.parts).toHaveLength(2)
})

test('what is there of a file that is chosen again is shown at once, and never less than that', async () => {
  const { visit, journal, breakOff } = openBrowser()
  await breakOff()
  const shown: number[] = []
  const { queue } = visit({ onChanged: ({ sentBytes }) => shown.push(sentBytes) })
  queue.add([pick()])
  await until(() => journal.entries.size === 0)
  expect(shown[0]).toBe(16 * 2 ** 20)
  expect(shown.toSorted((one, other) => one - other)).toEqual(shown)
  expect(shown.at(-1)).toBe(content.length)
})

test('a phone that dates the same file anew each time it is chosen goes on all the same', async () => {
  const { visit, breakOff } = openBrowser()
  await breakOff()
  const before = world.calls.put
  const { queue, states } = visit()
  queue.add([new File([content], 'film.jpg', { type: 'image/jpeg', lastModified: 2 })])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put - before).toBe(3)
})

test('another browser goes on with an upload that its person names', async () => {
  const mediaId = await openBrowser().breakOff()
  const before = world.calls.put
  const { queue, items, states } = openBrowser().visit()
  queue.add([pick()], undefined, mediaId)
  await until(() => states()[0] === 'ready')
  expect(items[0]?.mediaId).toBe(mediaId)
  expect(world.calls.put - before).toBe(3)
  expect(world.rows.size).toBe(1)
})

test('a file that has failed and is chosen again goes on, in the place of the row that failed', async () => {
  const { visit, journal } = openBrowser()
  let sums = 0
  let isGone = true
  const { queue, items, states } = visit({
    hash: (blob) => ((sums += 1) > 3 && isGone ? Promise.reject(new UnreadableFile()) : hashBlob(blob)),
  })
  queue.add([pick()])
  await until(() => states()[0] === 'failed')
  const arrived = world.parts.numbers(items[0]?.mediaId ?? '').length
  const before = world.calls.put
  isGone = false
  queue.add([pick()])
  await until(() => states()[1] === 'ready')
  expect(states()[0]).toBe('cancelled')
  expect(world.calls.put - before).toBe(5 - arrived)
  expect(world.rows.size).toBe(1)
  expect(world.calls.cancel).toEqual([])
  expect(journal.entries.size).toBe(0)
})

test('a file that looks the same but is not sends every part that differs', async () => {
  const { visit, breakOff } = openBrowser()
  const mediaId = await breakOff()
  const changed = content.slice()
  changed[0] = 255
  const before = world.calls.put

  const { queue, states } = visit()
  queue.add([pick(changed)])
  await until(() => states()[0] === 'ready')
  expect(world.calls.put - before).toBe(4)
  expect(world.objects.get(`/${mediaId}`)?.equals(changed)).toBe(true)
})

test('another file that is as long as the one it is said to be goes under its own name', async () => {
  const { visit, breakOff } = openBrowser()
  const mediaId = await breakOff()
  const other = content.map((byte) => byte ^ 85)
  const { queue, items, states } = visit({ makeBatchId: () => 'another' })
  queue.add([pick(other, 'scan 2.jpg')], undefined, mediaId)
  await until(() => states()[0] === 'ready')
  expect([...world.rows.values()].map(({ name, state }) => [name, state])).toEqual([
    ['film.jpg', 'reserved'],
    ['scan 2.jpg', 'ready'],
  ])
  expect(world.objects.get(`/${items[0]?.mediaId}`)?.equals(other)).toBe(true)
  // The right one still goes on, in the same page too.
  const before = world.calls.put
  queue.add([pick()], undefined, mediaId)
  await until(() => states()[1] === 'ready')
  expect(items[1]?.mediaId).toBe(mediaId)
  expect(world.calls.put - before).toBe(3)
})

test('only the parts that are this file’s are said to be there', async () => {
  const { visit, journal } = openBrowser()
  const entry = () => [...journal.entries.values()][0]
  const first = visit({
    takeTurn: (_mediaId, _signal, run) => run(),
    completeMultipart: () => new Promise(() => undefined),
  })
  first.queue.add([pick()])
  await until(() => entry()?.parts.length === 5)
  const changed = content.map((byte, i) => (i < 8 * 2 ** 20 ? byte : byte ^ 1))
  let isSending = false
  const { queue, items } = visit({
    takeTurn: (_mediaId, _signal, run) => run(),
    put() {
      isSending = true
      return new Promise(() => undefined)
    },
  })
  queue.add([pick(changed)])
  await until(() => isSending)
  expect(entry()?.parts.map(({ partNumber }) => partNumber)).toEqual([1])
  expect(items[0]?.arrivedBytes).toBe(8 * 2 ** 20)
})

test('two tabs with the same file send every part once, and both show it', async () => {
  const { visit } = openBrowser()
  const one = visit()
  one.queue.add([pick()])
  await until(() => one.states()[0] === 'sending')
  const two = visit()
  two.queue.add([pick()])
  await until(() => one.states()[0] === 'ready' && two.states()[0] === 'ready')
  expect(world.calls.put).toBe(5)
  expect(world.rows.size).toBe(1)
})

test('the same file added to two tabs at once is begun by one and sent once', async () => {
  const { visit } = openBrowser()
  // Neither has an answer before the other would have asked.
  const begin: UploadQueueDeps['begin'] = async (batchId, files) => {
    for (let turns = 0; turns < 20; turns += 1) await nextTurn()
    return world.api.begin(batchId, files)
  }
  const tabs = ['of one', 'of two'].map((batchId) => visit({ begin, makeBatchId: () => batchId }))
  for (const { queue } of tabs) queue.add([photo('first.jpg'), pick()])
  await until(() => tabs.every(({ states }) => states()[1] === 'ready'))
  expect([...world.rows.values()].filter(({ name }) => name === 'film.jpg')).toHaveLength(1)
  expect(world.calls.put).toBe(7)
})

/** As long as the other, under the same name, and no part of it the same: scans and recordings are often so. */
const lookalike = content.map((byte) => byte ^ 85)
const isStored = (bytes: Uint8Array) => [...world.objects.values()].some((object) => object.equals(bytes))

test('a file that only looks like the one another tab sends is sent too', async () => {
  const { visit } = openBrowser()
  const one = visit()
  one.queue.add([pick()])
  await until(() => one.states()[0] === 'sending')
  const two = visit({ makeBatchId: () => 'of two' })
  two.queue.add([pick(lookalike)])
  await until(() => one.states()[0] === 'ready' && two.states()[0] === 'ready')
  expect([isStored(content), isStored(lookalike)]).toEqual([true, true])
  expect(two.items[0]?.mediaId).not.toBe(one.items[0]?.mediaId)
})

for (const [name, bytes, puts] of [
  ['the same file chosen again while it is inspected is not sent again', content, 0],
  ['a file that only looks like one that is being inspected is sent', lookalike, 5],
] as const)
  test(name, async () => {
    const { visit } = openBrowser()
    const first = visit({ completeMultipart: async (mediaId) => (await world.api.completeMultipart(mediaId), stuck) })
    first.queue.add([pick()])
    await until(() => isStored(content))
    const before = world.calls.put
    const next = visit({ takeTurn: (_mediaId, _signal, run) => run(), makeBatchId: () => 'of the next' })
    next.queue.add([pick(bytes)])
    await until(() => next.states()[0] === 'ready')
    expect(world.calls.put - before).toBe(puts)
    expect(isStored(bytes)).toBe(true)
  })

test('a file whose place another has taken is begun anew, though that one was shown long before its turn came', async () => {
  const { visit } = openBrowser()
  const isReady = { other: false }
  const one = visit({
    takeTurn: async (_mediaId, _signal, run) => {
      await until(() => isReady.other)
      return run()
    },
  })
  one.queue.add([pick()])
  await until(() => one.states()[0] === 'reserved')
  const two = visit({ makeBatchId: () => 'of two', takeTurn: (_mediaId, _signal, run) => run() })
  two.queue.add([pick(lookalike)])
  await until(() => two.states()[0] === 'ready')
  expect(two.items[0]?.mediaId).toBe(one.items[0]?.mediaId)
  isReady.other = true
  await until(() => one.states()[0] === 'ready')
  expect([isStored(content), isStored(lookalike)]).toEqual([true, true])
})

test('large files that another tab is sending hold up no other file', async () => {
  const { visit } = openBrowser()
  const started: string[] = []
  const { queue, items, states } = visit({
    // Another tab has the first four, and never lets go of them.
    takeTurn: (mediaId, _signal, run, onWait) => {
      if (started.push(mediaId) > 4) return run()
      onWait()
      return new Promise(() => undefined)
    },
  })
  queue.add([0, 1, 2, 3].map((i) => new File([pick()], `${i}.jpg`, { type: 'image/jpeg' })))
  queue.add([photo('small.jpg')])
  await until(() => states()[4] === 'ready')
  expect(items.slice(0, 4).map(({ state }) => state)).toEqual(['reserved', 'reserved', 'reserved', 'reserved'])
})

test('what another person began in this browser is begun anew, and both can go on with their own', async () => {
  const { visit, journal, breakOff } = openBrowser()
  const ofAnn = await breakOff()
  const toBob: Partial<UploadQueueDeps> = {
    watch: async (mediaIds) => (await world.api.watch(mediaIds)).filter(({ mediaId }) => mediaId !== ofAnn),
    openMultipart: (asked) =>
      asked === ofAnn ? Promise.reject(new RefusedCall('not_found')) : world.api.openMultipart(asked),
    makeBatchId: () => 'of-bob',
  }
  const first = visit({ ...toBob, put: () => new Promise(() => undefined) })
  first.queue.add([pick()])
  await until(() => journal.entries.size === 2)
  const { queue, items, states } = visit({ ...toBob, takeTurn: (_mediaId, _signal, run) => run() })
  queue.add([pick()])
  await until(() => states()[0] === 'ready')
  expect(world.rows.size).toBe(2)
  expect(items[0]?.mediaId).toBe(world.rows.get('of-bob/0')?.mediaId)
  expect([...journal.entries.keys()]).toEqual([ofAnn])
})

for (const call of ['openMultipart', 'signParts'] as const) {
  test(`where ${call} finds nothing, for whom is signed in by now, the way to go on stays`, async () => {
    const { visit, journal } = openBrowser()
    const { queue, states } = visit({ [call]: () => Promise.reject(new RefusedCall('not_found')) })
    queue.add([pick()])
    await until(() => states()[0] === 'refused')
    expect(journal.entries.size).toBe(1)
  })
}

test('what was begun before is sent at once, and takes no room from what is chosen with it', async () => {
  const { visit, breakOff } = openBrowser()
  const mediaId = await breakOff()
  const sent: string[] = []
  let begunAtFirst = 0
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const { queue, states } = visit({
    begin: async (batchId, files) => {
      await gate
      return world.api.begin(`next-${batchId}`, files)
    },
    put: (request, file, watch) => {
      const each = new URL(request.url).pathname.slice(1)
      if (each !== mediaId && begunAtFirst === 0) begunAtFirst = world.calls.begin
      sent.push(each)
      return world.put(request, file, watch)
    },
  })
  world.room.bytes = 6000
  queue.add([...Array.from({ length: 60 }, (_, i) => photo(`${i}.jpg`)), pick()])
  await until(() => states()[60] === 'ready')
  expect(new Set(sent)).toEqual(new Set([mediaId]))
  const begunBefore = world.calls.begin
  goOn()
  await until(() => states().every((state) => state === 'ready'))
  expect(begunAtFirst - begunBefore).toBe(1)
})

test('a cancelled upload is not taken up again', async () => {
  const { visit, journal } = openBrowser()
  const { queue, states } = visit({ put: () => new Promise(() => undefined) })
  queue.add([pick()])
  await until(() => states()[0] === 'sending')
  expect(journal.entries.size).toBe(1)
  queue.cancel(0)
  await until(() => journal.entries.size === 0)
})

// What is ready may have been put in the trash since.
for (const state of ['cancelled', 'expired', 'refused', 'ready'] as const) {
  test(`an upload that was ${state} elsewhere is begun anew, and not taken for one that is done`, async () => {
    const { visit, journal, breakOff } = openBrowser()
    const mediaId = await breakOff()
    for (const row of world.rows.values()) row.state = state
    const { queue, items, states } = visit({ makeBatchId: () => 'another' })
    queue.add([pick()])
    await until(() => states()[0] === 'ready')
    expect(items[0]?.mediaId).not.toBe(mediaId)
    expect(journal.entries.size).toBe(0)
  })
}

test('an upload for one place is never taken up for another', async () => {
  const { visit } = openBrowser()
  const asked: string[] = []
  const groupId = idFromUuid('group', '01990000-0000-7000-8000-000000000007')
  const first = visit({ put: () => new Promise(() => undefined) })
  first.queue.add([pick()], { kind: 'group', groupId, name: 'Trip' })
  await until(() => first.states()[0] === 'sending')
  const { queue, states } = visit({
    begin: (batchId, files, destination) => {
      asked.push(destination.kind)
      return world.api.begin(`feed-${batchId}`, files)
    },
  })
  queue.add([pick()])
  await until(() => states()[0] === 'ready')
  expect(asked).toEqual(['feed'])
  expect(world.rows.size).toBe(2)
})

test('a sign-in of somebody else leaves the way to take a large upload up again', async () => {
  const { visit, journal } = openBrowser()
  const { queue, states } = visit({ put: () => new Promise(() => undefined) })
  queue.add([pick()])
  await until(() => states()[0] === 'sending')
  queue.abandon()
  expect(states()).toEqual(['cancelled'])
  // Whoever left is reminded of it when they are back, though this page lives.
  expect([...journal.entries.values()].map(({ page }) => page)).toEqual([''])
})
