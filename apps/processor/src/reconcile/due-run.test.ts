import { expect, test } from 'vitest'
import { countLeft } from './count-left.ts'
import { dueClass } from './due-run.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const beganMs = Date.UTC(2026, 5, 15)

type Missing = { readonly count: number; readonly bytes: number; readonly repaired: number }

const runOf = (agoMs: number, missing?: Missing) => ({
  beganAt: new Date(beganMs - agoMs),
  endedAt: new Date(beganMs - agoMs),
  report: { rows: 0, objects: 0, bytes: 0, samples: [], found: missing ? { derivative_missing: missing } : {} },
})
const lost = { count: 3, bytes: 300, repaired: 0 }
const askedFor = { ...lost, repaired: 3 }

test('reports once a day', () => {
  expect(dueClass({ last: null, lastRemake: null }, beganMs)).toBe('nothing')
  expect(dueClass({ last: runOf(dayMs - 1), lastRemake: null }, beganMs)).toBeNull()
  expect(dueClass({ last: runOf(dayMs), lastRemake: null }, beganMs)).toBe('nothing')
})

test('has what a report missed made again, once a day, and reports after an hour what came of it', () => {
  expect(dueClass({ last: runOf(0, lost), lastRemake: null }, beganMs)).toBe('derivatives')
  const asked = runOf(0, askedFor)
  expect(dueClass({ last: asked, lastRemake: asked }, beganMs + hourMs - 1)).toBeNull()
  expect(dueClass({ last: asked, lastRemake: asked }, beganMs + hourMs)).toBe('nothing')
  expect(dueClass({ last: runOf(0, lost), lastRemake: runOf(hourMs, askedFor) }, beganMs)).toBeNull()
  expect(dueClass({ last: runOf(0, lost), lastRemake: runOf(dayMs, askedFor) }, beganMs)).toBe('derivatives')
})

test('does not walk again for what was given up, until it may be asked for again or something else is lost', () => {
  const inVain = runOf(2 * dayMs, lost)
  expect(dueClass({ last: inVain, lastRemake: inVain }, beganMs - 2 * dayMs + hourMs)).toBeNull()
  expect(dueClass({ last: runOf(0, lost), lastRemake: inVain }, beganMs)).toBeNull()
  expect(dueClass({ last: runOf(0, { ...lost, count: 4 }), lastRemake: inVain }, beganMs)).toBe('derivatives')
  expect(dueClass({ last: runOf(0, { ...lost, bytes: 301 }), lastRemake: inVain }, beganMs)).toBe('derivatives')
  expect(dueClass({ last: runOf(0, lost), lastRemake: runOf(30 * dayMs, lost) }, beganMs)).toBe('derivatives')
})

test('what was only asked for is left until a run does not miss it any more', () => {
  const stray = { count: 2, bytes: 1, repaired: 2 }
  expect(countLeft({ found: { derivative_missing: askedFor, stray_item: stray, quota_drift: stray } })).toBe(3)
  expect(countLeft({ found: { stray_item: { ...stray, repaired: 0 }, quota_drift: stray } })).toBe(2)
  expect(countLeft({ found: {} })).toBe(0)
})
