// Phones do not turn their pictures but say how they are to be turned and mirrored, in one of eight ways. Each quarter of
// the film here has a colour of its own.
import { afterAll, describe, expect, test } from 'vitest'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

const quarters = ['red', 'lime', 'blue', 'white']
const quartered =
  quarters.map((name, n) => `color=c=${name}:s=96x64:r=10:d=1[q${n}]`).join(';') +
  ';[q0][q1]hstack[top];[q2][q3]hstack[bottom];[top][bottom]vstack,format=yuv420p'

/** From the name `tkhd` to the numbers of its matrix. */
const matrixOffset = 44

async function makeFilm(encoder: string, [a, b, c, d]: readonly [number, number, number, number]): Promise<Buffer> {
  const film = await encodeMedia({ format: 'mp4', streams: [{ source: quartered, encoder, bitrate: '400k' }] })
  const at = film.indexOf('tkhd', 0, 'latin1') + matrixOffset
  for (const [offset, value] of [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const)
    film.writeInt32BE(value * 0x1_0000, at + offset)
  return film
}

/** The colours of the poster's quarters, row by row. */
async function seeQuarters(film: Buffer): Promise<string> {
  const verdict = await reader.read({ type: 'video/mp4', bytes: film.length }, async (from, to) =>
    film.subarray(from, to),
  )
  const frame = verdict.ok ? verdict.value.frame : null
  if (frame === null) throw new Error('no poster')
  const { widthPx, heightPx, rgb } = frame
  const colorAt = (x: number, y: number): string => {
    const at = (Math.floor(y * heightPx) * widthPx + Math.floor(x * widthPx)) * 3
    const [r, g, b] = [...rgb.subarray(at, at + 3)].map((value) => value > 127)
    return r && g && b ? 'white' : r ? 'red' : g ? 'lime' : b ? 'blue' : 'black'
  }
  return [colorAt(0.25, 0.25), colorAt(0.75, 0.25), colorAt(0.25, 0.75), colorAt(0.75, 0.75)].join(' ')
}

describe.each([
  ['H.264', 'libx264'],
  ['MPEG-4 part 2, which FFmpeg demuxes', 'mpeg4'],
])('the poster of a film in %s', (_, encoder) => {
  test.each([
    ['as it is', [1, 0, 0, 1], 'red lime blue white'],
    ['a quarter turned', [0, 1, -1, 0], 'blue red white lime'],
    ['half turned', [-1, 0, 0, -1], 'white blue lime red'],
    ['three quarters turned', [0, -1, 1, 0], 'lime white red blue'],
    ['mirrored', [-1, 0, 0, 1], 'lime red white blue'],
    ['upside down in a mirror', [1, 0, 0, -1], 'blue white red lime'],
    ['mirrored and turned to the left', [0, 1, 1, 0], 'red blue lime white'],
    ['mirrored and turned to the right', [0, -1, -1, 0], 'white lime blue red'],
  ] as const)('is shown %s', async (__, matrix, wanted) => {
    expect(await seeQuarters(await makeFilm(encoder, matrix))).toBe(wanted)
  })
})
