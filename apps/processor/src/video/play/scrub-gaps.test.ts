// What stands between the samples of a film goes, and the samples stay as they are.
import { describe, expect, test } from 'vitest'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import { holds, plan, readAll, scrub, traces } from '../../../test/scrubbed-copy.ts'
import { applyPatches } from './plan-parts.ts'
import { planScrub } from './plan-scrub.ts'

/** As dash cameras write them, one a second: a box of 32 KB in the middle of the samples, which no track points to. */
function makePlace(): Buffer {
  const block = Buffer.alloc(0x8000)
  block.writeUInt32BE(block.length)
  block.write('freeGPS ', 4, 'latin1')
  block.write(`${films.secretPlace} ${films.secretDevice}`, 200, 'latin1')
  return block
}

/** Chunk offsets of all tracks, and where each is written. */
function findChunks(film: Buffer): { at: number; offset: number }[] {
  const chunks = []
  for (let name = film.indexOf('stco'); name >= 0; name = film.indexOf('stco', name + 4))
    for (let n = 0; n < film.readUInt32BE(name + 8); n += 1)
      chunks.push({ at: name + 12 + 4 * n, offset: film.readUInt32BE(name + 12 + 4 * n) })
  return chunks.toSorted((one, other) => one.offset - other.offset)
}

/** The header stands behind the samples. Every third chunk gets a place before it, and the last one behind it. */
function addPlaces(film: Buffer): Buffer {
  const chunks = findChunks(film)
  const mdat = film.lastIndexOf('mdat') - 4
  const end = mdat + film.readUInt32BE(mdat)
  const points = [...chunks.filter((_, n) => n % 3 === 1).map(({ offset }) => offset), end]
  const moved = (offset: number) => points.filter((point) => point <= offset).length * 0x8000
  const pieces = points.flatMap((point, n) => [film.subarray(points[n - 1] ?? 0, point), makePlace()])
  const whole = Buffer.concat([...pieces, film.subarray(end)])
  whole.writeUInt32BE(end - mdat + points.length * 0x8000, mdat)
  for (const { at, offset } of chunks) whole.writeUInt32BE(offset + moved(offset), at + points.length * 0x8000)
  return whole
}

const pcm = { source: 'anoisesrc=d=3:a=0.5', encoder: 'pcm_s16le' }
const makeWithPcm = () => encodeMedia({ format: 'mov', streams: [films.h264, pcm] })

/** QuickTime may count the size of such a sample as 1, and leave the truth to the description of the sound. */
async function makeWithPcmOfOne(): Promise<Buffer> {
  const film = await makeWithPcm()
  film.writeUInt32BE(1, film.indexOf('stsz', film.lastIndexOf('soun')) + 8)
  return film
}

describe.each([
  ['MP4', films.makeMp4, 'video/mp4'],
  ['QuickTime with plain sound', makeWithPcm, 'video/quicktime'],
] as const)('of %s', (_, make, type) => {
  test('the places between the samples go, and the samples stay', async () => {
    const film = await make()
    const file = addPlaces(film)
    expect(await readAll(file, type)).toEqual(await readAll(film, type))
    const copy = await scrub(file, type)
    expect(copy).toHaveLength(file.length)
    expect([...traces, 'freeGPS'].filter((trace) => holds(copy, trace))).toEqual([])
    expect(await plan(copy, type)).toEqual({ plan: 'patches', patches: [] })
    expect(await readAll(copy, type)).toEqual(await readAll(film, type))
  })
})

test.each([
  ['MP4', films.makeMp4, 'video/mp4'],
  ['MP4 with its header first', films.makeFastMp4, 'video/mp4'],
  ['QuickTime', films.makeQuickTime, 'video/quicktime'],
  ['QuickTime with plain sound', makeWithPcm, 'video/quicktime'],
  ['QuickTime with plain sound of samples of one byte', makeWithPcmOfOne, 'video/quicktime'],
  ['MP4 in fragments', films.makeFragmentedMp4, 'video/mp4'],
  ['MP4 that goes on in fragments', films.makeHybridMp4, 'video/mp4'],
] as const)('not a byte of the samples changes in %s', async (_, make, type) => {
  const file = await make()
  const copy = await scrub(file, type)
  for (let mdat = file.indexOf('mdat') - 4; mdat >= 0; mdat = file.indexOf('mdat', mdat + 8) - 4) {
    const end = mdat + file.readUInt32BE(mdat)
    expect(copy.subarray(mdat, end).equals(file.subarray(mdat, end))).toBe(true)
  }
})

test('harmless samples of a track that goes stay where they lie, and the copy is none the worse for them', async () => {
  const film = await films.makeMp4()
  // The sound becomes a clock.
  film.write('tmcd', film.indexOf('soun'), 'latin1')
  const planned = await plan(film, 'video/mp4')
  if (planned.plan !== 'patches') throw new Error(planned.plan)
  const copy = applyPatches(film, 0, planned.patches)
  const mdat = film.lastIndexOf('mdat')
  expect(planned.patches.filter(({ at }) => at > mdat && at < mdat + film.readUInt32BE(mdat - 4))).toEqual([])
  const fetchRange = async (from: number, to: number) => copy.subarray(from, to)
  const again = await planScrub('video/mp4', film.length, fetchRange, planned)
  expect(again).toEqual({ plan: 'patches', patches: [] })
})

test('there is no copy of a film with more tracks than can be followed', async () => {
  const film = await films.makeMp4()
  const picture = Buffer.from('00000031trak\0\0\0\x29mdia\0\0\0\x21hdlr\0\0\0\0\0\0\0\0vide'.slice(8), 'latin1')
  const track = Buffer.concat([Buffer.from([0, 0, 0, 0x31]), picture, Buffer.alloc(0x31 - 4 - picture.length)])
  const tracks = Array.from({ length: 64 }, () => track)
  const moov = film.lastIndexOf('moov') - 4
  film.writeUInt32BE(film.readUInt32BE(moov) + 64 * track.length, moov)
  expect(await plan(Buffer.concat([film, ...tracks]), 'video/mp4')).toMatchObject({ plan: 'unsafe' })
})

test('reads a gap that a camera left room in by large pieces', async () => {
  const film = await films.makeMp4()
  const [mdat, moov] = ['mdat', 'moov'].map((type) => film.lastIndexOf(type) - 4) as [number, number]
  const file = Buffer.concat([film.subarray(0, moov), Buffer.alloc(2 ** 26), film.subarray(moov)])
  file.writeUInt32BE(moov - mdat + 2 ** 26, mdat)
  file.write('Secret place', moov + 2 ** 25, 'latin1')
  let reads = 0
  const planned = await planScrub('video/mp4', file.length, async (from, to) => {
    reads += 1
    return file.subarray(from, to)
  })
  if (planned.plan !== 'patches') throw new Error(planned.plan)
  expect(holds(Buffer.from(applyPatches(file, 0, planned.patches)), 'Secret')).toBe(false)
  // The first half is searched in smaller ones.
  expect(reads).toBeLessThan(200)
})
