import { expect, test } from 'vitest'
import { makeFeedApi, makeItem, mediaIdOf } from '../../test/make-item.ts'
import { Feed } from './feed-store.ts'
import { createLikes } from './like-store.ts'

const id = mediaIdOf(1)

/** A server whose answers are given out by hand. */
async function start(likeCount = 3) {
  const api = makeFeedApi([makeItem(1, { likeCount })])
  const feed = new Feed({ page: api.page, item: api.item, nowMs: () => 0 })
  await feed.loadFirst()
  const calls: { kind: 'like' | 'unlike'; answer: (count: number) => void; fail: () => void }[] = []
  const failed: boolean[] = []
  const call = (kind: 'like' | 'unlike') =>
    new Promise<{ liked: boolean; likeCount: number }>((resolve, reject) => {
      calls.push({
        kind,
        answer: (count) => resolve({ liked: kind === 'like', likeCount: count }),
        fail: () => reject(new Error('down')),
      })
    })
  const likes = createLikes({
    like: () => call('like'),
    unlike: () => call('unlike'),
    likedAmong: (ids) => Promise.resolve({ mediaIds: ids }),
    onFailed: (_error, wanted) => failed.push(wanted),
  })
  const seen = () => ({ isLiked: likes.isLiked(id), likeCount: feed.find(id)?.likeCount })
  const toggle = () => likes.toggle(feed, id)
  return { likes, calls, failed, seen, toggle }
}

test('a like is shown before it is answered, and the answer has the last word on the count', async () => {
  const { calls, seen, toggle } = await start()
  const done = toggle()
  expect(seen()).toEqual({ isLiked: true, likeCount: 4 })
  calls[0]?.answer(7)
  await done
  expect(seen()).toEqual({ isLiked: true, likeCount: 7 })
})

test('a like that fails is taken back, and said', async () => {
  const { calls, failed, seen, toggle } = await start()
  const done = toggle()
  calls[0]?.fail()
  await done
  expect(seen()).toEqual({ isLiked: false, likeCount: 3 })
  expect(failed).toEqual([true])
})

test('quick taps send one request at a time and end as the last tap wanted', async () => {
  const { calls, seen, toggle } = await start()
  const done = toggle()
  void toggle()
  void toggle()
  void toggle()
  expect(seen()).toEqual({ isLiked: false, likeCount: 3 })
  expect(calls.length).toBe(1)
  calls[0]?.answer(4)
  await Promise.resolve()
  await Promise.resolve()
  expect(calls.map((call) => call.kind)).toEqual(['like', 'unlike'])
  calls[1]?.answer(3)
  await done
  expect(seen()).toEqual({ isLiked: false, likeCount: 3 })
})

test('taps that cancel each other out cost one request', async () => {
  const { calls, seen, toggle } = await start()
  const done = toggle()
  void toggle()
  void toggle()
  calls[0]?.answer(4)
  await done
  expect(calls.length).toBe(1)
  expect(seen()).toEqual({ isLiked: true, likeCount: 4 })
})

test('another viewer knows nothing of these likes', async () => {
  const { likes, seen } = await start()
  await likes.learn([id])
  expect(seen().isLiked).toBe(true)
  likes.forget()
  expect(seen().isLiked).toBe(false)
})

test('an answer for the viewer before is not shown to the next', async () => {
  const { likes, seen } = await start()
  const learning = likes.learn([id])
  likes.forget()
  await learning
  expect(seen().isLiked).toBe(false)
})
