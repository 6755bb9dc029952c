import { expect, test } from 'vitest'
import { mediaIdOf } from '../../test/make-item.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { runInPieces } from './run-in-pieces.ts'

const ids = Array.from({ length: 1200 }, (_, n) => mediaIdOf(n + 1))
const [refused] = ids
const send = (mediaIds: MediaId[]) =>
  Promise.resolve({ done: mediaIds.filter((id) => id !== refused), refused: mediaIds.filter((id) => id === refused) })

test('a long list goes in pieces of 500, and tells how many are behind it', async () => {
  const told: number[] = []
  const outcome = await runInPieces(ids, send, new AbortController().signal, (count) => told.push(count))
  expect(told).toEqual([0, 500, 1000])
  expect(outcome).toEqual({ done: ids.slice(1), refused: [refused], left: [] })
})

test('what was answered stays done when a piece fails, and the rest is told with why', async () => {
  const error = new Error('no network')
  let calls = 0
  const failing = (mediaIds: MediaId[]) => ((calls += 1) === 2 ? Promise.reject(error) : send(mediaIds))
  const outcome = await runInPieces(ids, failing, new AbortController().signal, () => undefined)
  expect(outcome).toEqual({ done: ids.slice(1, 500), refused: [refused], left: ids.slice(500), error })
})

test('whoever stops it lets the piece on its way come to its end', async () => {
  const stopper = new AbortController()
  const stopping = (mediaIds: MediaId[]) => {
    stopper.abort()
    return send(mediaIds)
  }
  const outcome = await runInPieces(ids, stopping, stopper.signal, () => undefined)
  expect(outcome).toEqual({ done: ids.slice(1, 500), refused: [refused], left: ids.slice(500) })
})
