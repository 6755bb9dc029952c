// Places in an MP4 where words stand although no player looks there for them.
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { addCaptions, twoCues } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import { makeM4a } from '@shoebox/testing/samples/time-based/sounds.ts'
import { planScrub } from './plan-scrub.ts'
import { holds, plan, readAll, scrub, traces } from '../../../test/scrubbed-copy.ts'

function makeBox(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(body.length + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, body])
}

const words = makeBox(
  'udta',
  makeBox('©xyz', Buffer.alloc(4), Buffer.from(`${films.secretPlace} ${films.secretDevice}`)),
)

/** The last box of a name, from its length on. */
const findLast = (film: Buffer, type: string): number => film.lastIndexOf(type, undefined, 'latin1') - 4

function putInto(film: Buffer, box: number, child: Buffer): Buffer {
  const end = box + film.readUInt32BE(box)
  const grown = Buffer.concat([film.subarray(0, end), child, film.subarray(end)])
  grown.writeUInt32BE(end - box + child.length, box)
  return grown
}

async function makeWithSecondHeader(): Promise<Buffer> {
  const film = await films.makeMp4()
  return Buffer.concat([film, film.subarray(findLast(film, 'moov'))])
}

async function makeWithWordsThatClaimMore(): Promise<Buffer> {
  const film = await films.makeMp4()
  const at = findLast(film, 'udta')
  film.writeUInt32BE(film.readUInt32BE(at) + 1, at)
  return film
}

async function makeWithWordsThatAreNoBox(): Promise<Buffer> {
  const film = await films.makeMp4()
  return putInto(film, findLast(film, 'moov'), Buffer.from(`\0\0\0\x02 ${films.secretPlace}`, 'latin1'))
}

/** Of one frame each. */
const makeManyFragments = () =>
  films.makeMp4({ streams: [films.h264], options: { movflags: 'frag_every_frame+empty_moov+default_base_moof' } })

async function makeWithWordsBehindManyFragments(): Promise<Buffer> {
  return Buffer.concat([await makeManyFragments(), words])
}

async function makeWithWordsInFragments(): Promise<Buffer> {
  const film = await makeManyFragments()
  const moof = findLast(film, 'moof')
  const grown = putInto(putInto(film, findLast(film, 'traf'), words), moof, words)
  // Each grows what is around it, and its samples move away from it.
  grown.writeUInt32BE(film.readUInt32BE(moof) + 2 * words.length, moof)
  const offset = grown.indexOf('trun', moof, 'latin1') + 12
  grown.writeUInt32BE(grown.readUInt32BE(offset) + 2 * words.length, offset)
  return grown
}

async function makeWithWordsInFragmentList(): Promise<Buffer> {
  const film = await makeManyFragments()
  return putInto(film, findLast(film, 'mfra'), words)
}

/** Among how the pictures are decoded: the name of the encoder, and a box of words where the bit rate stood. */
async function makeWithWordsInDescription(): Promise<Buffer> {
  const film = await films.makeMp4()
  const entry = film.lastIndexOf('avc1') - 4
  film.write('\x0dSecret camera', entry + 50, 'latin1')
  film.write('udtaSecret place', film.indexOf('btrt', entry), 'latin1')
  return film
}

test.each([
  ['a second header', makeWithSecondHeader],
  ['the description of pictures', makeWithWordsInDescription],
  ['words that claim a byte more than their header has', makeWithWordsThatClaimMore],
  ['words in a header that are no box', makeWithWordsThatAreNoBox],
  ['words behind more fragments than are looked up one by one', makeWithWordsBehindManyFragments],
  ['words in the headers of fragments', makeWithWordsInFragments],
  ['words in the list of fragments', makeWithWordsInFragmentList],
])('no trace is left in %s, and the film is the same', async (_, make) => {
  const file = await make()
  expect(traces.some((trace) => holds(file, trace))).toBe(true)
  const copy = await scrub(file, 'video/mp4')
  expect(copy).toHaveLength(file.length)
  expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
  expect(await plan(copy, 'video/mp4')).toEqual({ plan: 'patches', patches: [] })
  expect(await readAll(copy, 'video/mp4')).toEqual(await readAll(file, 'video/mp4'))
})

test('changes nothing in the samples of a recording that was cut off in one of many fragments', async () => {
  const whole = await makeManyFragments()
  const file = whole.subarray(0, findLast(whole, 'mdat') + 100)
  const copy = await scrub(file, 'video/mp4')
  const firstFragment = file.indexOf('moof', 0, 'latin1') - 4
  expect(copy.subarray(firstFragment).equals(file.subarray(firstFragment))).toBe(true)
})

test('reads a long film of fragments in large pieces, not one for each fragment', async () => {
  const film = await makeManyFragments()
  const [moof, mdat, mfra] = ['moof', 'mdat', 'mfra'].map((type) => findLast(film, type)) as [number, number, number]
  // As many again, each with a quarter of a megabyte behind its samples.
  const fragment = Buffer.concat([film.subarray(moof, mfra), Buffer.alloc(2 ** 18)])
  fragment.writeUInt32BE(fragment.length - (mdat - moof), mdat - moof)
  const file = Buffer.concat([film.subarray(0, mfra), ...Array.from({ length: 100 }, () => fragment)])
  let reads = 0
  const planned = await planScrub('video/mp4', file.length, async (from, to) => {
    reads += 1
    return file.subarray(from, to)
  })
  expect(planned.plan).toBe('patches')
  expect(reads).toBeLessThan(30)
})

/** As QuickTime wrote films for the web: a header whose only child holds the header itself, compressed. */
async function makeWithCompressedHeader(): Promise<Buffer> {
  const film = await films.makeMp4()
  const at = findLast(film, 'moov')
  const size = Buffer.alloc(4)
  size.writeUInt32BE(film.length - at)
  const body = makeBox('cmvd', size, deflateSync(film.subarray(at)))
  const moov = makeBox('moov', makeBox('cmov', makeBox('dcom', Buffer.from('zlib')), body))
  return Buffer.concat([film.subarray(0, at), moov])
}

test('there is no copy of a film with a compressed header: none of its samples would be left', async () => {
  expect(await plan(await makeWithCompressedHeader(), 'video/quicktime')).toMatchObject({ plan: 'unsafe' })
})

/** One track in each, and `samples` of it that are said to have no bytes, each by itself or all at once. */
function makeFragment(samples: number, each: 'each' | 'all'): Buffer {
  const words = (...numbers: number[]) => Buffer.from(numbers.flatMap((n) => [n >>> 24, n >>> 16, n >>> 8, n]))
  const sizes = Buffer.alloc(each === 'each' ? 4 * samples : 0)
  const trun = makeBox('trun', words(each === 'each' ? 0x200 : 0, samples), sizes)
  return makeBox('moof', makeBox('mfhd', words(0, 1)), makeBox('traf', makeBox('tfhd', words(0x2_0000, 1)), trun))
}

test.each([
  ['all at once, in fragment after fragment', 2000, makeFragment(2 ** 18, 'all'), 'patches'],
  ['one by one, more than are followed', 6, makeFragment(2 ** 20, 'each'), 'unsafe'],
] as const)('fragments that speak of samples by the million cost neither memory nor time: %s', async (...given) => {
  const [, count, fragment, planned] = given
  const file = Buffer.concat([await films.makeMp4(), ...Array.from({ length: count }, () => fragment)])
  expect(await plan(file, 'video/mp4')).toMatchObject({ plan: planned })
})

/** The words are said to stand where the first picture does: in another file, as QuickTime's films of references say. */
async function makeWithWordsInAnotherFile(): Promise<Buffer> {
  const captions = [{ as: 'srt', text: twoCues }] as const
  const film = await addCaptions({ film: await films.makeMp4(), format: 'mp4', captions })
  const picture = film.indexOf('stco', film.lastIndexOf('vide')) + 12
  // The second of its chunks: the first says that there are no words yet.
  film.copy(film, film.lastIndexOf('stco') + 16, picture, picture + 4)
  return film
}

/** As tools leave it that move the header and correct only where pictures and sounds stand. */
async function makeWithWordsInTheHeader(): Promise<Buffer> {
  const captions = [{ as: 'srt', text: twoCues }] as const
  const film = await addCaptions({ film: await films.makeMp4(), format: 'mp4', captions })
  const chunks = film.lastIndexOf('stco')
  film.writeUInt32BE(0, chunks + 12)
  film.writeUInt32BE(findLast(film, 'moov'), chunks + 16)
  return film
}

/** Behind pictures and sounds. */
const wordsTrackId = 3

/** @param find where the words of all fragments are said to stand */
async function makeFragmentsWithWordsAt(find: (film: Buffer) => number): Promise<Buffer> {
  const captions = [{ as: 'srt', text: twoCues }] as const
  const options = { movflags: 'frag_keyframe+empty_moov' }
  const film = await addCaptions({ film: await films.makeMp4(), format: 'mp4', captions, options })
  for (let at = film.indexOf('tfhd'); at !== -1; at = film.indexOf('tfhd', at + 4))
    if (film.readUInt32BE(at + 8) === wordsTrackId) {
      film.writeBigUInt64BE(0n, at + 12)
      film.writeUInt32BE(find(film), film.indexOf('trun', at) + 12)
    }
  return film
}

/** The header is the last box of the file, and says a byte more of its last track than there is. */
async function makeWithTrackThatClaimsMore(): Promise<Buffer> {
  const film = await films.makeMp4()
  const [moov, trak] = [findLast(film, 'moov'), findLast(film, 'trak')]
  const end = trak + film.readUInt32BE(trak)
  film.writeUInt32BE(end - moov, moov)
  film.writeUInt32BE(end - trak + 1, trak)
  return film.subarray(0, end)
}

test.each([
  ['words that are said to stand at the same place in another file', makeWithWordsInAnotherFile],
  ['words that are said to stand where its first box and its header do', makeWithWordsInTheHeader],
  ['a last track that claims a byte more than its header has', makeWithTrackThatClaimsMore],
])('pictures and sounds stay in a film with %s', async (_, make) => {
  const file = await make()
  const copy = await scrub(file, 'video/mp4')
  for (const handler of ['vide', 'soun']) {
    const chunk = file.readUInt32BE(file.indexOf('stco', file.lastIndexOf(handler)) + 12)
    expect(copy.subarray(chunk, chunk + 64).equals(file.subarray(chunk, chunk + 64))).toBe(true)
  }
  expect(await readAll(copy, 'video/mp4')).toEqual(await readAll(file, 'video/mp4'))
})

test.each([
  ['in the header', (film: Buffer) => film.indexOf('moov') - 4],
  ['among the pictures of the first fragment', (film: Buffer) => film.indexOf('mdat') + 4],
  ['among those of the last', (film: Buffer) => film.lastIndexOf('mdat') + 4],
])('pictures and sounds stay in fragments whose words are said to stand %s', async (_, find) => {
  const file = await makeFragmentsWithWordsAt(find)
  const copy = await scrub(file, 'video/mp4')
  expect(await plan(copy, 'video/mp4')).toEqual({ plan: 'patches', patches: [] })
  expect(await readAll(copy, 'video/mp4')).toEqual(await readAll(file, 'video/mp4'))
  const [first, last] = [file.indexOf('mdat'), file.lastIndexOf('mdat')]
  for (const at of [first, last]) expect(copy.subarray(at, at + 512).equals(file.subarray(at, at + 512))).toBe(true)
})

test('the name of an encoder stays where decoders go by it', async () => {
  const film = await films.makeMp4()
  film.write("\x19Planar Y'CbCr 8-bit 4:2:0", film.lastIndexOf('avc1') + 46, 'latin1')
  expect(holds(await scrub(film, 'video/mp4'), "Planar Y'CbCr 8-bit 4:2:0")).toBe(true)
})

/** In the list of a song's words, which stand behind its samples. */
function addWord(song: Buffer, name: string, text: string): Buffer {
  const part = (type: string, body: string): Buffer => makeBox(type, Buffer.from(body))
  const names = [part('mean', '\0\0\0\0com.apple.iTunes'), part('name', `\0\0\0\0${name}`)]
  const word = makeBox('----', ...names, part('data', `\0\0\0\x01\0\0\0\0${text}`))
  const file = Buffer.from(song)
  for (const type of ['moov', 'udta', 'meta', 'ilst']) {
    const at = findLast(file, type)
    file.writeUInt32BE(file.readUInt32BE(at) + word.length, at)
  }
  const list = findLast(file, 'ilst') + 8
  return Buffer.concat([file.subarray(0, list), word, file.subarray(list)])
}

test('keeps how much silence an encoder put before a song, and no other word of that kind', async () => {
  const silence = ' 00000000 00000840 000001CA 00000000003F31F6' + ' 00000000'.repeat(8)
  const song = addWord(addWord(await makeM4a(), 'iTunSMPB', silence), 'iTunSMPB', `${silence} Secret`)
  const copy = await scrub(addWord(song, 'iTunNORM', silence), 'audio/mp4')
  expect(copy.toString('latin1').split('iTunSMPB')).toHaveLength(2)
  expect(copy.includes(silence)).toBe(true)
  expect(['Secret', 'iTunNORM'].filter((word) => copy.includes(word))).toEqual([])
  expect(await plan(copy, 'audio/mp4')).toEqual({ plan: 'patches', patches: [] })
})
