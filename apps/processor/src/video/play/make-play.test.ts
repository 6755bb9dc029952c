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
  /** After so many reads of the film its time is over. */
  readonly readsMax?: number
}

async function playOver({ looks, before, readsMax = Infinity }: Bucket) {
  const [file] = looks
  let stored = before
  let [reads, readsChecked, beginnings] = [0, 0, 0]
  const objects: PlayObjects = {
    async readIncoming(_key, _etag, start, endInclusive) {
      reads += 1
      beginnings += start === 0 ? 1 : 0
      return looks[beginnings > 1 ? 1 : 0].subarray(start, endInclusive + 1)
    },
    async assemble({ parts, makeBody, check }) {
      const fault = await check()
      readsChecked = reads
      if (fault !== null) return fault
      const sent = parts.map(async (part) =>
        part.way === 'send' ? makeBody(part) : file.subarray(part.start, part.end),
      )
      stored = Buffer.concat(await Promise.all(sent))
      return null
    },
    headView: async () => (stored === undefined ? null : { bytes: stored.length }),
  }
  const target = { key, hasTimeFor: () => reads <= readsMax }
  const outcome = await makePlay(objects, { key, etag: 'e', bytes: file.length, type: 'video/mp4' }, target)
  return { outcome, stored, readsChecked }
}

test('a copy takes the place of what lies there', async () => {
  const film = await makeFastMp4()
  const { outcome, stored } = await playOver({ looks: [film, film], before: Buffer.from('Secret place') })
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

test('nothing is stored, and nothing goes, where time ends before film and copy are looked through', async () => {
  const film = await makeFastMp4()
  const before = Buffer.from('a copy of an earlier try')
  const { readsChecked } = await playOver({ looks: [film, film] })
  expect(readsChecked).toBeGreaterThan(1)
  for (let readsMax = 0; readsMax < readsChecked; readsMax += 1) {
    const { outcome, stored } = await playOver({ looks: [film, film], before, readsMax })
    expect(outcome).toMatchObject({ play: 'late' })
    expect(stored).toBe(before)
  }
})
