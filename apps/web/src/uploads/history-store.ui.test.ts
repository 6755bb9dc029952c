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

test('an upload that was open shows its end once there is one', async () => {
  const open = makeReceipt(1, { state: 'reserved' })
  const { history } = start([[open]], { watch: () => Promise.resolve([{ ...open, state: 'ready' }]) })
  await history.reload()
  expect(history.openIds()).toEqual([open.mediaId])
  await history.refresh()
  expect(history.items()[0]?.state).toBe('ready')
  expect(history.openIds()).toEqual([])
})

test('of a large file that is not finished it says how much has arrived, where S3 knows it', async () => {
  const large = { state: 'reserved', declaredBytes: 40 * 2 ** 20 } as const
  const [begun, unsent] = [makeReceipt(1, large), makeReceipt(2, large)]
  const asked: string[] = []
  const { history } = start([[begun, unsent, makeReceipt(3, { state: 'reserved' }), makeReceipt(4)]], {
    listParts: (id) => {
      asked.push(id)
      if (id === unsent.mediaId) return Promise.reject(new RefusedCall('upload_not_open'))
      const parts = [1, 3].map((partNumber) => ({ partNumber, bytes: 8 * 2 ** 20, sha256: null }))
      return Promise.resolve({ isReceived: false, parts, nextAfter: null })
    },
  })
  await history.reload()
  await expect.poll(() => asked).toEqual([begun.mediaId, unsent.mediaId])
  expect(history.items().map(({ arrivedBytes }) => arrivedBytes)).toEqual([
    16 * 2 ** 20,
    undefined,
    undefined,
    undefined,
  ])
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
