import { expect, test } from 'vitest'
import { addCaptions } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import { BlockSource } from '../reader/block-source.ts'
import { findLastFragmentEnd } from './find-last-fragment.ts'
import { readMovieBox } from './movie-box.ts'

async function find(film: Buffer) {
  const source = new BlockSource(film.length, async (start, end) => film.subarray(start, end), {
    bytesMax: 64 * 2 ** 20,
    readsMax: 64,
  })
  const movie = await readMovieBox(source)
  if (movie === null) throw new Error('no header')
  // Pictures and sound.
  return { seconds: await findLastFragmentEnd(source, movie, new Set([1, 2])), reads: source.readsMade }
}

/** Behind the header, a box that nobody reads, as large as hours of film. */
async function makeLarge(): Promise<Buffer> {
  const film = await films.makeRecordedMp4()
  const first = film.indexOf('moof', 0, 'latin1') - 4
  const between = Buffer.alloc(8 * 2 ** 20)
  between.writeUInt32BE(between.length)
  between.write('free', 4, 'latin1')
  return Buffer.concat([film.subarray(0, first), between, film.subarray(first)])
}

test('finds when the last fragment ends, with one read beside the header', async () => {
  const { seconds, reads } = await find(await makeLarge())
  expect(seconds).toBeCloseTo(3, 1)
  expect(reads).toBe(2)
})

test('finds a fragment of whose header the first read holds only the end', async () => {
  const film = await films.makeRecordedMp4()
  const behind = film.length - film.lastIndexOf('moof', undefined, 'latin1')
  for (const cutBytes of [-4, -3, 0, 4]) {
    const free = Buffer.alloc(512 * 1024 - cutBytes - behind)
    free.writeUInt32BE(free.length)
    free.write('free', 4, 'latin1')
    const { seconds } = await find(Buffer.concat([film, free]))
    expect(seconds, `${cutBytes} bytes of its name are cut off`).toBeCloseTo(3, 1)
  }
})

test('takes the last whole fragment of a recording that was cut off', async () => {
  const film = await films.makeRecordedMp4()
  const { seconds } = await find(film.subarray(0, -100))
  expect(seconds).toBeGreaterThan(1.8)
  expect(seconds).toBeLessThan(2.3)
})

test('is not deceived by the name of a fragment among the samples', async () => {
  const film = await films.makeRecordedMp4()
  film.write('moof', film.length - 200, 'latin1')
  expect((await find(film)).seconds).toBeCloseTo(3, 1)
})

test('is not deceived by words that stay for hours', async () => {
  const captions = [{ as: 'srt', text: '1\n00:00:01,000 --> 09:00:00,000\nHello\n' }] as const
  const options = { movflags: 'frag_keyframe+empty_moov+default_base_moof+skip_trailer' }
  const film = await addCaptions({ film: await films.makeMp4(), format: 'mp4', captions, options })
  expect((await find(film)).seconds).toBeCloseTo(3, 1)
})

test('leaves a film with an index, or without fragments, to whoever reads those', async () => {
  expect((await find(await films.makeFragmentedMp4())).seconds).toBeNull()
  expect((await find(await films.makeMp4())).seconds).toBeNull()
})
