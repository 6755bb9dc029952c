import { expect, test } from 'vitest'
import { Comments, type Comment } from './comment-store.ts'

const commentOf = (n: number): Comment => ({
  id: `cmt_01990000-0000-7000-8000-${String(n).padStart(12, '0')}` as Comment['id'],
  text: `Number ${n}`,
  createdAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  author: { id: 'usr_01990000-0000-7000-8000-000000000001' as Comment['author']['id'], name: 'Ada', avatar: null },
  isMine: true,
  isRemovable: true,
})

/** Comments n … 1 in pages of 10, as the API serves them. */
async function start(count: number) {
  let all = Array.from({ length: count }, (_, i) => commentOf(count - i))
  const counts: number[] = []
  const server = { isDown: false }
  const comments = new Comments({
    list(cursor) {
      if (server.isDown) return Promise.reject(new Error('down'))
      const from = cursor === null ? 0 : all.findIndex((comment) => comment.id < cursor)
      const page = all.slice(from, from + 10)
      return Promise.resolve({
        comments: page,
        nextCursor: all[from + 10] === undefined ? null : (page.at(-1)?.id ?? null),
      })
    },
    add(text) {
      if (server.isDown) return Promise.reject(new Error('down'))
      const comment = { ...commentOf(all.length + 1), text }
      all = [comment, ...all]
      return Promise.resolve({ comment, commentCount: all.length })
    },
    remove(id) {
      all = all.filter((comment) => comment.id !== id)
      return Promise.resolve({})
    },
    onCount: (known) => counts.push(known),
    countNow: () => counts.at(-1) ?? count,
  })
  await comments.load()
  return { comments, counts, server, texts: () => comments.comments().map((comment) => comment.text) }
}

test('a comment is shown when the server has it, and counted', async () => {
  const { comments, counts, texts } = await start(2)
  await comments.add('Hello')
  expect(texts()).toEqual(['Hello', 'Number 2', 'Number 1'])
  expect(counts.at(-1)).toBe(3)
})

test('a comment that did not arrive is not shown', async () => {
  const { comments, server, texts } = await start(1)
  server.isDown = true
  await expect(comments.add('Hello')).rejects.toThrow('down')
  expect(texts()).toEqual(['Number 1'])
})

test('a removed comment is gone and not counted any more', async () => {
  const { comments, counts, texts } = await start(3)
  await comments.remove(commentOf(2).id)
  expect(texts()).toEqual(['Number 3', 'Number 1'])
  expect(counts.at(-1)).toBe(2)
})

test('new ones are heard of without losing what was read further back', async () => {
  const { comments, texts } = await start(25)
  expect(texts()).toHaveLength(10)
  await comments.loadMore()
  expect(texts()).toHaveLength(20)
  await comments.load()
  expect(texts()).toHaveLength(20)
  await comments.loadMore()
  expect(texts().at(-1)).toBe('Number 1')
  expect(comments.hasMore()).toBe(false)
})

test('comments that do not load say so; once they are there, a failed question changes nothing', async () => {
  const { comments, server, texts } = await start(1)
  server.isDown = true
  await comments.load()
  expect(comments.state()).toBe('ready')
  expect(texts()).toEqual(['Number 1'])
})
