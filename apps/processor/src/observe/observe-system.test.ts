import { expect, test } from 'vitest'
import type { Observation } from '@shoebox/shared/operations/observation.schema.ts'
import type { LogFields } from '../log.ts'
import { observeSystem, type ObserveDeps } from './observe-system.ts'

const minuteMs = 60_000
const nowMs = 1_000 * minuteMs
const queues = [{ name: 'mail', waiting: 1, inFlight: 0, oldestSeconds: 9, deadLetters: 0 }]
const uploads = { reserved: 1, stuck: 0, givenUp: 0, undeleted: 0 }
const kinds = [{ kind: 'image', items: 2, bytes: 3 } as const]

function prepare(wish: Partial<ObserveDeps> = {}) {
  const said: LogFields[] = []
  const deps: ObserveDeps = {
    nowMs: () => nowMs,
    measureQueues: async () => queues,
    countUploads: async () => uploads,
    measureStorage: async () => kinds,
    findLast: async () => null,
    log: { info: () => {}, warn: () => {}, error: (_, fields = {}) => void said.push(fields) },
    ...wish,
  }
  return { deps, said }
}

const seenAgo = (minutes: number): Observation => ({
  queues: null,
  uploads: null,
  storage: { countedAtMs: nowMs - minutes * minuteMs, kinds: [] },
})

test('sees queues, uploads and storage', async () => {
  const seen = await observeSystem(prepare().deps)
  expect(seen).toEqual({ queues, uploads, storage: { countedAtMs: nowMs, kinds } })
})

test('one part that does not answer hides no other', async () => {
  const { deps, said } = prepare({ measureQueues: () => Promise.reject(new Error('no SQS')) })
  expect(await observeSystem(deps)).toEqual({ queues: null, uploads, storage: { countedAtMs: nowMs, kinds } })
  expect(said).toMatchObject([{ part: 'queues' }])
})

test('goes through all items once an hour and not before', async () => {
  const fresh = prepare({ findLast: async () => seenAgo(59) })
  expect((await observeSystem(fresh.deps)).storage).toEqual(seenAgo(59).storage)
  const old = prepare({ findLast: async () => seenAgo(60) })
  expect((await observeSystem(old.deps)).storage).toEqual({ countedAtMs: nowMs, kinds })
})
