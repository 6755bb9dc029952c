import { expect, onTestFinished, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { forgetUnread, unreadCount, watchUnread } from './unread-count.ts'

test('the count is asked for at once and when somebody comes back, and is nobody’s once they have gone', async () => {
  let asked = 0
  const stop = watchUnread(() => Promise.resolve({ count: (asked += 1) }))
  onTestFinished(stop)
  await pollUntil(() => unreadCount() === 1)
  forgetUnread()
  expect(unreadCount()).toBe(0)
  document.dispatchEvent(new Event('visibilitychange'))
  await pollUntil(() => unreadCount() === 2)
  document.dispatchEvent(new Event('visibilitychange'))
  stop()
  await Promise.resolve()
  expect(unreadCount(), 'an answer that comes too late').toBe(0)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(asked).toBe(3)
})

test('an answer that does not come changes nothing', async () => {
  const stop = watchUnread(() => Promise.reject(new Error('away')))
  onTestFinished(stop)
  await Promise.resolve()
  expect(unreadCount()).toBe(0)
})
