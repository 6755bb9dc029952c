import { expect, test } from 'vitest'
import { show } from '../../test/render.tsx'
import type { Outputs } from '../api/client.ts'
import { SystemFacts } from './health-tab.tsx'
import { readHealth, summarise, type KnownHealth } from './read-health.ts'

const parts = { pictures: 'up', films: 'up', sounds: 'up', mail: 'up', upkeep: 'up' } as const
const well: KnownHealth = { isReady: true, parts, canary: null }

test('the worst part stands for the whole, and what is not known is never called well', () => {
  expect(summarise(well)).toBe('up')
  expect(summarise({ ...well, parts: { ...parts, mail: 'unknown' } })).toBe('unknown')
  expect(summarise({ ...well, parts: { ...parts, mail: 'unknown', films: 'slow' } })).toBe('slow')
  expect(summarise({ ...well, parts: { ...parts, films: 'slow', sounds: 'down' } })).toBe('down')
  expect(summarise({ ...well, isReady: false })).toBe('down')
})

async function readTold(told: unknown): Promise<KnownHealth> {
  const before = globalThis.fetch
  globalThis.fetch = () => Promise.resolve(Response.json(told, { status: 503 }))
  try {
    return await readHealth(new AbortController().signal)
  } finally {
    globalThis.fetch = before
  }
}

test('an answer of another version, or of somebody else, is not taken for good news', async () => {
  const unknown = { pictures: 'unknown', films: 'unknown', sounds: 'unknown', mail: 'unknown', upkeep: 'unknown' }
  expect(await readTold({ isReady: false, parts: { mail: 'splendid' } })).toEqual({
    isReady: false,
    parts: unknown,
    canary: null,
  })
  await expect(readTold({ hello: 'from the café' })).rejects.toThrow('no answer of ours')
})

const at = '2026-06-15T12:00:00.000Z'
const compared = { endedAt: at, rows: 1, objects: 5, bytes: 9 }
const system: Outputs['admin']['system'] = {
  readAt: '2026-06-15T12:04:00.000Z',
  schema: 'current',
  observedAt: at,
  queues: [{ name: 'mail', waiting: 3, inFlight: 1, oldestSeconds: 700, deadLetters: 2, isSlow: true }],
  uploads: { reserved: 4, stuck: 1, givenUp: 0, undeleted: 0 },
  storage: { countedAt: at, kinds: [{ kind: 'image', items: 1200, bytes: 5_000_000 }] },
  tasks: [{ task: 'canary', isOk: false, isLate: false, startedAt: at, endedAt: at, everyMinutes: 15 }],
  canary: {
    endedAt: at,
    verdicts: [{ kind: 'video', isOk: false, stepsMs: {}, trouble: 'was not inspected in time' }],
  },
  reconciler: { ...compared, found: { stray_item: { count: 2, bytes: 7, repaired: 0 } } },
  troubles: [
    { code: 'round_failed', part: 'canary', count: 1 },
    { code: 'dead_letters', part: 'mail', count: 2 },
  ],
}
const draw = (change: Partial<typeof system> = {}) =>
  show(() => <SystemFacts system={{ ...system, ...change }} />).textContent

test('says what needs somebody, and how much of everything there is', () => {
  const shown = draw()
  expect(shown).toContain('What needs somebody')
  expect(shown).toContain('The last round of “canary” failed.')
  expect(shown).toContain('2 messages of “mail” failed every time.')
  expect(shown).toContain('was not inspected in time')
  expect(shown).toContain('1,200 · 4.8 MB')
  expect(shown).toContain('1 row and 5 files compared 4 minutes ago.')
  expect(shown).toContain('Files of items that are gone')
})

test('says so where nothing needs anybody, and where nothing was looked at yet', () => {
  expect(draw({ troubles: [] })).toContain('Nothing needs anybody')
  const none = { observedAt: null, queues: null, uploads: null, storage: null, canary: null, reconciler: null }
  expect(draw({ ...none, tasks: [], troubles: [] })).toContain('Nothing has been looked at yet.')
})

test('a finding says what is wasted on it and how much is being mended, and nothing of what is not', () => {
  const found = (kind: string, repaired: number) =>
    draw({ reconciler: { ...compared, found: { [kind]: { count: 3, bytes: 100 * 2 ** 30, repaired } } } })
  expect(found('stray_item', 0)).toMatch(/gone3 · 100 GB\$2\.30 a month$/)
  expect(found('derivative_missing', 2)).toMatch(/again3 · 100 GB2 being mended$/)
  expect(found('original_missing', 0)).toMatch(/missing3 · 100 GB$/)
})
