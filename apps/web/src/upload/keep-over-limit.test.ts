// What is kept of files that were refused over a limit: their rows offer to send them again.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createKeptPages } from '../../test/kept-pages.ts'
import { createKeptStore, keeperOf } from '../../test/kept-store.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo } from '../../test/upload-world.ts'
import { publicFeed } from './destination.ts'
import { Shot } from './shot.ts'

const me = keeperOf(1)
const until = (what: string, isSo: () => boolean) => pollUntil(() => isSo() || null, { timeoutMs: 5000, what })
/** What would be let go of is gone by then. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
}
const openBrowser = async () => {
  const world = await openWorld()
  return { world, store: createKeptStore(), ...createKeptPages(world) }
}
const shot = () => new Shot([new Uint8Array(100)], 'shot.jpg', { type: 'image/jpeg' })

test('a shot that the day has no room for is kept at once, excuses no other file, and is sent by a page of the next day', async () => {
  const { world, store, openPage, workerIn } = await openBrowser()
  const page = openPage(store, 'page')
  page.goOnline()
  await page.keeping.open(me)
  world.room.bytes = 50
  page.queue.add([shot(), photo('chosen.jpg', 200)])
  await until('the shot to be kept', () => store.rows.size === 1)
  await until('both to be refused', () => page.states.every((state) => state === 'refused'))
  await settle()
  expect([...store.rows.values()].map(({ file }) => file.name)).toEqual(['shot.jpg'])
  expect(page.kept).toBe(0)
  store.kill('page')
  expect(await workerIn(store)).toEqual({ sent: 0, refused: 1 })
  world.room.bytes = 1000
  const next = openPage(store, 'next')
  next.goOnline()
  await next.keeping.open(me)
  await until('it to arrive', () => world.objects.size === 1 && store.rows.size === 0)
})

test('what was kept and has no room stays kept, however often it is tried, until somebody dismisses it', async () => {
  const { world, store, openPage } = await openBrowser()
  const page = openPage(store, 'page')
  await page.keeping.open(me)
  page.queue.add([photo('a.jpg', 100)])
  await until('it to be kept', () => page.kept === 1)
  world.room.bytes = 50
  page.goOnline()
  for (const attempt of ['first', 'second']) {
    await until(`the ${attempt} refusal`, () => page.states[0] === 'refused')
    await settle()
    expect(store.rows.size).toBe(1)
    page.queue.retry([0])
  }
  await until('the last refusal', () => page.states[0] === 'refused')
  page.queue.dismiss([0])
  await until('it to be let go of', () => store.rows.size === 0)
})

test('a shot that one person’s day has no room for is not kept in the name of the next', async () => {
  const { world, store, openPage } = await openBrowser()
  const page = openPage(store, 'page')
  page.goOnline()
  await page.keeping.open(me)
  world.room.bytes = 50
  page.queue.add([shot()])
  await until('it to be kept', () => store.rows.size === 1)
  page.queue.abandon()
  await page.keeping.open(keeperOf(2))
  page.keeping.keepAll()
  await settle()
  expect(store.rows.size).toBe(0)
})

test('for what only waits for a limit no worker is woken', async () => {
  const { world, store, openPage } = await openBrowser()
  await store.as('closed').keep({ userId: me, file: photo('left.jpg', 200), destination: publicFeed, mediaId: null })
  store.kill('closed')
  const page = openPage(store, 'page')
  page.goOnline()
  world.room.bytes = 50
  await page.keeping.open(me)
  page.queue.add([shot()])
  await until('both to be refused and kept', () => page.states.join() === 'refused,refused' && store.rows.size === 2)
  page.keeping.keepAll()
  await settle()
  expect(page.syncs).toBe(0)
  page.goOffline()
  page.queue.add([photo('small.jpg', 20)])
  await until('a wish to be woken', () => page.syncs === 1)
})
