import { expect, test } from 'vitest'
import { RefusedCall } from '../../test/upload-world.ts'
import { makeReceipt } from '../../test/make-receipt.ts'
import { causeOf, countCauses, createHistory, type HistoryDeps, type HistoryItem } from './history-store.ts'

const start = (pages: HistoryItem[][], changes: Partial<HistoryDeps> = {}) => {
  const asked: (string | null)[] = []
  const history = createHistory({
    mine: (cursor) => {
      asked.push(cursor)
      const items = pages[cursor === null ? 0 : asked.length - 1] ?? []
      return Promise.resolve({
        items,
        nextCursor: pages[asked.length] === undefined ? null : (items.at(-1)?.mediaId ?? null),
      })
    },
    watch: () => Promise.resolve([]),
    listParts: () => Promise.reject(new RefusedCall('upload_not_open')),
    cancel: () => Promise.resolve(),
    ...changes,
  })
  return { history, asked }
}
const names = (items: readonly HistoryItem[]) => items.map(({ fileName }) => fileName)

test('goes on page by page, without showing anything twice, until the end', async () => {
  const [one, two, three] = [1, 2, 3].map((number) => makeReceipt(number)) as [HistoryItem, HistoryItem, HistoryItem]
  const { history, asked } = start([
    [one, two],
    [two, three],
  ])
  await history.reload()
  expect(history.state()).toBe('ready')
  await history.loadMore()
  expect(names(history.items())).toEqual(['1.jpg', '2.jpg', '3.jpg'])
  expect(asked).toEqual([null, two.mediaId])
  expect(history.state()).toBe('end')
})

test('what did not load says so, and keeps what there is', async () => {
  let isBroken = false
  const { history } = start([], {
    mine: () =>
      isBroken
        ? Promise.reject(new Error('no network'))
        : Promise.resolve({ items: [makeReceipt(1)], nextCursor: makeReceipt(1).mediaId }),
  })
  await history.reload()
  isBroken = true
  await history.loadMore()
  expect(history.state()).toBe('failed')
  expect(history.items().length).toBe(1)
})

test('an upload begins while a further page is read: the list begins anew, and no page of it goes missing', async () => {
  const pages = [1, 2, 3].map((number) => makeReceipt(number))
  const withPage = Promise.withResolvers<void>()
  const { history } = start([], {
    mine: async (cursor) => {
      const at = pages.findIndex(({ mediaId }) => mediaId === cursor) + 1
      if (at === 2) await withPage.promise
      return { items: pages.slice(at, at + 1), nextCursor: at === 2 ? null : (pages[at]?.mediaId ?? null) }
    },
  })
  await history.reload()
  await history.loadMore()
  const late = history.loadMore()
  await history.reload()
  withPage.resolve()
  await late
  expect(names(history.items())).toEqual(['1.jpg'])
  expect(history.state()).toBe('ready')
  await history.loadMore()
  await history.loadMore()
  expect(names(history.items())).toEqual(['1.jpg', '2.jpg', '3.jpg'])
  expect(history.state()).toBe('end')
})

test('a list that was read anew is not called failed by what was asked before', async () => {
  const older = Promise.withResolvers<never>()
  let count = 0
  const { history } = start([], {
    mine: () => ((count += 1) === 1 ? older.promise : Promise.resolve({ items: [makeReceipt(1)], nextCursor: null })),
  })
  const late = history.reload()
  await history.reload()
  older.reject(new Error('no network'))
  await late
  expect(history.state()).toBe('end')
})

test('a list that could not be read anew is read anew when it is tried again', async () => {
  const answers = [[3, 2], null, [4, 3]]
  const { history, asked } = start([], {
    mine: (cursor) => {
      const numbers = answers[asked.push(cursor) - 1]
      if (numbers == null) return Promise.reject(new Error('no network'))
      const items = numbers.map((number) => makeReceipt(number))
      return Promise.resolve({ items, nextCursor: items.at(-1)?.mediaId ?? null })
    },
  })
  await history.reload()
  await history.reload()
  expect(names(history.items())).toEqual(['3.jpg', '2.jpg'])
  await history.loadMore()
  expect(names(history.items())).toEqual(['4.jpg', '3.jpg'])
})

test('an upload that was open shows its end once there is one', async () => {
  const open = makeReceipt(1, { state: 'reserved' })
  const { history } = start([[open]], { watch: () => Promise.resolve([{ ...open, state: 'ready' }]) })
  await history.reload()
  expect(history.openIds()).toEqual([open.mediaId])
  await history.refresh()
  expect(history.items()[0]?.state).toBe('ready')
  expect(history.openIds()).toEqual([])
})

const large = { state: 'reserved', declaredBytes: 40 * 2 ** 20 } as const

test('of a large file that is not finished it says how much has arrived, where S3 knows it, and asks once', async () => {
  const [begun, unsent, whole] = [makeReceipt(1, large), makeReceipt(2, large), makeReceipt(5, large)]
  const asked: string[] = []
  const page = [begun, unsent, makeReceipt(3, { state: 'reserved' }), makeReceipt(4), whole]
  const { history } = start([], {
    mine: () => Promise.resolve({ items: page, nextCursor: null }),
    listParts: (id) => {
      asked.push(id)
      if (id === unsent.mediaId) return Promise.reject(new RefusedCall('upload_not_open'))
      if (id === whole.mediaId) return Promise.resolve({ isReceived: true, parts: [], nextAfter: null })
      const parts = [1, 3].map((partNumber) => ({ partNumber, bytes: 8 * 2 ** 20, sha256: null }))
      return Promise.resolve({ isReceived: false, parts, nextAfter: null })
    },
  })
  const known = [{ bytes: 16 * 2 ** 20, isWhole: false }, undefined, undefined, undefined, { bytes: 0, isWhole: true }]
  await history.reload()
  await expect.poll(() => history.items().map(({ arrived }) => arrived)).toEqual(known)
  await history.reload()
  expect(history.items().map(({ arrived }) => arrived)).toEqual(known)
  expect(asked).toEqual([begun.mediaId, unsent.mediaId, whole.mediaId])
})

test('one question about parts at a time, however often the list is read, and none once it is left', async () => {
  const answers: (() => void)[] = []
  const { history } = start([], {
    mine: () => Promise.resolve({ items: [1, 2, 3].map((number) => makeReceipt(number, large)), nextCursor: null }),
    listParts: () =>
      new Promise((resolve) => answers.push(() => resolve({ isReceived: true, parts: [], nextAfter: null }))),
  })
  for (let count = 0; count < 3; count += 1) await history.reload()
  expect(answers).toHaveLength(1)
  answers[0]?.()
  await expect.poll(() => answers).toHaveLength(2)
  history.stop()
  answers[1]?.()
  await expect.poll(() => history.items()[1]?.arrived).toBeDefined()
  await history.reload()
  expect(answers).toHaveLength(2)
})

test('cancelling gives a reservation back; what had arrived already is counted and looked at again', async () => {
  const [early, late] = [makeReceipt(1, { state: 'reserved' }), makeReceipt(2, { state: 'reserved' })]
  const { history } = start([[early, late]], {
    cancel: (id) => (id === late.mediaId ? Promise.reject(new RefusedCall('upload_settled')) : Promise.resolve()),
    watch: () => Promise.resolve([{ ...late, state: 'ready' }]),
  })
  await history.reload()
  expect(await history.cancel([early.mediaId, late.mediaId])).toBe(1)
  expect(history.items().map(({ state }) => state)).toEqual(['cancelled', 'ready'])
})

test('counts by cause: a state, or why it was refused', () => {
  const items = [
    makeReceipt(1),
    makeReceipt(2, { state: 'refused', reason: 'image_damaged' }),
    makeReceipt(3, { state: 'refused', reason: 'image_damaged' }),
    makeReceipt(4, { state: 'cancelled' }),
  ]
  expect(items.map(causeOf)).toEqual(['ready', 'image_damaged', 'image_damaged', 'cancelled'])
  expect(countCauses(items)[0]).toEqual({ cause: 'image_damaged', count: 2 })
})
