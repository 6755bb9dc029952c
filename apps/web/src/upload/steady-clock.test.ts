import { expect, test } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

const hourMs = 3_600_000

test('a steady clock goes on evenly when the device’s is put back, and counts what it slept through', () => {
  const device = { wall: 50 * hourMs, up: 0 }
  const clock = createSteadyClock(
    () => device.wall,
    () => device.up,
  )
  const pass = (wall: number, up: number) => {
    device.wall += wall
    device.up += up
    return clock()
  }
  expect(pass(1000, 1000)).toBe(1000)
  expect(pass(-49 * hourMs, 1000)).toBe(2000)
  expect(pass(1000, 1000)).toBe(3000)
  // Asleep: some systems stop the one, none the other.
  expect(pass(hourMs, 0)).toBe(3000 + hourMs)
})
