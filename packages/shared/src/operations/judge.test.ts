import { expect, test } from 'vitest'
import { judgeParts } from './judge-parts.ts'
import { judgeSystem, type SystemFacts } from './judge-system.ts'

const minuteMs = 60_000
const nowMs = 1_000 * minuteMs
const ago = (minutes: number) => nowMs - minutes * minuteMs
const queue = { name: 'outcomes', waiting: 0, inFlight: 0, oldestSeconds: null, deadLetters: 0 }
const well: SystemFacts = {
  schema: 'current',
  queues: [queue, { ...queue, name: 'mail', waiting: 3, oldestSeconds: 300 }],
  uploads: { reserved: 4, stuck: 0, givenUp: 0, undeleted: 0 },
  rounds: [
    { task: 'canary', isOk: true, endedMs: ago(45) },
    { task: 'observe', isOk: true, endedMs: ago(3) },
  ],
}

test('nothing needs anybody while all keep to what is expected of them', () => {
  expect(judgeSystem(well, nowMs)).toEqual([])
  expect(judgeSystem({ schema: null, queues: null, uploads: null, rounds: [] }, nowMs)).toEqual([])
})

test('what is behind, dead, slow, stuck, failed and late is each named with how much of it there is', () => {
  const ill: SystemFacts = {
    schema: 'behind',
    queues: [{ ...queue, waiting: 1, oldestSeconds: 601, deadLetters: 2 }],
    uploads: { reserved: 9, stuck: 3, givenUp: 4, undeleted: 5 },
    rounds: [
      { task: 'canary', isOk: false, endedMs: ago(46) },
      { task: 'migrate', isOk: true, endedMs: 0 },
    ],
  }
  expect(judgeSystem(ill, nowMs)).toEqual([
    { code: 'schema_behind', part: null, count: 1 },
    { code: 'round_failed', part: 'canary', count: 1 },
    { code: 'round_late', part: 'canary', count: 46 * 60 },
    { code: 'dead_letters', part: 'outcomes', count: 2 },
    { code: 'queue_slow', part: 'outcomes', count: 601 },
    { code: 'uploads_stuck', part: null, count: 3 },
    { code: 'uploads_given_up', part: null, count: 4 },
    { code: 'files_undeleted', part: null, count: 5 },
  ])
})

const arrived = (kind: 'image' | 'video' | 'audio', isOk = true) => ({
  kind,
  isOk,
  stepsMs: {},
  trouble: isOk ? null : 'was not inspected in time',
})
const canary = [arrived('image'), arrived('video'), arrived('audio')]

test('a part is up while its files arrive, slow while they wait, down when they do not come', () => {
  const { rounds, queues } = well
  expect(judgeParts({ rounds, queues, canary }, nowMs)).toEqual({
    pictures: 'up',
    films: 'up',
    sounds: 'up',
    mail: 'up',
    upkeep: 'up',
  })
  const slow = [{ ...queue, name: 'videos', oldestSeconds: 1801 }]
  expect(judgeParts({ rounds, queues: slow, canary }, nowMs)).toMatchObject({ pictures: 'up', films: 'slow' })
  const one = [arrived('image', false), arrived('video')]
  expect(judgeParts({ rounds, queues, canary: one }, nowMs)).toMatchObject({ pictures: 'down', films: 'up' })
})

test('what nobody has looked at lately is unknown, never up', () => {
  const old = [
    { task: 'canary', isOk: true, endedMs: ago(46) },
    { task: 'observe', isOk: true, endedMs: ago(4) },
  ]
  const unknown = { pictures: 'unknown', films: 'unknown', sounds: 'unknown', mail: 'unknown' }
  expect(judgeParts({ rounds: old, queues: well.queues, canary }, nowMs)).toEqual({ ...unknown, upkeep: 'slow' })
  expect(judgeParts({ rounds: [], queues: null, canary: null }, nowMs)).toEqual({ ...unknown, upkeep: 'unknown' })
})
