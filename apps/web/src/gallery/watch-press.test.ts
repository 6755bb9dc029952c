import { expect, test } from 'vitest'
import { pushOf } from './watch-press.ts'

test('a finger in the middle of the screen lets the page rest, one near an edge moves it, further out faster', () => {
  expect(pushOf(400, 800)).toBe(0)
  expect(pushOf(60, 800)).toBeLessThan(0)
  expect(pushOf(10, 800)).toBeLessThan(pushOf(60, 800))
  expect(pushOf(700, 800)).toBeGreaterThan(0)
  expect(pushOf(790, 800)).toBeGreaterThan(pushOf(700, 800))
  expect(pushOf(-500, 800)).toBe(-pushOf(5000, 800))
})
