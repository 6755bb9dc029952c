import { createRoot } from 'solid-js'
import { afterEach, expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import type { Part, PartKey, PlannedFile } from './download-part.ts'
import { Downloads, type PartSaver } from './downloads.ts'
import type { PartJournal } from './part-journal.ts'

const userId = numberedId('user', 1)
const file = (name: string): PlannedFile => ({ mediaId: null, name, bytes: 10, localTime: '', takenAt: null })
const makePart = (number: number, change: Partial<Part> = {}): Part => ({
  downloadId: 'sea',
  number,
  userId,
  title: 'Sea',
  fileName: `Sea ${number}.zip`,
  begunAtMs: 0,
  state: 'waiting',
  files: [file(`${number}a`), file(`${number}b`)],
  bytes: 20,
  failures: [],
  ...change,
})

const nameOf = ({ downloadId, number }: PartKey) => `${downloadId}/${number}`

function createJournal(parts: readonly Part[]): PartJournal & { readonly kept: Map<string, Part> } {
  const kept = new Map(parts.map((part) => [nameOf(part), part]))
  return {
    kept,
    list: () => Promise.resolve([...kept.values()]),
    find: (key) => Promise.resolve(kept.get(nameOf(key)) ?? null),
    write: async (written) => written.forEach((part) => kept.set(nameOf(part), part)),
    change: async (key, change) => {
      const found = kept.get(nameOf(key))
      if (found === undefined) return null
      kept.set(nameOf(key), { ...found, ...change })
      return { ...found, ...change }
    },
    remove: async (downloadId) => {
      for (const part of [...kept.values()]) if (part.downloadId === downloadId) kept.delete(nameOf(part))
    },
  }
}

const roots: (() => void)[] = []
afterEach(() => roots.splice(0).forEach((dispose) => dispose()))

/** The worker of this world does to a part what the test says, and notes the order. */
function openWorld(world: { kept?: readonly Part[]; planned?: readonly Part[]; saver?: Partial<PartSaver> } = {}) {
  const journal = createJournal(world.kept ?? [])
  const begun: number[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const endOf = (key: PartKey) => {
    const end = ends.get(nameOf(key)) ?? Promise.withResolvers<void>()
    ends.set(nameOf(key), end)
    return end
  }
  const ordered: string[] = []
  const refused: string[] = []
  const saver: PartSaver = {
    hasWorker: () => Promise.resolve(true),
    isHeld: () => Promise.resolve(false),
    begin: async (key) => {
      begun.push(key.number)
      await journal.change(key, { state: 'running' })
      return true
    },
    awaitEnd: (key) => endOf(key).promise,
    order: (key, order) => void ordered.push(`${order} ${key.number}`),
    saveInPage: () => Promise.resolve({ failures: [], rest: [] }),
    inPageBytesMax: 15,
    ...world.saver,
  }
  const downloads = createRoot((dispose) => {
    roots.push(dispose)
    return new Downloads({
      userId,
      saver,
      journal,
      plan: () => Promise.resolve([...(world.planned ?? [])]),
      onRefused: (reason) => void refused.push(reason),
      onFailed: (error) => {
        throw error
      },
    })
  })
  const end = async (number: number, change: Partial<Part>) => {
    await journal.change(makePart(number), change)
    endOf(makePart(number)).resolve()
    ends.delete(nameOf(makePart(number)))
  }
  const states = () => downloads.parts().map((part) => downloads.stateOf(part))
  const untilStates = (...wanted: string[]) =>
    pollUntil(() => states().join() === wanted.join(), { what: `${wanted.join()}, not ${states().join()}` })
  return { downloads, journal, begun, end, states, untilStates, ordered, refused }
}

const request = { title: 'Sea', list: () => (async function* () {})() }

test('parts go one after the other, each when the one before it is saved', async () => {
  const { downloads, begun, end, untilStates } = openWorld({ planned: [makePart(1), makePart(2)] })
  await downloads.begin(request)
  await untilStates('running', 'waiting')
  await end(1, { state: 'done' })
  await untilStates('done', 'running')
  await end(2, { state: 'done' })
  await untilStates('done', 'done')
  expect(begun).toEqual([1, 2])
})

test('a part whose worker ended without a word is broken, stops the line, and starts again alone', async () => {
  const { downloads, begun, end, untilStates } = openWorld({ planned: [makePart(1), makePart(2)] })
  await downloads.begin(request)
  await untilStates('running', 'waiting')
  await end(1, {})
  await untilStates('broken', 'waiting')
  expect(begun).toEqual([1])
  downloads.save(downloads.parts()[0]!)
  await untilStates('running', 'waiting')
  await end(1, { state: 'done' })
  await untilStates('done', 'running')
  expect(begun).toEqual([1, 1, 2])
})

test('after a reload, what is saved stays saved, what goes on is watched, and what ended meanwhile is broken', async () => {
  const kept = [
    makePart(1, { state: 'done' }),
    makePart(2, { state: 'running' }),
    makePart(3, { state: 'running', downloadId: 'hills' }),
    makePart(4),
  ]
  const { downloads, begun, end, untilStates } = openWorld({
    kept,
    saver: { isHeld: ({ downloadId }) => Promise.resolve(downloadId === 'sea') },
  })
  await downloads.read()
  await untilStates('done', 'running', 'broken', 'waiting')
  expect(begun).toEqual([])
  await end(2, { state: 'done' })
  await untilStates('done', 'done', 'broken', 'running')
  expect(begun).toEqual([4])
})

test('what the worker left for a part of its own is saved next', async () => {
  const { downloads, journal, end, untilStates } = openWorld({ planned: [makePart(1)] })
  await downloads.begin(request)
  await untilStates('running')
  await journal.write([makePart(2, { files: [file('1b')] })])
  await end(1, { state: 'done' })
  await untilStates('done', 'running')
})

test('what is missing is tried again under its name, as a part of its own', async () => {
  const failures = [{ mediaId: null, name: '1b', reason: 'gone', bytesInZip: 0 }] as const
  const { downloads, journal, untilStates } = openWorld({ kept: [makePart(1, { state: 'done', failures })] })
  await downloads.read()
  void downloads.retryMissing(downloads.parts()[0]!)
  await untilStates('done', 'running')
  expect(downloads.parts()[0]?.failures).toEqual([])
  expect(journal.kept.get('sea/2')).toMatchObject({ files: [{ name: '1b' }], fileName: 'Sea - 2.zip', failures: [] })
})

test('a browser that does not begin leaves the part to be begun by hand', async () => {
  const { downloads, untilStates } = openWorld({
    planned: [makePart(1)],
    saver: { begin: () => Promise.resolve(false) },
  })
  await downloads.begin(request)
  await untilStates('not_started')
  expect(downloads.isSaving()).toBe(false)
})

test('without a worker, what memory does not hold is refused and the rest is saved by the page', async () => {
  const saver = { hasWorker: () => Promise.resolve(false) }
  const large = openWorld({ planned: [makePart(1)], saver })
  await large.downloads.begin(request)
  expect([large.refused, large.states()]).toEqual([['too_large'], []])
  const small = openWorld({ planned: [makePart(1, { bytes: 10 })], saver })
  await small.downloads.begin(request)
  await small.untilStates('done')
  expect(small.journal.kept.size).toBe(0)
})

test('nothing to download is said, and nothing is shown', async () => {
  const { downloads, refused, states } = openWorld()
  await downloads.begin(request)
  expect([refused, states(), downloads.preparing()]).toEqual([['empty'], [], null])
})

test('to forget stops what is being saved and leaves nothing in the journal', async () => {
  const { downloads, journal, ordered, untilStates } = openWorld({ planned: [makePart(1), makePart(2)] })
  await downloads.begin(request)
  await untilStates('running', 'waiting')
  downloads.forget()
  await untilStates()
  await pollUntil(() => ordered.length === 2)
  expect([ordered, journal.kept.size]).toEqual([['stop 1', 'stop 2'], 0])
})
