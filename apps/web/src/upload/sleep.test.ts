import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { sleep } from './sleep.ts'

test('ends early when it is aborted, and leaves nothing behind on a signal that lives on', async () => {
  const life = new AbortController()
  const short = sleep(0, life.signal)
  await short
  expect(getEventListeners(life.signal, 'abort')).toEqual([])
  const long = sleep(2 ** 30, life.signal)
  life.abort()
  await long
  expect(getEventListeners(life.signal, 'abort')).toEqual([])
})
