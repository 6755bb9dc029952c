import { expect, test } from 'vitest'
import { roomOf } from './choice.ts'

const left = (bytes: number) => ({ usedBytes: 700, limitBytes: 700 + bytes })

test('what the plan still takes is what both of its limits leave: the day, and all that is kept', () => {
  expect(roomOf({ day: left(10), total: left(500) })).toBe(10)
  expect(roomOf({ day: left(500), total: left(10) })).toBe(10)
  // A plan that became smaller than what is kept.
  expect(roomOf({ day: left(500), total: left(-10) })).toBe(-10)
})
