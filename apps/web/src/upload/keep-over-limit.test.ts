// What is kept of files that were refused over a limit: their rows offer to send them again.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keeperOf } from '../../test/kept-store.ts'
import { me, openBrowser } from '../../test/open-browser.ts'
import { until } from '../../test/open-world.ts'
import { photo } from '../../test/upload-world.ts'
import { Shot } from './shot.ts'

/** What would be let go of is gone by then. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
}
const shot = () => new Shot([new Uint8Array(100)], 'shot.jpg', { type: 'image/jpeg' })

test('a shot that the day has no room for is kept at once, excuses no other file, and is sent by a page of the next day', async () => {
  const { world, store, openPage, wakeWorker } = await openBrowser()
  const page = openPage('page')
  page.goOnline()
  await page.keeping.open(me)
  world.room.bytes = 50
  page.queue.add([shot(), photo('chosen.jpg', 200)])
  await until(() => store.rows.size === 1, 'the shot to be kept')
  await until(() => page.states.every((state) => state === 'refused'), 'both to be refused')
  await settle()
  expect(store.names()).toEqual(['shot.jpg'])
  expect(page.kept).toBe(0)
  store.kill('page')
  expect(await wakeWorker()).toEqual({ sent: 0, refused: 1 })
  world.room.bytes = 1000
  const next = openPage('next')
  next.goOnline()
  await next.keeping.open(me)
  await until(() => world.objects.size === 1 && store.rows.size === 0, 'it to arrive')
})

test('what was kept and has no room stays kept, however often it is tried, until somebody dismisses it', async () => {
  const { world, store, openPage } = await openBrowser()
  const page = openPage('page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100)])
  await until(() => page.kept === 1, 'it to be kept')
  world.room.bytes = 50
  page.goOnline()
  for (const attempt of ['first', 'second']) {
    await until(() => page.states[0] === 'refused', `the ${attempt} refusal`)
    await settle()
    expect(store.rows.size).toBe(1)
    page.queue.retry([0])
  }
  await until(() => page.states[0] === 'refused', 'the last refusal')
  page.queue.dismiss([0])
  await until(() => store.rows.size === 0, 'it to be let go of')
})

test('a shot that one person’s day has no room for is not kept in the name of the next', async () => {
  const { world, store, openPage } = await openBrowser()
  const page = openPage('page')
  page.goOnline()
  await page.keeping.open(me)
  world.room.bytes = 50
  page.queue.add([shot()])
  await until(() => store.rows.size === 1, 'it to be kept')
  page.queue.abandon()
  await page.keeping.open(keeperOf(2))
  page.keeping.keepAll()
  await settle()
  expect(store.rows.size).toBe(0)
})

test('for what only waits for a limit no worker is woken', async () => {
  const { world, store, openPage, leave } = await openBrowser()
  await leave(photo('left.jpg', 200))
  const page = openPage('page')
  page.goOnline()
  world.room.bytes = 50
  await page.keeping.open(me)
  page.queue.add([shot()])
  await until(() => page.states.join() === 'refused,refused' && store.rows.size === 2, 'both to be refused and kept')
  page.keeping.keepAll()
  await settle()
  expect(page.syncs).toBe(0)
  page.goOffline()
  page.queue.add([photo('small.jpg', 20)])
  await until(() => page.syncs === 1, 'a wish to be woken')
})
