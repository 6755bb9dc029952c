// Trimmed without being encoded anew: what was cut away is still in the file, and is neither shown nor counted. Each
// picture of the film here is brighter than the one before, so that a poster's grey tells which one it is.
import { afterAll, describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { makeM4a } from '@shoebox/testing/samples/time-based/sounds.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

const greyPerPicture = 6
const eightSeconds = (size = '64x64', filter = 'null') =>
  `color=c=black:size=${size}:rate=5:duration=8,` +
  `format=gray,geq=lum=${greyPerPicture}*N,${filter},scale=out_range=tv,format=yuv420p`

const x264 = { encoder: 'libx264', options: { preset: 'fast', qp: 1, 'x264-params': 'scenecut=0:bframes=3' } }
const mpeg4 = { encoder: 'mpeg4', options: { qmin: 1, qmax: 1 } }

const makeFilm = (plan: typeof x264 | typeof mpeg4) =>
  encodeMedia({ format: 'mp4', streams: [{ ...plan, source: eightSeconds(), gopSize: 250 }] })

type Edit = {
  /** Seconds; null for a delay. */
  readonly from: number | null
  readonly seconds: number
  readonly rate?: number
}

/** Behind a name: version and flags, two times, then the rate of the clock. */
const clockRate = (file: Buffer, name: string): number => file.readUInt32BE(file.indexOf(name, 0, 'latin1') + 16)

/** Writes another list in place of the only one. The header stands last, so that no offset moves. */
function withEdits(file: Buffer, edits: readonly Edit[]): Buffer {
  const at = file.indexOf('edts', 0, 'latin1') - 4
  const bytes = file.readUInt32BE(at)
  // The first picture or sample that is meant to be played is not at zero where a codec needs something before it.
  const zero = file.readInt32BE(at + 8 + 8 + 8 + 4)
  const edts = Buffer.alloc(8 + 16 + 12 * edits.length)
  edts.writeUInt32BE(edts.length)
  edts.write('edts', 4, 'latin1')
  edts.writeUInt32BE(edts.length - 8, 8)
  edts.write('elst', 12, 'latin1')
  edts.writeUInt32BE(edits.length, 20)
  edits.forEach(({ from, seconds, rate = 1 }, n) => {
    edts.writeUInt32BE(Math.round(seconds * clockRate(file, 'mvhd')), 24 + 12 * n)
    edts.writeInt32BE(from === null ? -1 : zero + Math.round(from * clockRate(file, 'mdhd')), 28 + 12 * n)
    edts.writeUInt32BE(rate * 0x1_0000, 32 + 12 * n)
  })
  for (const name of ['moov', 'trak']) {
    const sizeAt = file.indexOf(name, 0, 'latin1') - 4
    file.writeUInt32BE(file.readUInt32BE(sizeAt) + edts.length - bytes, sizeAt)
  }
  return Buffer.concat([file.subarray(0, at), edts, file.subarray(at + bytes)])
}

async function read(file: Buffer, type: TimedType) {
  const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
  if (!verdict.ok) throw new Error(`${verdict.refusal.reason}: ${verdict.refusal.detail}`)
  return verdict.value
}

async function readFilm(file: Buffer) {
  const { facts, frame } = await read(file, 'video/mp4')
  if (frame === null) throw new Error('no poster')
  const grey = frame.rgb.reduce((sum, value) => sum + value, 0) / frame.rgb.length
  return { durationMs: facts.durationMs, picture: grey / greyPerPicture }
}

describe.each([
  ['H.264', x264],
  ['MPEG-4 part 2, which FFmpeg demuxes', mpeg4],
])('a film in %s', (_, plan) => {
  test.each([
    ['whole', [{ from: 0, seconds: 8 }], 8000, 4],
    ['without its beginning', [{ from: 3, seconds: 5 }], 5000, 17],
    ['without its beginning and its end', [{ from: 3, seconds: 2 }], 2000, 16],
    [
      'after a delay',
      [
        { from: null, seconds: 2 },
        { from: 3, seconds: 4 },
      ],
      6000,
      18,
    ],
    [
      'in two parts, the later one first',
      [
        { from: 5, seconds: 0.2 },
        { from: 1, seconds: 3 },
      ],
      3200,
      5,
    ],
    ['at another rate, which players pass over', [{ from: 3, seconds: 2, rate: 2 }], 2000, 16],
  ])('has the length and the poster of what is played of it: %s', async (__, edits, durationMs, wanted) => {
    const film = await readFilm(withEdits(await makeFilm(plan), edits))
    expect(film.durationMs).toBe(durationMs)
    expect(film.picture).toBeCloseTo(wanted, 0)
  })
})

test('a film whose list goes on to the end, wherever that is, is as long as the rest of it', async () => {
  const film = await readFilm(withEdits(await makeFilm(x264), [{ from: 3, seconds: 0 }]))
  expect(film.durationMs).toBe(5000)
  expect(film.picture).toBeCloseTo(17, 0)
})

test('shows nothing that was cut away where the key frame before is too far, but the next one', async () => {
  const plan = { encoder: 'libx264', options: { preset: 'ultrafast', qp: 12 }, gopSize: 25 }
  const source = eightSeconds('1280x720', 'noise=alls=40:allf=t')
  const file = await encodeMedia({ format: 'mp4', streams: [{ ...plan, source }] })
  const film = await readFilm(withEdits(file, [{ from: 4.6, seconds: 3.4 }]))
  expect(film.picture).toBeCloseTo(25, 0)
})

describe('a sound', () => {
  test('is as long as what is played of it, and drawn so', async () => {
    const { facts, peaks } = await read(withEdits(await makeM4a(), [{ from: 1, seconds: 1 }]), 'audio/mp4')
    expect(facts.durationMs).toBe(1000)
    // It swells from silence to 190 within three seconds.
    expect(peaks?.[2]).toBeGreaterThan(55)
    expect(peaks?.[195]).toBeGreaterThan(115)
    expect(peaks?.[195]).toBeLessThan(140)
  })

  test('does not count what its codec needs before it', async () => {
    // 130 packets of 1024 samples, of which the list passes over the first.
    const { facts } = await read(await makeM4a(), 'audio/mp4')
    expect(facts.durationMs).toBe(Math.round((129 * 1024) / 44.1))
  })
})
