import { createRoot } from 'solid-js'
import { expect, onTestFinished, test } from 'vitest'
import { createManualTime } from '../../test/manual-time.ts'
import { createSpeed } from './upload-speed.ts'

function startSpeed() {
  const time = createManualTime()
  const moved = { bytes: 0 }
  const { speed, dispose } = createRoot((end) => ({ speed: createSpeed(() => moved.bytes, time), dispose: end }))
  onTestFinished(dispose)
  const pass = async (seconds: number, bytes: number) => {
    moved.bytes += bytes
    await time.pass(seconds * 1000)
    return speed()
  }
  return { pass, time, dispose }
}

test('a speed is that of the first second at once, and follows a change within a few', async () => {
  const { pass } = startSpeed()
  expect(await pass(1, 1000)).toBe(1000)
  expect(await pass(1, 1000)).toBe(1000)
  expect(await pass(1, 2000)).toBe(1300)
  for (let second = 0; second < 8; second += 1) await pass(1, 2000)
  expect(await pass(1, 2000)).toBeGreaterThan(1950)
})

test('a speed is none before anything moves, falls while nothing does, and is never less than none', async () => {
  const { pass } = startSpeed()
  expect(await pass(1, 0)).toBe(0)
  await pass(1, 1000)
  expect(await pass(1, 0)).toBe(700)
  expect(await pass(1, -1000)).toBeCloseTo(490)
})

test('the speed of a page that nobody saw for a minute is that of a second of it, and of nothing before it', async () => {
  const { pass } = startSpeed()
  await pass(1, 1000)
  expect(await pass(60, 120_000)).toBeCloseTo(2000)
})

test('a speed is measured no more once nobody asks', async () => {
  const { pass, time, dispose } = startSpeed()
  await pass(1, 1000)
  dispose()
  expect(time.sleeping()).toBe(0)
})
