import { expect, test } from 'vitest'
import { idFromUuid, isId, makeId, uuidOf } from './ids.ts'

const random = new Uint8Array([0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9])
const nowMs = Date.UTC(2026, 10, 22, 12, 0, 0, 123)

test('an id is a version 7 UUID behind the prefix of its kind', () => {
  const id = makeId('media', nowMs, random)
  expect(id).toMatch(/^med_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(uuidOf(id).replaceAll('-', '').slice(0, 12), 16)).toBe(nowMs)
})

test('ids made later sort later', () => {
  expect(makeId('media', nowMs, random) < makeId('media', nowMs + 1, new Uint8Array(10))).toBe(true)
})

test('an id of one kind is not an id of another', () => {
  const id = makeId('user', nowMs, random)
  expect(isId('user', id)).toBe(true)
  expect(isId('media', id)).toBe(false)
})

test.each(['', 'med_', 'med_1', `med_${'z'.repeat(36)}`, `med_${uuidOf(makeId('user', nowMs, random))}x`, 'MED_'])(
  'refuses %j as an id',
  (text) => {
    expect(isId('media', text)).toBe(false)
  },
)

test('survives the way through Postgres', () => {
  const id = makeId('verification', nowMs, random)
  expect(idFromUuid('verification', uuidOf(id))).toBe(id)
})
