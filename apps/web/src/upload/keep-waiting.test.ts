import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createKeptStore, type KeptStore } from '../../test/kept-store.ts'
import { makeUpload } from '../../test/make-upload.ts'
import { me, openBrowser } from '../../test/open-browser.ts'
import { until } from '../../test/open-world.ts'
import { photo } from '../../test/upload-world.ts'
import { applyEvent } from './apply-event.ts'
import { KeepWaiting, type KeepDeps } from './keep-waiting.ts'
import type { PutFile } from './put-request.ts'

test('what is added without a network is kept, with a wish to be woken, and let go of once it has arrived', async () => {
  const { world, store, openPage } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100), photo('b.jpg', 200)])
  await until(() => page.syncs === 1, 'both to be kept')
  expect(store.names()).toEqual(['a.jpg', 'b.jpg'])
  expect(page.kept).toBe(2)
  page.goOnline()
  await until(() => store.rows.size === 0, 'nothing to be kept any more')
  expect(world.objects.size).toBe(2)
  expect(page.kept).toBe(0)
})

test('a file too large for one request is not kept, and one that is cancelled is kept no longer', async () => {
  const { store, openPage } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('film.jpg', 16 * 2 ** 20 + 1), photo('a.jpg')])
  await until(() => store.rows.size === 1, 'the small one to be kept')
  page.queue.cancel(1)
  await until(() => store.rows.size === 0, 'it to be let go of')
})

test('without room a file is sent by its page as ever, and not said to be kept', async () => {
  const { world, openPage } = await openBrowser(1)
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100), photo('b.jpg', 200)])
  await until(() => page.syncs > 0, 'the attempt')
  expect(page.kept).toBe(1)
  page.goOnline()
  await until(() => world.objects.size === 2, 'both to arrive')
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
  return { keeping, items, asked }
}

test('without room, room is asked for once, and again when there may be some', async () => {
  const store = createKeptStore(1)
  const { keeping, items, asked } = await openKeeping(store)
  await until(() => asked.length > 1, 'the first to be kept')
  keeping.keepAll()
  await nextTurn()
  expect(asked).toEqual(['a.jpg', 'b.jpg'])
  const [first] = items
  if (first === undefined) throw new Error('there is no file')
  keeping.onChanged(applyEvent(first, { type: 'cancel' }), first)
  await nextTurn()
  keeping.keepAll()
  await until(() => store.names().includes('b.jpg'), 'the next to be kept')
  await nextTurn()
  expect(asked).toEqual(['a.jpg', 'b.jpg', 'b.jpg', 'c.jpg'])
})

test('what finds no room keeps no smaller one from being kept', async () => {
  const store = createKeptStore()
  const { keep } = store.as('page')
  const files = [photo('large.jpg', 5000), photo('larger.jpg', 6000), photo('a.jpg'), photo('b.jpg')]
  const small: KeepDeps['keep'] = (wish) => (wish.file.size > 1000 ? Promise.resolve(null) : keep(wish))
  const { asked } = await openKeeping(store, small, files)
  await until(() => store.rows.size === 2, 'the small ones to be kept')
  expect(store.names()).toEqual(['a.jpg', 'b.jpg'])
  expect(asked).toEqual(['large.jpg', 'a.jpg', 'b.jpg'])
})

test('a file that cannot be read keeps no other from being kept', async () => {
  const store = createKeptStore()
  const { keep } = store.as('page')
  await openKeeping(store, (wish) =>
    wish.file.name === 'b.jpg' ? Promise.reject(new DOMException('gone', 'NotReadableError')) : keep(wish),
  )
  await until(() => store.rows.size === 3, 'the others to be kept')
  expect(store.names()).toEqual(['a.jpg', 'c.jpg', 'd.jpg'])
})

test('what signing out has deleted is not said to be kept, and is kept again', async () => {
  const { store, openPage, leave } = await openBrowser()
  await leave(photo('b.jpg'))
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until(() => page.kept === 2, 'both to be kept')
  store.rows.clear()
  page.keeping.close()
  expect(page.kept).toBe(0)
  await page.keeping.open(me)
  expect(page.kept).toBe(0)
  page.keeping.keepAll()
  await until(() => page.kept === 2, 'both to be kept again')
  expect(store.rows.size).toBe(2)
})

test('what a session that only ended has left stays kept, once, and is let go of when it has arrived', async () => {
  const { store, openPage } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until(() => page.kept === 1, 'it to be kept')
  page.keeping.close()
  expect(page.kept).toBe(0)
  await page.keeping.open(me)
  expect(page.kept).toBe(1)
  page.keeping.keepAll()
  page.goOnline()
  await until(() => store.rows.size === 0, 'nothing to be kept any more')
  expect(page.kept).toBe(0)
})

test('a file that cannot be read any more is not dropped from where it is kept', async () => {
  const { world, store, openPage, wakeWorker } = await openBrowser()
  const put: PutFile = () => Promise.resolve(400)
  const page = openPage('page', { put })
  await page.keeping.open(me)
  page.queue.add([photo('on a card.jpg')])
  await until(() => page.kept === 1, 'it to be kept')
  page.goOnline()
  await until(() => page.kept === 0, 'it to fail')
  store.kill('page')
  expect((await wakeWorker()).sent).toBe(1)
  expect(world.objects.size).toBe(1)
})

test('what is wanted although the same is there is kept as such', async () => {
  const { store, openPage, refuseTwins } = await openBrowser()
  const page = openPage('page', { begin: refuseTwins })
  page.goOnline()
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until(() => page.states[0] === 'refused', 'the refusal')
  page.goOffline()
  page.queue.addAnyway([0])
  page.keeping.keepAll()
  await until(() => page.kept === 1, 'it to be kept')
  expect([...store.rows.values()][0]?.allowDuplicate).toBe(true)
})

test('what a page kept over the end of its reservation it sends anew, and keeps meanwhile', async () => {
  const { world, store, openPage } = await openBrowser()
  const keptAtBegin: number[] = []
  const page = openPage('page', {
    begin: (batchId, files) => {
      keptAtBegin.push(store.rows.size)
      return world.api.begin(batchId, files)
    },
  })
  page.goOnline()
  await page.keeping.open(me)
  world.putFaults.push(418)
  page.queue.add([photo('a.jpg')])
  await until(() => page.kept === 1, 'it to be kept')
  for (const row of world.rows.values()) row.state = 'expired'
  page.queue.retryBroken()
  await until(() => store.rows.size === 0, 'nothing to be kept any more')
  expect(world.objects.size).toBe(1)
  expect(keptAtBegin).toEqual([0, 1])
})
