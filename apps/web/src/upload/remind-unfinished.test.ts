import { expect, test } from 'vitest'
import { partsOf } from '../../test/journal-rules.ts'
import { createJournal } from '../../test/journal.ts'
import { RefusedCall } from '../../test/upload-world.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { publicFeed } from './destination.ts'
import { remindUnfinished, type ReminderDeps } from './remind-unfinished.ts'
import type { WatchedItem } from './watch-loop.ts'

const idOf = (n: number) => `med_01990000-0000-7000-8000-00000000000${n}` as MediaId
const answer = (mediaId: MediaId, state: WatchedItem['state'] = 'reserved'): WatchedItem => ({
  mediaId,
  state,
  reason: null,
  duplicateOf: null,
  declaredType: 'video/mp4',
  detectedType: null,
  item: null,
})

const listed = (isReceived: boolean) => ({ isReceived, parts: [], nextAfter: null })

const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('there is none')
  return value
}

/** A browser that has begun these films of 20 MB, each with the parts that have arrived: 8, 8 and 4 MB. */
function begin(...films: readonly (readonly number[])[]) {
  const journal = createJournal('gone')
  const uploads = films.map((_, n) => ({
    mediaId: idOf(n),
    file: new File([new Uint8Array(20 * 2 ** 20)], `film ${n}.mp4`),
    destination: publicFeed,
  }))
  for (const [n, parts] of films.entries()) {
    const upload = need(uploads[n])
    void journal.begin(upload)
    void journal.note(upload, partsOf(...parts))
  }
  const said: string[] = []
  const asked: MediaId[][] = []
  const remind = (changes: Partial<ReminderDeps> = {}) =>
    remindUnfinished({
      journal,
      watch: (ids) => {
        asked.push(ids)
        return Promise.resolve(ids.map((id) => answer(id)))
      },
      waitForEyes: () => Promise.resolve(),
      listParts: () => Promise.resolve(listed(false)),
      listKept: () => Promise.resolve([]),
      findLivingPages: () => Promise.resolve((page) => page !== 'gone'),
      tell: (sentence) => said.push(sentence),
      ...changes,
    })
  return { journal, uploads, remind, said, asked }
}

test('a large file that was not finished is told of once, with what is there', async () => {
  const { remind, said, asked } = begin([1, 3])
  await remind()
  await remind()
  expect(said).toEqual([
    'film 0.mp4 did not finish. 12 MB of 20 MB have arrived; choose it again and only the rest is sent.',
  ])
  // The second time only whether it has ended meanwhile.
  expect(asked).toHaveLength(2)
})

test('it is told of again when more of it has arrived since', async () => {
  const { journal, uploads, remind, said } = begin([1])
  await remind()
  await journal.note(need(uploads[0]), partsOf(1, 2))
  await remind()
  expect(said.map((sentence) => /\d+ MB/.exec(sentence)?.[0])).toEqual(['8 MB', '16 MB'])
})

test('what is kept goes on by itself, and is not told of', async () => {
  const { uploads, remind, said } = begin([1], [2])
  await remind({ listKept: () => Promise.resolve([need(uploads[0])]) })
  expect(said).toEqual([expect.stringContaining('film 1.mp4')])
})

test('several are counted', async () => {
  const { remind, said } = begin([1], [])
  await remind()
  expect(said).toEqual(['2 files did not finish. Choose them again and only the rest is sent.'])
})

test.each<[string, Partial<ReminderDeps>]>([
  ['another person’s', { watch: () => Promise.resolve([]) }],
  ['with a page that lives', { findLivingPages: () => Promise.resolve((page) => page === 'gone') }],
])('what is %s is not told of, and may be later', async (_, changes) => {
  const { remind, said } = begin([1])
  await remind(changes)
  expect(said).toEqual([])
  await remind()
  expect(said).toHaveLength(1)
})

test.each(['ready', 'cancelled', 'expired', 'refused'] as const)('what is %s by now is forgotten', async (state) => {
  const { journal, remind, said } = begin([1])
  await remind({ watch: (ids) => Promise.resolve(ids.map((id) => answer(id, state))) })
  expect(said).toEqual([])
  expect(journal.entries.size).toBe(0)
})

test('what was told of is forgotten once it has ended', async () => {
  const { journal, remind } = begin([1])
  await remind()
  expect(journal.entries.size).toBe(1)
  await remind({ watch: (ids) => Promise.resolve(ids.map((id) => answer(id, 'expired'))) })
  expect(journal.entries.size).toBe(0)
})

test('parts that are all there and were never joined are told of; what is being inspected is not', async () => {
  const { remind, said } = begin([1, 2, 3], [1, 2, 3])
  await remind({ listParts: (id) => Promise.resolve(listed(id === idOf(1))) })
  expect(said).toEqual([
    'film 0.mp4 did not finish. 20 MB of 20 MB have arrived; choose it again and only the rest is sent.',
  ])
})

test.each([
  ['whose parts S3 has lost is told of', new RefusedCall('upload_not_open'), 1],
  ['of which nobody can say how much is there is not', new TypeError('Failed to fetch'), 0],
])('an upload %s', async (_, error, count) => {
  const { remind, said } = begin([1])
  await remind({ listParts: () => Promise.reject(error) })
  expect(said).toHaveLength(count)
})

test('what is chosen again meanwhile stays as it is then, and is not told of', async () => {
  const { journal, uploads, remind, said } = begin([1])
  const here = createJournal('here', journal.entries)
  await remind({
    async watch(ids) {
      await here.note(need(uploads[0]), partsOf(1, 2))
      return ids.map((id) => answer(id))
    },
  })
  expect(said).toEqual([])
  expect(journal.entries.get(idOf(0))).toMatchObject({ page: 'here', parts: partsOf(1, 2), isTold: false })
})

test('two tabs that are opened at once tell of it once', async () => {
  const { remind, said } = begin([1])
  await Promise.all([remind(), remind()])
  expect(said).toHaveLength(1)
})

test('a tab that nobody looks at says nothing, and asks only then', async () => {
  const { remind, asked } = begin([1])
  const askedBefore: number[] = []
  // Somebody looks as soon as it waits for that.
  await remind({ waitForEyes: () => Promise.resolve(void askedBefore.push(asked.length)) })
  expect(askedBefore).toEqual([0])
  expect(asked).toHaveLength(1)
})

test('where nothing was begun nothing is asked', async () => {
  const { remind, asked } = begin()
  await remind()
  expect(asked).toEqual([])
})
