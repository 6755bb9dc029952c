// What becomes of what an earlier page kept: the next one takes it over.
import { expect, test } from 'vitest'
import { keeperOf } from '../../test/kept-store.ts'
import { me, openBrowser } from '../../test/open-browser.ts'
import { until } from '../../test/open-world.ts'
import { photo } from '../../test/upload-world.ts'
import { hashBlob } from './hash-blob.ts'
import { KeepWaiting } from './keep-waiting.ts'
import { Shot } from './shot.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

test('the next page goes on with what a closed one left, in one reservation, and keeps it until it has arrived', async () => {
  const { world, store, openPage, leave } = await openBrowser()
  await leave(photo('a.jpg'))
  const page = openPage('page')
  await page.keeping.open(me)
  await until(() => page.kept === 1, 'it to be taken over')
  expect([...store.rows.values()].map(({ owner }) => owner)).toEqual(['page'])
  page.goOnline()
  await until(() => store.rows.size === 0, 'nothing to be kept any more')
  expect(world.calls.put).toBe(1)
})

test('a shot is kept however large it is, passed over by the worker, and sent by the next page in its parts', async () => {
  const { world, store, openPage, wakeWorker } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([new Shot([new Uint8Array(16 * 2 ** 20 + 1)], 'clip.mp4', { type: 'video/mp4' })])
  await until(() => page.kept === 1, 'it to be kept')
  store.kill('page')
  expect(await wakeWorker()).toEqual({ sent: 0, refused: 0 })
  expect(store.rows.size).toBe(1)
  const next = openPage('next', { hash: hashBlob })
  next.goOnline()
  await next.keeping.open(me)
  await until(() => store.rows.size === 0, 'nothing to be kept any more')
  expect([...world.objects.values()].map(({ length }) => length)).toEqual([16 * 2 ** 20 + 1])
})

test('the next page goes on in the reservations that there are, and sends nothing again that is there or cancelled', async () => {
  const { world, store, openPage, leave, leaveReserved } = await openBrowser()
  await leaveReserved('reserved', 'reserved.jpg')
  await leaveReserved('ready', 'arrived.jpg')
  await leaveReserved('expired', 'expired.jpg')
  await leaveReserved('cancelled', 'cancelled.jpg')
  await leave(photo('new.jpg'))
  const declared: string[] = []
  const page = openPage('next', {
    begin: (batchId, files) => {
      declared.push(...files.map(({ name }) => name))
      return world.api.begin(batchId, files)
    },
  })
  page.goOnline()
  await page.keeping.open(me)
  await until(() => store.rows.size === 0, 'all to have their ends')
  expect(declared.toSorted()).toEqual(['expired.jpg', 'new.jpg'])
  expect(world.calls.put).toBe(3)
  expect(world.objects.size).toBe(3)
})

test('what two tabs kept of one reservation is sent once', async () => {
  const { world, store, openPage, leaveReserved } = await openBrowser()
  await leaveReserved('reserved')
  const [left] = store.rows.values()
  if (left === undefined) throw new Error('nothing is kept')
  await store.as('other').keep({ ...left, file: photo('a.jpg') })
  store.kill('other')
  const begin: UploadQueueDeps['begin'] = (_batchId, files) => world.api.begin('left-a.jpg', files)
  const page = openPage('next', { begin })
  page.goOnline()
  await page.keeping.open(me)
  await until(() => store.rows.size === 0 && page.states[0] === 'ready', 'nothing to be kept any more')
  expect(page.states).toEqual(['ready', 'refused'])
  expect(world.calls.put).toBe(1)
})

test('what is kept and wanted although the same is there is sent all the same', async () => {
  const { world, store, openPage, leave, refuseTwins } = await openBrowser()
  await leave(photo('a.jpg'), { allowDuplicate: true })
  const page = openPage('next', { begin: refuseTwins })
  page.goOnline()
  await page.keeping.open(me)
  await until(() => world.objects.size === 1 && store.rows.size === 0, 'it to arrive')
})

test('what was taken over, refused and let go of is kept anew where somebody wants it all the same', async () => {
  const { store, openPage, leave, refuseTwins } = await openBrowser()
  await leave(photo('a.jpg'))
  const page = openPage('page', { begin: refuseTwins })
  await page.keeping.open(me)
  await until(() => page.kept === 1, 'it to be taken over')
  page.goOnline()
  await until(() => store.rows.size === 0, 'it to be let go of')
  expect(page.kept).toBe(0)
  page.goOffline()
  page.queue.addAnyway([0])
  page.keeping.keepAll()
  await until(() => page.kept === 1, 'it to be kept again')
  expect(store.rows.size).toBe(1)
})

test('what was taken over and may not be added any more is let go of', async () => {
  const { store, openPage, leave } = await openBrowser()
  await leave(new File(['x'], 'note.txt', { type: 'text/plain' }))
  const page = openPage('page')
  await page.keeping.open(me)
  await until(() => store.rows.size === 0, 'it to be let go of')
  expect(page.kept).toBe(0)
})

test('what another person left is not sent in this one’s name, and is gone', async () => {
  const { store, openPage, wakeWorker, leave } = await openBrowser()
  await leave(photo('a.jpg'), { userId: keeperOf(2) })
  expect((await wakeWorker()).sent).toBe(0)
  const page = openPage('page')
  await page.keeping.open(me)
  expect(store.rows.size).toBe(0)
})

test('whoever signs in while a page takes over another’s files is not given them', async () => {
  const { store, leaveReserved } = await openBrowser()
  await leaveReserved('reserved')
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
  await until(() => [...store.rows.values()].every(({ owner }) => owner === 'next'), 'them to be taken')
  keeping.close()
  const openedNext = keeping.open(keeperOf(2))
  goOn()
  await Promise.all([opened, openedNext])
  expect(added).toEqual([])
})
