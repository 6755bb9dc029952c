import { expect, test } from 'vitest'
import { keeperOf } from '../../test/kept-store.ts'
import { me, openBrowser } from '../../test/open-browser.ts'
import { until } from '../../test/open-world.ts'
import { photo, RefusedCall } from '../../test/upload-world.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { SendKeptDeps } from './send-kept.ts'

test('the worker leaves alone what a page that lives will send, and sends it once that page is gone', async () => {
  const { world, store, openPage, wakeWorker } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg')])
  await until(() => store.rows.size === 1, 'it to be kept')
  expect((await wakeWorker()).sent).toBe(0)
  store.kill('page')
  expect(await wakeWorker()).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
  expect(world.objects.size).toBe(1)
})

test('what one wake-up of the worker leaves the next one sends', async () => {
  const { world, store, wakeWorker, leave } = await openBrowser()
  for (const name of ['a.jpg', 'b.jpg']) await leave(photo(name))
  world.putFaults.push(200, 418)
  expect(await wakeWorker()).toEqual({ sent: 1, refused: 0 })
  expect(await wakeWorker()).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
})

test('what is kept is begun for whom it is, and stays kept while another’s session would take it', async () => {
  const { world, store, wakeWorker, leave } = await openBrowser()
  for (const name of ['a.jpg', 'b.jpg']) await leave(photo(name))
  // Somebody else signs in after the first.
  const sessions = [me, keeperOf(2)]
  const begin: SendKeptDeps['begin'] = async (batchId, files, _destination, userId) => {
    if (userId !== sessions.shift()) throw new RefusedCall('sign_in_needed')
    return world.api.begin(batchId, files)
  }
  expect(await wakeWorker({ begin })).toMatchObject({ sent: 1, refused: 0 })
  expect(store.names()).toEqual(['b.jpg'])
})

test('what the worker is refused stays for the page to explain, and a reservation that is gone is forgotten', async () => {
  const { world, store, wakeWorker, leave } = await openBrowser()
  const mediaId = 'med_01990000-0000-7000-8000-000000000009' as MediaId
  await leave(photo('a.jpg'), { mediaId })
  world.apiFaults.sign.push(new RefusedCall('not_found'))
  expect(await wakeWorker()).toEqual({ sent: 0, refused: 1 })
  expect([...store.rows.values()][0]?.mediaId).toBeNull()
})

test('what is kept and wanted although the same is there is sent all the same', async () => {
  const { world, store, wakeWorker, leave, refuseTwins } = await openBrowser()
  await leave(photo('a.jpg'), { allowDuplicate: true })
  await wakeWorker({ begin: refuseTwins })
  expect([world.objects.size, store.rows.size]).toEqual([1, 0])
})

test('a file whose reservation has expired is reserved anew and sent', async () => {
  const { world, store, wakeWorker, leaveReserved } = await openBrowser()
  await leaveReserved('expired')
  expect(await wakeWorker()).toEqual({ sent: 1, refused: 0 })
  expect(world.objects.size).toBe(1)
  expect(store.rows.size).toBe(0)
})

test('while nobody can say what became of a reservation, its file stays with the worker', async () => {
  const { store, wakeWorker, leaveReserved } = await openBrowser()
  await leaveReserved('expired')
  const watch = () => Promise.reject(new RefusedCall('sign_in_needed'))
  expect(await wakeWorker({ watch })).toEqual({ sent: 0, refused: 0 })
  expect(store.rows.size).toBe(1)
})

test('what had arrived counts as sent, and what was cancelled elsewhere is let go of and not said to be sent', async () => {
  const { world, store, wakeWorker, leaveReserved } = await openBrowser()
  await leaveReserved('ready', 'arrived.jpg')
  await leaveReserved('cancelled', 'cancelled.jpg')
  expect(await wakeWorker()).toEqual({ sent: 1, refused: 0 })
  expect(store.rows.size).toBe(0)
  expect(world.calls.put).toBe(0)
})

test('a file whose last answer was lost counts as sent, and is not sent again', async () => {
  const { world, store, wakeWorker, leave } = await openBrowser()
  await leave(photo('a.jpg'))
  world.putFaults.push('lose')
  expect((await wakeWorker()).sent).toBe(1)
  expect(store.rows.size).toBe(0)
  expect(world.objects.size).toBe(1)
})
