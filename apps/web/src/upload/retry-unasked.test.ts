import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createManualTime } from '../../test/manual-time.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, startQueueIn, type World } from '../../test/upload-world.ts'
import { attemptsMax } from './back-off.ts'
import type { HashedFile } from './declare-batch.ts'
import { retryUnasked } from './retry-unasked.ts'
import type { UploadQueueDeps } from './upload-queue.ts'

const minuteMs = 60_000

/** A page that tries again unasked, which nobody looks at. Its time begins with a day. */
function openPage(world: World, changes: Partial<UploadQueueDeps> = {}) {
  const { queue, states } = startQueueIn(world, changes)
  const network = new EventTarget()
  const page = Object.assign(new EventTarget(), { hidden: true })
  const { sleep, nowMs, pass } = createManualTime()
  void retryUnasked({ sleep, nowMs, network, page }, queue)
  queue.open()
  const until = (state: string) => pollUntil(() => states()[0] === state, { what: `the file to be ${state}` })
  const look = (isSeen: boolean) => {
    page.hidden = !isSeen
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { queue, network, states, until, look, pass }
}

/** With a file that an outage has broken. */
async function startBroken() {
  const world = await openWorld()
  world.putFaults.push(...Array<number>(attemptsMax).fill(503))
  const page = openPage(world)
  page.queue.add([photo('a.jpg')])
  await page.until('failed')
  return { world, ...page }
}

test('after a long outage that no browser saw the end of, a file is sent within five minutes, with nobody there', async () => {
  const { states, until, pass } = await startBroken()
  await pass(5 * minuteMs - 1)
  expect(states()).toEqual(['failed'])
  await pass(1)
  expect(states()).not.toEqual(['failed'])
  await until('ready')
})

test('an outage that goes on is tried again every five minutes for as long', async () => {
  const { world, until, states, pass } = await startBroken()
  world.putFaults.push(...Array<number>(attemptsMax).fill(503))
  await pass(5 * minuteMs)
  expect(states()).not.toEqual(['failed'])
  await until('failed')
  await pass(5 * minuteMs)
  await until('ready')
})

test('a network that is back is used at once', async () => {
  const { network, until } = await startBroken()
  network.dispatchEvent(new Event('online'))
  await until('ready')
})

test('whoever looks at the page again does not wait, and going away tries nothing', async () => {
  const { look, states, until } = await startBroken()
  look(false)
  expect(states()).toEqual(['failed'])
  look(true)
  await until('ready')
})

test('what one day had no room for is tried again on the next, with nobody there; not what is cancelled, or over all limits', async () => {
  const world = await openWorld()
  let hasRoom = false
  const refuse = ({ name }: HashedFile) =>
    ({ ok: false, code: name === 'day.jpg' ? 'over_day_quota' : 'over_total_quota' }) as const
  const { queue, states, until, look, pass } = openPage(world, {
    begin: (batchId, files) => (hasRoom ? world.api.begin(batchId, files) : Promise.resolve(files.map(refuse))),
  })
  queue.add([photo('day.jpg'), photo('total.jpg'), photo('day.jpg')])
  await until('refused')
  queue.cancel(2)
  await pass(24 * 60 * minuteMs - 1)
  look(true)
  expect(states()).toEqual(['refused', 'refused', 'cancelled'])
  hasRoom = true
  await pass(5 * minuteMs)
  await until('ready')
  expect(states()).toEqual(['ready', 'refused', 'cancelled'])
})
