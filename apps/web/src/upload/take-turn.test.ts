import { expect, test } from 'vitest'
import type { MediaId } from '../feed/feed-item.ts'
import { createTakeTurn } from './take-turn.ts'

const mediaId = 'med_01990000-0000-7000-8000-000000000001' as MediaId
const { signal } = new AbortController()
const noWait = () => expect.unreachable('nobody else sends it')

test('a browser that refuses locks sends all the same, once', async () => {
  const refuse = () => Promise.reject(new DOMException('storage is not allowed here', 'SecurityError'))
  let runs = 0
  const run = () => Promise.resolve((runs += 1))
  await expect(createTakeTurn({ request: refuse })(mediaId, signal, run, noWait)).resolves.toBe(1)
  expect(runs).toBe(1)
})

test('what went wrong under a lock is not begun a second time', async () => {
  let runs = 0
  const run = () => {
    runs += 1
    return Promise.reject(new Error('a fault'))
  }
  await expect(createTakeTurn(navigator.locks)(mediaId, signal, run, noWait)).rejects.toThrow('a fault')
  expect(runs).toBe(1)
})

test('nor what went wrong after a wait that would be over by now', async () => {
  const takeTurn = createTakeTurn(navigator.locks)
  const abort = new AbortController()
  let end = () => {}
  let runs = 0
  const first = takeTurn(mediaId, signal, () => new Promise<void>((resolve) => (end = resolve)), noWait)
  const run = () => {
    runs += 1
    abort.abort()
    return Promise.reject(new Error('a fault'))
  }
  await expect(takeTurn(mediaId, abort.signal, run, () => end())).rejects.toThrow('a fault')
  await first
  expect(runs).toBe(1)
})

test('a second tab waits, says so, and has its turn when the first has ended', async () => {
  const takeTurn = createTakeTurn(navigator.locks)
  const told: string[] = []
  let end = () => {}
  const first = takeTurn(mediaId, signal, () => new Promise<void>((resolve) => (end = resolve)), noWait)
  const second = takeTurn(
    mediaId,
    signal,
    async () => void told.push('sends'),
    () => {
      told.push('waits')
      end()
    },
  )
  await Promise.all([first, second])
  expect(told).toEqual(['waits', 'sends'])
})
