// How the system is, as administrators are told: written down, because the clock's tasks go on while pictures are taken.
import type { ApiClient } from '@shoebox/testing/api-client.ts'

type SystemAnswer = Awaited<ReturnType<ApiClient['api']['admin']['system']['query']>>

const readAt = '2026-06-15T09:29:50.000Z'
const queue = (name: string, waiting = 0) => ({
  ...{ name, waiting, inFlight: 0, oldestSeconds: waiting > 0 ? 4 : null, deadLetters: 0, isSlow: false },
})
const task = (name: string, everyMinutes: number, endedAt = '2026-06-15T09:29:12.000Z') => ({
  ...{ task: name, isOk: true, isLate: false, endedAt, everyMinutes },
  startedAt: new Date(Date.parse(endedAt) - 1200).toISOString(),
})

const quiet = ['videos', 'outcomes', 'mail', 'notices'].map((name) => queue(name))
const verdict = (kind: 'image' | 'video' | 'audio', trouble: string | null = null) => ({
  ...{ kind, isOk: trouble === null, stepsMs: { begin: 41, send: 120, inspect: 840 }, trouble },
})
const canaryEndedAt = '2026-06-15T09:24:00.000Z'
const compared = { endedAt: '2026-06-15T09:15:00.000Z', rows: 18_852, objects: 94_260, bytes: 121_000_000_000 }

export const wellSystem: SystemAnswer = {
  readAt,
  schema: 'current',
  observedAt: '2026-06-15T09:29:10.000Z',
  queues: [queue('uploads', 2), ...quiet],
  uploads: { reserved: 3, stuck: 0, givenUp: 0, undeleted: 0 },
  storage: {
    countedAt: '2026-06-15T09:00:00.000Z',
    kinds: [
      { kind: 'image', items: 18_204, bytes: 72_000_000_000 },
      { kind: 'video', items: 611, bytes: 41_000_000_000 },
      { kind: 'audio', items: 37, bytes: 310_000_000 },
    ],
  },
  tasks: [
    ...[task('canary', 15, canaryEndedAt), task('janitor', 5), task('notify', 1), task('purge', 1)],
    task('reconcile', 15, compared.endedAt),
  ],
  canary: { endedAt: canaryEndedAt, verdicts: [verdict('image'), verdict('video'), verdict('audio')] },
  reconciler: { ...compared, found: {} },
  troubles: [],
}

const failed = ['canary', 'reconcile']

export const troubledSystem: SystemAnswer = {
  ...wellSystem,
  queues: [{ ...queue('uploads', 2), deadLetters: 2 }, ...quiet],
  tasks: wellSystem.tasks.map((one) => ({ ...one, isOk: !failed.includes(one.task) })),
  canary: {
    endedAt: canaryEndedAt,
    verdicts: [verdict('image'), verdict('video', 'was not inspected in time'), verdict('audio')],
  },
  reconciler: {
    ...compared,
    found: {
      original_missing: { count: 1, bytes: 4_700_000, repaired: 0 },
      derivative_missing: { count: 30, bytes: 9_400_000, repaired: 30 },
      stray_generation: { count: 1204, bytes: 62_000_000_000, repaired: 0 },
      quota_drift: { count: 3, bytes: 1_300_000, repaired: 0 },
    },
  },
  troubles: [
    { code: 'round_failed', part: 'canary', count: 1 },
    { code: 'dead_letters', part: 'uploads', count: 2 },
    { code: 'round_failed', part: 'reconcile', count: 1 },
  ],
}
