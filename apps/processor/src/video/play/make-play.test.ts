// The copy that is played, with a bucket that does what a test says.
import { expect, test } from 'vitest'
import { makeZip } from '@shoebox/testing/samples/hostile.ts'
import { makeFastMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { makePlay, type PlayObjects } from './make-play.ts'

const key = 'play'

/**
 * @param store what the bucket holds after the nth copy of these bytes was sent there
 * @param time how many copies it could hold. A read takes a tenth of one.
 */
async function playOver(store: (copy: Buffer, nth: number) => Buffer, time = Infinity) {
  const file = await makeFastMp4()
  let stored: Buffer | null = null
  let copies = 0
  let left = time
  const objects: PlayObjects = {
    async readIncoming(_key, _etag, start, endInclusive) {
      left -= 0.1
      return file.subarray(start, endInclusive + 1)
    },
    async assemble(_from, _to, parts, makeBody) {
      left -= 1
      const sent = parts.map(async (part) =>
        part.way === 'send' ? makeBody(part) : file.subarray(part.start, part.end),
      )
      stored ??= store(Buffer.concat(await Promise.all(sent)), (copies += 1))
    },
    headView: async () => (stored === null ? null : { bytes: stored.length, etag: 'e' }),
    async readView(_key, _etag, start, endInclusive) {
      left -= 0.1
      return stored?.subarray(start, endInclusive + 1) ?? Promise.reject(new Error('nothing is stored'))
    },
    async deleteView() {
      stored = null
    },
  }
  const target = { key, hasTimeFor: (n: number) => left >= n }
  const outcome = await makePlay(objects, { key, etag: 'e', bytes: file.length, type: 'video/mp4' }, target)
  return { outcome, copies, isStored: stored !== null }
}

const copyAsSent = (copy: Buffer): Buffer => copy
const withTrace = (copy: Buffer): Buffer => Buffer.concat([copy, Buffer.from('Secret place')])

test('a copy that is as planned is kept', async () => {
  expect(await playOver(copyAsSent)).toMatchObject({ outcome: { play: 'made' }, copies: 1, isStored: true })
})

test('another copy that lies there is replaced', async () => {
  const replaced = await playOver((copy, nth) => (nth === 1 ? withTrace(copy) : copy))
  expect(replaced).toMatchObject({ outcome: { play: 'made' }, copies: 2, isStored: true })
})

test('a file whose copy cannot be made clean has none, and is no fault that comes again for ever', async () => {
  expect(await playOver(withTrace)).toMatchObject({ outcome: { play: 'absent' }, copies: 2, isStored: false })
})

test('a file whose copy hides something is refused', async () => {
  const { outcome, isStored } = await playOver((copy) => Buffer.concat([copy, makeZip()]))
  expect(outcome).toEqual({ play: 'refused', refusal: { reason: 'file_hides_other', detail: 'zip' } })
  expect(isStored).toBe(false)
})

test.each([
  ['to look through the film', 2, copyAsSent, 0],
  ['to look through the copy', 2.3, copyAsSent, 1],
  ['for a second copy', 2.9, withTrace, 1],
])('there is none where time is too short %s', async (_, time, store, copies) => {
  expect(await playOver(store, time)).toMatchObject({ outcome: { play: 'late' }, copies, isStored: false })
})
