import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createKeptPages, type KeptStore } from '../../test/kept-pages.ts'
import { createKeptStore, keeperOf } from '../../test/kept-store.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, RefusedCall, type World } from '../../test/upload-world.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { hashBlob } from './hash-blob.ts'
import { KeepWaiting, type KeepDeps } from './keep-waiting.ts'
import { publicFeed } from './destination.ts'
import type { PutFile } from './put-request.ts'
import type { SendKeptDeps } from './send-kept.ts'
import { applyEvent } from './apply-event.ts'
import { Shot } from './shot.ts'
import type { UploadQueueDeps } from './upload-queue.ts'
import type { WatchedItem } from './watch-loop.ts'

const me = keeperOf(1)
let world: World
let openPage: ReturnType<typeof createKeptPages>['openPage']
let workerIn: ReturnType<typeof createKeptPages>['workerIn']
beforeEach(async () => {
  world = await openWorld()
  ;({ openPage, workerIn } = createKeptPages(world))
})

/** The same is among somebody's items. */
const refuseTwins: UploadQueueDeps['begin'] = (batchId, files) =>
  files[0]?.allowDuplicate === true
    ? world.api.begin(batchId, files)
    : Promise.resolve([{ ok: false, code: 'duplicate' }])

const until = (what: string, isSo: () => boolean) => pollUntil(() => isSo() || null, { timeoutMs: 5000, what })

test('what is added without a network is kept, with a wish to be woken, and let go of once it has arrived', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100), photo('b.jpg', 200)])
  await until('both to be kept', () => page.syncs === 1)
  expect([...store.rows.values()].map(({ file }) => file.name)).toEqual(['a.jpg', 'b.jpg'])
  expect(page.kept).toBe(2)
  page.goOnline()
  await until('nothing to be kept any more', () => store.rows.size === 0)
  expect(world.objects.size).toBe(2)
  expect(page.kept).toBe(0)
})

test('a file too large for one request is not kept, and one that is cancelled is kept no longer', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('film.jpg', 16 * 2 ** 20 + 1), photo('a.jpg')])
  await until('the small one to be kept', () => store.rows.size === 1)
  page.queue.cancel(1)
  await until('it to be let go of', () => store.rows.size === 0)
})

test('a shot is kept however large it is, passed over by the worker, and sent by the next page in its parts', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([new Shot([new Uint8Array(16 * 2 ** 20 + 1)], 'clip.mp4', { type: 'video/mp4' })])
  await until('it to be kept', () => page.kept === 1)
  store.kill('page')
  expect(await workerIn(store)).toEqual({ sent: 0, refused: 0 })
  expect(store.rows.size).toBe(1)
  const next = openPage(store, 'next', { hash: hashBlob })
  next.goOnline()
  await next.keeping.open(me)
  await until('nothing to be kept any more', () => store.rows.size === 0)
  expect([...world.objects.values()].map(({ length }) => length)).toEqual([16 * 2 ** 20 + 1])
})

test('without room a file is sent by its page as ever, and not said to be kept', async () => {
  const page = openPage(createKeptStore(1), 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100), photo('b.jpg', 200)])
  await until('the attempt', () => page.syncs > 0)
  expect(page.kept).toBe(1)
  page.goOnline()
  await until('both to arrive', () => world.objects.size === 2)
})

/** A page that keeps what the test adds, and how often it asked for room. */
async function openKeeping(
  store: KeptStore,
  keep: KeepDeps['keep'] = store.as('page').keep,
  files = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map((name) => photo(name)),
) {
  const asked: string[] = []
  const keeping = new KeepWaiting({
    ...store.as('page'),
    keep: (wish) => {
      asked.push(wish.file.name)
      return keep(wish)
    },
    isThreatened: () => true,
    askForSync: () => Promise.resolve(),
    goOn: () => undefined,
    onKept: () => undefined,
  })
  await keeping.open(me)
  const items = files.map((file, key) => makeUpload({ key, file }))
  keeping.onAdded(items)
  return { keeping, items, asked, names: () => [...store.rows.values()].map(({ file }) => file.name) }
}

test('without room, room is asked for once, and again when there may be some', async () => {
  const { keeping, items, asked, names } = await openKeeping(createKeptStore(1))
  await until('the first to be kept', () => asked.length > 1)
  keeping.keepAll()
  await nextTurn()
  expect(asked).toEqual(['a.jpg', 'b.jpg'])
  const [first] = items
  if (first === undefined) throw new Error('there is no file')
  keeping.onChanged(applyEvent(first, { type: 'cancel' }), first)
  await nextTurn()
  keeping.keepAll()
  await until('the next to be kept', () => names().includes('b.jpg'))
  await nextTurn()
  expect(asked).toEqual(['a.jpg', 'b.jpg', 'b.jpg', 'c.jpg'])
})

test('what finds no room keeps no smaller one from being kept', async () => {
  const store = createKeptStore()
  const { keep } = store.as('page')
  const files = [photo('large.jpg', 5000), photo('larger.jpg', 6000), photo('a.jpg'), photo('b.jpg')]
  const small: KeepDeps['keep'] = (wish) => (wish.file.size > 1000 ? Promise.resolve(null) : keep(wish))
  const { asked, names } = await openKeeping(store, small, files)
  await until('the small ones to be kept', () => store.rows.size === 2)
  expect(names()).toEqual(['a.jpg', 'b.jpg'])
  expect(asked).toEqual(['large.jpg', 'a.jpg', 'b.jpg'])
})

test('a file that cannot be read keeps no other from being kept', async () => {
  const store = createKeptStore()
  const { keep } = store.as('page')
  const { names } = await openKeeping(store, (wish) =>
    wish.file.name === 'b.jpg' ? Promise.reject(new DOMException('gone', 'NotReadableError')) : keep(wish),
  )
  await until('the others to be kept', () => store.rows.size === 3)
  expect(names()).toEqual(['a.jpg', 'c.jpg', 'd.jpg'])
})

test('what signing out has deleted is not said to be kept, and is kept again', async () => {
  const store = createKeptStore()
  await store.as('closed').keep({ userId: me, file: photo('b.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until('both to be kept', () => page.kept === 2)
  store.rows.clear()
  page.keeping.close()
  expect(page.kept).toBe(0)
  await page.keeping.open(me)
  expect(page.kept).toBe(0)
  page.keeping.keepAll()
  await until('both to be kept again', () => page.kept === 2)
  expect(store.rows.size).toBe(2)
})

test('what a session that only ended has left stays kept, once, and is let go of when it has arrived', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until('it to be kept', () => page.kept === 1)
  page.keeping.close()
  expect(page.kept).toBe(0)
  await page.keeping.open(me)
  expect(page.kept).toBe(1)
  page.keeping.keepAll()
  page.goOnline()
  await until('nothing to be kept any more', () => store.rows.size === 0)
  expect(page.kept).toBe(0)
})

test('a file that cannot be read any more is not dropped from where it is kept', async () => {
  const store = createKeptStore()
  const put: PutFile = () => Promise.resolve(400)
  const page = openPage(store, 'page', { put })
  await page.keeping.open(me)
  page.queue.add([photo('on a card.jpg')])
  await until('it to be kept', () => page.kept === 1)
  page.goOnline()
  await until('it to fail', () => page.kept === 0)
  store.kill('page')
  expect((await workerIn(store)).sent).toBe(1)
  expect(world.objects.size).toBe(1)
})

test('what was taken over, refused and let go of is kept anew where somebody wants it all the same', async () => {
  const store = createKeptStore()
  await store.as('closed').keep({ userId: me, file: photo('a.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  const page = openPage(store, 'page', { begin: refuseTwins })
  await page.keeping.open(me)
  await until('it to be taken over', () => page.kept === 1)
  page.goOnline()
  await until('it to be let go of', () => store.rows.size === 0)
  expect(page.kept).toBe(0)
  page.goOffline()
  page.queue.addAnyway([0])
  page.keeping.keepAll()
  await until('it to be kept again', () => page.kept === 1)
  expect(store.rows.size).toBe(1)
})

test('what was taken over and may not be added any more is let go of', async () => {
  const store = createKeptStore()
  const note = new File(['x'], 'note.txt', { type: 'text/plain' })
  await store.as('closed').keep({ userId: me, file: note, destination: publicFeed, mediaId: null })
  store.kill('closed')
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  await until('it to be let go of', () => store.rows.size === 0)
  expect(page.kept).toBe(0)
})

test('the worker leaves alone what a page that lives will send, and sends it once that page is gone', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until('it to be kept', () => store.rows.size === 1)
  expect((await workerIn(store)).sent).toBe(0)
  store.kill('page')
  expect(await workerIn(store)).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
  expect(world.objects.size).toBe(1)
})

test('what one wake-up of the worker leaves the next one sends', async () => {
  const store = createKeptStore()
  for (const name of ['a.jpg', 'b.jpg'])
    await store.as('closed').keep({ userId: me, file: photo(name), destination: publicFeed, mediaId: null })
  store.kill('closed')
  world.putFaults.push(200, 418)
  expect(await workerIn(store)).toEqual({ sent: 1, refused: 0 })
  expect(await workerIn(store)).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
})

test('the next page goes on with what a closed one left, in one reservation, and keeps it until it has arrived', async () => {
  const store = createKeptStore()
  await store.as('closed').keep({ userId: me, file: photo('a.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  await until('it to be taken over', () => page.kept === 1)
  expect([...store.rows.values()].map(({ owner }) => owner)).toEqual(['page'])
  page.goOnline()
  await until('nothing to be kept any more', () => store.rows.size === 0)
  expect(world.calls.put).toBe(1)
})

test('what another person left is not sent in this one’s name, and is gone', async () => {
  const store = createKeptStore()
  await store.as('closed').keep({ userId: keeperOf(2), file: photo('a.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  expect((await workerIn(store)).sent).toBe(0)
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  expect(store.rows.size).toBe(0)
})

test('what is kept is begun for whom it is, and stays kept while another’s session would take it', async () => {
  const store = createKeptStore()
  for (const name of ['a.jpg', 'b.jpg'])
    await store.as('closed').keep({ userId: me, file: photo(name), destination: publicFeed, mediaId: null })
  store.kill('closed')
  // Somebody else signs in after the first.
  const sessions = [me, keeperOf(2)]
  const begin: SendKeptDeps['begin'] = async (batchId, files, _destination, userId) => {
    if (userId !== sessions.shift()) throw new RefusedCall('sign_in_needed')
    return world.api.begin(batchId, files)
  }
  expect(await workerIn(store, { begin })).toMatchObject({ sent: 1, refused: 0 })
  expect([...store.rows.values()].map(({ file }) => file.name)).toEqual(['b.jpg'])
})

test('what the worker is refused stays for the page to explain, and a reservation that is gone is forgotten', async () => {
  const store = createKeptStore()
  const mediaId = 'med_01990000-0000-7000-8000-000000000009' as MediaId
  const closed = store.as('closed')
  await closed.keep({ userId: me, file: photo('a.jpg'), destination: publicFeed, mediaId })
  store.kill('closed')
  world.apiFaults.sign.push(new RefusedCall('not_found'))
  expect(await workerIn(store)).toEqual({ sent: 0, refused: 1 })
  expect([...store.rows.values()][0]?.mediaId).toBeNull()
})

/** What a page that is gone kept of a file that was reserved, and what became of its reservation since. */
async function leaveReserved(store: KeptStore, state: WatchedItem['state'], name = 'a.jpg') {
  const sum = { name, type: 'image/jpeg', bytes: 100, sha256: name }
  const [answer] = await world.api.begin(`left-${name}`, [sum])
  const row = world.rows.get(`left-${name}/0`)
  if (answer?.ok !== true || row === undefined) throw new Error('it was not reserved')
  row.state = state
  const { mediaId } = answer
  await store.as('closed').keep({ userId: me, file: photo(name), destination: publicFeed, mediaId })
  store.kill('closed')
}

test('the next page goes on in the reservations that there are, and sends nothing again that is there or cancelled', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'reserved', 'reserved.jpg')
  await leaveReserved(store, 'ready', 'arrived.jpg')
  await leaveReserved(store, 'expired', 'expired.jpg')
  await leaveReserved(store, 'cancelled', 'cancelled.jpg')
  await store.as('closed').keep({ userId: me, file: photo('new.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  const declared: string[] = []
  const page = openPage(store, 'next', {
    begin: (batchId, files) => {
      declared.push(...files.map(({ name }) => name))
      return world.api.begin(batchId, files)
    },
  })
  page.goOnline()
  await page.keeping.open(me)
  await until('all to have their ends', () => store.rows.size === 0)
  expect(declared.toSorted()).toEqual(['expired.jpg', 'new.jpg'])
  expect(world.calls.put).toBe(3)
  expect(world.objects.size).toBe(3)
})

test('what two tabs kept of one reservation is sent once', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'reserved')
  const [left] = store.rows.values()
  if (left === undefined) throw new Error('nothing is kept')
  await store.as('other').keep({ ...left, file: photo('a.jpg') })
  store.kill('other')
  const begin: UploadQueueDeps['begin'] = (_batchId, files) => world.api.begin('left-a.jpg', files)
  const page = openPage(store, 'next', { begin })
  page.goOnline()
  await page.keeping.open(me)
  await until('nothing to be kept any more', () => store.rows.size === 0 && page.states[0] === 'ready')
  expect(page.states).toEqual(['ready', 'refused'])
  expect(world.calls.put).toBe(1)
})

test('what is wanted although the same is there is kept as such', async () => {
  const store = createKeptStore()
  const page = openPage(store, 'page', { begin: refuseTwins })
  page.goOnline()
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until('the refusal', () => page.states[0] === 'refused')
  page.goOffline()
  page.queue.addAnyway([0])
  page.keeping.keepAll()
  await until('it to be kept', () => page.kept === 1)
  expect([...store.rows.values()][0]?.allowDuplicate).toBe(true)
})

for (const who of ['worker', 'next page'] as const)
  test(`what is kept and wanted although the same is there the ${who} sends all the same`, async () => {
    const store = createKeptStore()
    const wish = { userId: me, file: photo('a.jpg'), destination: publicFeed, mediaId: null, allowDuplicate: true }
    await store.as('closed').keep(wish)
    store.kill('closed')
    if (who === 'worker') await workerIn(store, { begin: refuseTwins })
    else {
      const page = openPage(store, 'next', { begin: refuseTwins })
      page.goOnline()
      await page.keeping.open(me)
    }
    await until('it to arrive', () => world.objects.size === 1 && store.rows.size === 0)
  })

test('whoever signs in while a page takes over another’s files is not given them', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'reserved')
  const { promise: answer, resolve: goOn } = Promise.withResolvers<void>()
  const added: unknown[] = []
  const next = store.as('next')
  const keeping = new KeepWaiting({
    ...next,
    take: async (userId) => {
      const taken = await next.take(userId)
      await answer
      return taken
    },
    isThreatened: () => false,
    askForSync: () => Promise.resolve(),
    goOn: (kept) => added.push(...kept),
    onKept: () => undefined,
  })
  const opened = keeping.open(me)
  await until('them to be taken', () => [...store.rows.values()].every(({ owner }) => owner === 'next'))
  keeping.close()
  const openedNext = keeping.open(keeperOf(2))
  goOn()
  await Promise.all([opened, openedNext])
  expect(added).toEqual([])
})

test('a file whose reservation has expired is reserved anew and sent by the worker', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'expired')
  expect(await workerIn(store)).toEqual({ sent: 1, refused: 0 })
  expect(world.objects.size).toBe(1)
  expect(store.rows.size).toBe(0)
})

test('while nobody can say what became of a reservation, its file stays with the worker', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'expired')
  const watch = () => Promise.reject(new RefusedCall('sign_in_needed'))
  expect(await workerIn(store, { watch })).toEqual({ sent: 0, refused: 0 })
  expect(store.rows.size).toBe(1)
})

test('what a page kept over the end of its reservation it sends anew, and keeps meanwhile', async () => {
  const store = createKeptStore()
  const keptAtBegin: number[] = []
  const page = openPage(store, 'page', {
    begin: (batchId, files) => {
      keptAtBegin.push(store.rows.size)
      return world.api.begin(batchId, files)
    },
  })
  page.goOnline()
  await page.keeping.open(me)
  world.putFaults.push(418)
  page.queue.add([photo('a.jpg')])
  await until('it to be kept', () => page.kept === 1)
  for (const row of world.rows.values()) row.state = 'expired'
  page.queue.retryBroken()
  await until('nothing to be kept any more', () => store.rows.size === 0)
  expect(world.objects.size).toBe(1)
  expect(keptAtBegin).toEqual([0, 1])
})

test('what had arrived counts as sent, and what was cancelled elsewhere is let go of and not said to be sent', async () => {
  const store = createKeptStore()
  await leaveReserved(store, 'ready', 'arrived.jpg')
  await leaveReserved(store, 'cancelled', 'cancelled.jpg')
  expect(await workerIn(store)).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
  expect(world.calls.put).toBe(0)
})

test('a file whose last answer was lost counts as sent, and is not sent again', async () => {
  const store = createKeptStore()
  await store.as('closed').keep({ userId: me, file: photo('a.jpg'), destination: publicFeed, mediaId: null })
  store.kill('closed')
  world.putFaults.push('lose')
  expect((await workerIn(store)).sent).toBe(1)
  expect(store.rows.size).toBe(0)
  expect(world.objects.size).toBe(1)
})
