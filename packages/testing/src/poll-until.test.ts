import { expect, test } from 'vitest'
import { pollUntil } from './poll-until.ts'

test('answers what was there on the first ask', async () => {
  expect(await pollUntil(() => 0)).toBe(0)
})

test('asks again after nothing, false and a throw', async () => {
  const answers = [null, undefined, false, 'throw', 'there']
  const answer = await pollUntil(
    () => {
      const next = answers.shift()
      if (next === 'throw') throw new Error('not yet')
      return next
    },
    { everyMs: 1 },
  )
  expect(answer).toBe('there')
})

test('says what it waited for, what it saw last and what was thrown', async () => {
  await expect(pollUntil(() => null, { timeoutMs: 5, everyMs: 1, what: 'a thumbnail' })).rejects.toThrow(
    'gave up after 5 ms waiting for a thumbnail; last seen: null',
  )
  const failing = pollUntil(() => Promise.reject(new Error('refused')), { timeoutMs: 5, everyMs: 1 })
  await expect(failing).rejects.toMatchObject({ cause: expect.objectContaining({ message: 'refused' }) })
})
