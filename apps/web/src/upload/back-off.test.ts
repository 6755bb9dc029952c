import { expect, test } from 'vitest'
import { backOff, planWait } from './back-off.ts'

test('waits grow from half a second and are bounded', () => {
  expect([2, 3, 4, 5].map((attempt) => planWait(attempt, 1))).toEqual([500, 1000, 2000, 4000])
  expect(planWait(50, 1)).toBe(20_000)
})

test('chance spreads the waits over the upper half', () => {
  expect(planWait(4, 0)).toBe(1000)
  expect(planWait(4, 0.5)).toBe(1500)
})

test('without a network nothing is waited for but the network', async () => {
  const said: string[] = []
  let connect = () => {}
  const waiting = backOff(
    {
      sleep: (ms) => Promise.resolve(void said.push(`sleep ${ms}`)),
      waitForNetwork: () => new Promise((resolve) => (connect = resolve)),
      random: () => 1,
    },
    2,
    new AbortController().signal,
  )
  expect(said).toEqual([])
  connect()
  await waiting
  expect(said).toEqual(['sleep 500'])
})

test('an aborted wait is not slept through', async () => {
  const abort = new AbortController()
  abort.abort()
  await backOff(
    { sleep: () => Promise.reject(new Error('slept')), waitForNetwork: () => Promise.resolve(), random: () => 1 },
    5,
    abort.signal,
  )
})
