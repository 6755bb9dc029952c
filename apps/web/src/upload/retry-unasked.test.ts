import { expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createManualTime } from '../../test/manual-time.ts'
import { openWorld } from '../../test/open-world.ts'
import { photo, startQueueIn } from '../../test/upload-world.ts'
import { attemptsMax } from './back-off.ts'
import { retryUnasked } from './retry-unasked.ts'

const minuteMs = 60_000

/** A file that an outage has broken, in a page that tries again unasked. */
async function startBroken() {
  const world = await openWorld()
  world.putFaults.push(...Array<number>(attemptsMax).fill(503))
  const { queue, states } = startQueueIn(world)
  const network = new EventTarget()
  const page = Object.assign(new EventTarget(), { hidden: true })
  const time = createManualTime()
  void retryUnasked({ sleep: time.sleep, network, page }, () => queue.retryBroken())
  queue.open()
  queue.add([photo('a.jpg')])
  const until = (state: string) => pollUntil(() => states()[0] === state, { what: `the file to be ${state}` })
  await until('failed')
  const look = (isSeen: boolean) => {
    page.hidden = !isSeen
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { world, network, states, until, look, pass: time.pass }
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
