import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { keeperOf } from '../../test/kept-store.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, startQueueIn } from '../../test/upload-world.ts'
import { publicFeed } from './destination.ts'
import type { loadQueue } from './lazy-queue.ts'
import type { QueueEvents } from './start-queue.ts'
import { applyEvent } from './apply-event.ts'
import type { UploadQueueDeps } from './upload-queue.ts'
import { createUploads } from './uploads.ts'

const [ann, bob] = [keeperOf(1), keeperOf(2)]

/** The uploads of a page whose queue comes when the test says so, and what is declared there, and for whom. */
async function openUploads(changes: Partial<UploadQueueDeps> = {}) {
  const world = await openWorld()
  const { promise: arrived, resolve: arrive, reject: breakOff } = Promise.withResolvers<void>()
  const declared: string[] = []
  const { promise: started, resolve: start } = Promise.withResolvers<QueueEvents>()
  const openers: string[] = []
  let loads = 0
  const load: typeof loadQueue = async () => {
    loads += 1
    await arrived
    return {
      startQueue(events) {
        start(events)
        const { queue } = startQueueIn(world, {
          ...events,
          begin: (_batchId, files) => {
            declared.push(...files.map(({ name }) => `${name} for ${openers.at(-1) === ann ? 'Ann' : 'Bob'}`))
            return Promise.reject(new TypeError('Failed to fetch'))
          },
          ...changes,
        })
        const open = (userId: string) => {
          openers.push(userId)
          queue.open()
        }
        return { queue, open, close: () => queue.close() }
      },
    }
  }
  const nothing = () => undefined
  const deps = { onReady: nothing, onSignInNeeded: nothing, onUnavailable: nothing, onNoPlace: nothing }
  const uploads = createRoot(() => createUploads({ ...deps, onUnfinished: nothing }, load))
  const untilFailed = (count: number) =>
    pollUntil(() => uploads.totals().byState.failed === count || null, { what: 'the failure' })
  return { uploads, declared, openers, arrive, breakOff, started, untilFailed, loads: () => loads }
}

test('what one person added while the queue was on its way is not declared for the next who signs in', async () => {
  const { uploads, declared, arrive, untilFailed } = await openUploads()
  uploads.open(ann)
  void uploads.add([photo('of-ann.jpg')], publicFeed)
  uploads.close()
  uploads.open(bob)
  arrive()
  void uploads.add([photo('of-bob.jpg')], publicFeed)
  await untilFailed(1)
  expect(new Set(declared)).toEqual(new Set(['of-bob.jpg for Bob']))
  expect(uploads.totals()).toMatchObject({ bytes: 0, byState: { failed: 1, cancelled: 0 } })
})

test('what a network broke for one person is not declared for the next who signs in', async () => {
  const { uploads, declared, arrive, untilFailed } = await openUploads()
  arrive()
  uploads.open(ann)
  void uploads.add([photo('of-ann.jpg')], publicFeed)
  await untilFailed(1)
  uploads.close()
  uploads.open(bob)
  // What a network that is back does.
  uploads.retry([0])
  void uploads.add([photo('of-bob.jpg')], publicFeed)
  await pollUntil(() => declared.includes('of-bob.jpg for Bob') || null, { what: 'the next to be declared' })
  expect(declared).not.toContain('of-ann.jpg for Bob')
})

test('where nothing was ever added, another person’s coming fetches no queue', async () => {
  const { uploads, loads } = await openUploads()
  uploads.open(ann)
  uploads.close()
  uploads.open(bob)
  expect(loads()).toBe(0)
})

test('a session that becomes known while the queue is on its way opens it once', async () => {
  const { uploads, openers, arrive } = await openUploads()
  uploads.prepare()
  uploads.open(ann)
  arrive()
  await uploads.add([photo('a.jpg')], publicFeed)
  expect(openers).toEqual([ann])
})

test('files that are added before the queue has come are not left without asking, until it has them', async () => {
  const { uploads, arrive } = await openUploads()
  uploads.open(ann)
  const adding = uploads.add([photo('a.jpg')], publicFeed)
  expect(uploads.isPreparing()).toBe(true)
  arrive()
  expect(await adding).toBe(true)
  expect([uploads.isPreparing(), uploads.needsPage()]).toEqual([false, true])
  // Those that follow are not spoken of as being prepared: there is nothing to wait for.
  void uploads.add([photo('b.jpg')], publicFeed)
  expect(uploads.isPreparing()).toBe(false)
})

test('files that are added where the queue cannot come are not taken', async () => {
  const { uploads, breakOff } = await openUploads()
  const adding = uploads.add([photo('a.jpg')], publicFeed)
  breakOff(new TypeError('Failed to fetch dynamically imported module'))
  expect(await adding).toBe(false)
  expect(uploads.isPreparing()).toBe(false)
})

test('what has ended is cleared, and gives nothing back: another tab may be sending the same file', async () => {
  const world = await openWorld()
  const { uploads, arrive, untilFailed } = await openUploads({ ...world.api, put: () => Promise.resolve(400) })
  arrive()
  uploads.open(ann)
  void uploads.add([photo('a.jpg')], publicFeed)
  await untilFailed(1)
  uploads.clear()
  expect(uploads.shown()).toEqual([])
  expect(uploads.totals()).toMatchObject({ bytes: 0, byState: { failed: 0, cancelled: 0 } })
  void uploads.add([photo('b.jpg')], publicFeed)
  await untilFailed(1)
  expect(world.calls.cancel).toEqual([])
})

test('what was refused and is cleared is sent by nobody any more', async () => {
  const declared: string[] = []
  const { uploads, arrive } = await openUploads({
    begin: (_batchId, files) => {
      declared.push(...files.map(({ name }) => name))
      return Promise.resolve(files.map(() => ({ ok: false, code: 'over_day_quota' })))
    },
  })
  arrive()
  uploads.open(ann)
  const addRefused = async (name: string) => {
    void uploads.add([photo(name)], publicFeed)
    await pollUntil(() => uploads.totals().byState.refused === 1 || null, { what: 'the refusal' })
  }
  await addRefused('a.jpg')
  uploads.clear()
  uploads.retry([0])
  await addRefused('b.jpg')
  expect(declared).toEqual(['a.jpg', 'b.jpg'])
})

test('a page that will try on the next day is not loaded anew unasked, until nobody wants that any more', async () => {
  const code = { now: 'over_total_quota' as 'over_total_quota' | 'over_day_quota' }
  const { uploads, arrive } = await openUploads({
    begin: (_batchId, files) => Promise.resolve(files.map(() => ({ ok: false, code: code.now }))),
  })
  arrive()
  uploads.open(ann)
  const addRefused = async (refused: number) => {
    void uploads.add([photo('a.jpg')], publicFeed)
    await pollUntil(() => uploads.totals().byState.refused === refused, { what: 'the refusal' })
  }
  await addRefused(1)
  expect(uploads.needsPage()).toBe(false)
  code.now = 'over_day_quota'
  await addRefused(2)
  expect(uploads.needsPage()).toBe(true)
  uploads.clear()
  expect(uploads.needsPage()).toBe(false)
})

test('leaving loses nothing once all is kept: what is still to be sent, and what a network broke', async () => {
  const { uploads, arrive, started } = await openUploads()
  const says = () => [uploads.isAllKept(), uploads.needsPage()]
  expect(says()).toEqual([true, false])
  arrive()
  uploads.prepare()
  const { onKept, onAdded, onChanged } = await started
  const film = makeUpload({ key: 0, state: 'sending' })
  const snap = makeUpload({ key: 1, state: 'sending' })
  const broken = applyEvent(snap, { type: 'fail', trouble: 'network' })
  onAdded([film, snap])
  expect(says()).toEqual([false, true])
  onChanged(broken, snap)
  onKept(1)
  // The snap is; the film is on its way.
  expect(says()).toEqual([false, true])
  const received = applyEvent(film, { type: 'receive' })
  onChanged(received, film)
  // The next page goes on with the snap.
  expect(says()).toEqual([true, false])
  onKept(0)
  expect(says()).toEqual([false, true])
})
