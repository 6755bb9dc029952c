import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sendJoined } from './send-joined.ts'

test.each([
  ['nothing', []],
  ['small pieces', [100, 1, 5000]],
  ['more than the buffer holds', [5_000_000, 5_000_000]],
])('joins %s', async (_, sizes) => {
  const pieces = sizes.map((bytes) => randomBytes(bytes))
  const sent = await sendJoined(pieces, async (joined) => Buffer.from(joined))
  expect(sent.equals(Buffer.concat(pieces))).toBe(true)
})

test('leaves what is being sent alone, however many are, and one that fails too', async () => {
  const files = Array.from({ length: 5 }, () => randomBytes(1000))
  const gate = Promise.withResolvers<void>()
  const sending = files.map((file, index) =>
    sendJoined([file.subarray(0, 300), file.subarray(300)], async (joined) => {
      await gate.promise
      if (index === 0) throw new Error('503')
      return Buffer.from(joined)
    }),
  )
  gate.resolve()
  const [failed, ...sent] = await Promise.allSettled(sending)
  expect(failed).toMatchObject({ status: 'rejected' })
  expect(sent).toEqual(files.slice(1).map((value) => ({ status: 'fulfilled', value })))
})
