// The copy that is played, with a bucket that does what a test says.
import { expect, test } from 'vitest'
import { makeZip } from '@shoebox/testing/samples/hostile.ts'
import { makeFastMp4, makeMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { scrub } from '../../../test/scrubbed-copy.ts'
import { makePlay, type PlayObjects } from './make-play.ts'

const key = 'play'

type Bucket = {
  /** What is read of the film, the first time from its beginning on and the second. */
  readonly looks: readonly [Buffer, Buffer]
  /** What lies where the copy will. */
  readonly before?: Buffer
  /** How many copies there is time for. */
  readonly time?: number
  /** It answers that it took a copy, and has none. */
  readonly isLeaky?: boolean
}

/** As many copies could be made while the film is read once. */
const readTime = 1.5

async function playOver({ looks, before, time = Infinity, isLeaky = false }: Bucket) {
  const [file] = looks
  let stored = before
  let [reads, beginnings] = [0, 0]
  let isBegun = false
  const objects: PlayObjects = {
    async readIncoming(_key, _etag, start, endInclusive) {
      reads += 1
      beginnings += start === 0 ? 1 : 0
      return looks[beginnings > 1 ? 1 : 0].subarray(start, endInclusive + 1)
    },
    async assemble({ parts, makeBody, check }) {
      isBegun = true
      const fault = await check()
      if (fault !== null) return fault
      const sent = parts.map(async (part) =>
        part.way === 'send' ? makeBody(part) : file.subarray(part.start, part.end),
      )
      stored = Buffer.concat(await Promise.all(sent))
      return null
    },
    headView: async () => (stored === undefined || isLeaky ? null : { bytes: stored.length }),
  }
  const target = { key, hasTimeFor: (copies: number) => reads * readTime + copies <= time }
  const outcome = await makePlay(objects, { key, etag: 'e', bytes: file.length, type: 'video/mp4' }, target)
  return { outcome, stored, reads, isBegun }
}

test('a copy takes the place of what lies there', async () => {
  const film = await makeFastMp4()
  const { outcome, stored } = await playOver({ looks: [film, film], before: Buffer.from('Secret place'), time: 4 })
  expect(outcome).toMatchObject({ play: 'made' })
  expect(stored?.equals(await scrub(film, 'video/mp4'))).toBe(true)
})

test('nothing is stored of a copy that is not clean when it is looked through', async () => {
  const film = await makeFastMp4()
  const { outcome, stored } = await playOver({ looks: [await scrub(film, 'video/mp4'), film] })
  expect(outcome).toMatchObject({ play: 'absent' })
  expect(stored).toBeUndefined()
})

test('a film whose copy would show what a track hid is refused', async () => {
  const film = await makeMp4()
  // The sound becomes a clock, which goes.
  film.write('tmcd', film.indexOf('soun'), 'latin1')
  makeZip().copy(film, film.readUInt32BE(film.lastIndexOf('stco') + 12))
  const { outcome, stored } = await playOver({ looks: [film, film] })
  expect(outcome).toEqual({ play: 'refused', refusal: { reason: 'file_hides_other', detail: 'zip' } })
  expect(stored).toBeUndefined()
})

test('what a track holds that is gone, and may stay where it lies, is no fault of the copy', async () => {
  const film = await makeMp4()
  film.write('tmcd', film.indexOf('soun'), 'latin1')
  expect(await playOver({ looks: [film, film] })).toMatchObject({ outcome: { play: 'made' } })
})

test('a copy that S3 took and has not is a fault', async () => {
  const film = await makeFastMp4()
  await expect(playOver({ looks: [film, film], isLeaky: true })).rejects.toThrow('was not stored')
})

test.each([
  ['to look at the film', 1.9, { reads: 0, isBegun: false }],
  ['to look through the film', 3.4, { reads: 1, isBegun: false }],
  ['to look through the copy', 3.9, { reads: 2, isBegun: true }],
])('nothing is stored, and nothing goes, where there is no time %s', async (_, time, spent) => {
  const film = await makeFastMp4()
  const before = Buffer.from('a copy of an earlier try')
  const { stored, ...result } = await playOver({ looks: [film, film], before, time })
  expect(result).toEqual({ outcome: { play: 'late', detail: 'no time left' }, ...spent })
  expect(stored).toBe(before)
})
