// How the system is, as administrators are told: written down, because the clock's tasks go on while pictures are taken.
import type { ApiClient } from '@shoebox/testing/api-client.ts'

type SystemAnswer = Awaited<ReturnType<ApiClient['api']['admin']['system']['query']>>

const readAt = '2026-06-15T09:29:50.000Z'
const queue = (name: string, waiting = 0) => ({
  ...{ name, waiting, inFlight: 0, oldestSeconds: waiting > 0 ? 4 : null, deadLetters: 0, isSlow: false },
})
const task = (name: string, everyMinutes: number, endedAt = '2026-06-15T09:29:12.000Z') => ({
  ...{ task: name, isOk: true, isLate: false, startedAt: endedAt, endedAt, everyMinutes },
})
const found = (count: number) => ({ count, bytes: count * 1000, repaired: count })

export const wellSystem: SystemAnswer = {
  readAt,
  schema: 'current',
  observedAt: '2026-06-15T09:29:10.000Z',
  queues: [queue('uploads', 2), queue('videos'), queue('outcomes'), queue('mail'), queue('notices')],
  uploads: { reserved: 3, stuck: 0, givenUp: 0, undeleted: 0 },
  storage: {
    countedAt: '2026-06-15T09:00:00.000Z',
    kinds: [
      { kind: 'image', items: 18_204, bytes: 72_000_000_000 },
      { kind: 'video', items: 611, bytes: 41_000_000_000 },
      { kind: 'audio', items: 37, bytes: 310_000_000 },
    ],
  },
  tasks: [task('canary', 15, '2026-06-15T09:24:00.000Z'), task('janitor', 5), task('notify', 1), task('purge', 1)],
  canary: {
    endedAt: '2026-06-15T09:24:00.000Z',
    verdicts: (['image', 'video', 'audio'] as const).map((kind) => ({
      ...{ kind, isOk: true, stepsMs: { begin: 41, send: 120, inspect: 840 }, trouble: null },
    })),
  },
  reconciler: {
    ...{ endedAt: '2026-06-15T09:15:00.000Z', rows: 18_852, objects: 94_260, bytes: 121_000_000_000 },
    found: { orphan: found(0) },
  },
  troubles: [],
}

export const troubledSystem: SystemAnswer = {
  ...wellSystem,
  tasks: wellSystem.tasks.map((one) => (one.task === 'canary' ? { ...one, isOk: false } : one)),
  troubles: [
    { code: 'round_failed', part: 'canary', count: 1 },
    { code: 'dead_letters', part: 'uploads', count: 2 },
  ],
}
