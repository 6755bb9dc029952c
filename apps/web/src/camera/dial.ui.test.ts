import { expect, test } from 'vitest'
import { Dial } from './dial.ts'

/** The zoom of a camera that answers when the test says so. */
function openZoom() {
  const asked: unknown[] = []
  const answers: (() => void)[] = []
  const dial = new Dial('zoom', ({ zoom }) => {
    asked.push(zoom)
    return new Promise<void>((resolve) => answers.push(resolve))
  })
  const take = () => dial.take({ zoom: { min: 1, max: 10, step: 0.1 } }, {})
  take()
  return { dial, asked, take, answer: (nth: number) => answers[nth]?.() }
}

test('a camera that takes its time is asked for one value at a time, and then for the last that came meanwhile', async () => {
  const { dial, asked, answer } = openZoom()
  const setting = dial.set(2)
  for (const value of [3, 5, 4]) void dial.set(value)
  expect([asked, dial.value()]).toEqual([[2], 4])
  answer(0)
  await expect.poll(() => asked).toEqual([2, 4])
  answer(1)
  await setting
  void dial.set(6)
  expect(asked).toEqual([2, 4, 6])
})

test('another camera is asked at once, whatever the one before has still to say', async () => {
  const { dial, asked, take, answer } = openZoom()
  const setting = dial.set(2)
  take()
  void dial.set(3)
  expect(asked).toEqual([2, 3])
  answer(0)
  await setting
  expect(asked).toEqual([2, 3])
})
