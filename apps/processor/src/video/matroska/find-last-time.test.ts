import { describe, expect, test } from 'vitest'
import { BlockSource } from '../reader/block-source.ts'
import { findLastTime } from './find-last-time.ts'

const KB = 1024

/** An element whose length takes four bytes; without a body, one of unknown length. */
function element(id: string, ...body: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(4)
  const bytes = Buffer.concat(body)
  size.writeUInt32BE(body.length === 0 ? 0x1fff_ffff : 0x1000_0000 + bytes.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, bytes])
}

function uint(id: string, value: number): Buffer {
  const body = Buffer.alloc(4)
  body.writeUInt32BE(value)
  return element(id, body)
}

/** @param offsetTicks from the time of its cluster */
function block(track: number, offsetTicks: number, bytes: number, packed = ''): Buffer {
  const body = Buffer.alloc(4 + bytes)
  body.writeUInt8(0x80 | track, 0)
  body.writeInt16BE(offsetTicks, 1)
  body.write(packed, 4, 'hex')
  return element('a3', body)
}

const cluster = (ticks: number, ...blocks: readonly Buffer[]): Buffer =>
  Buffer.concat([element('1f43b675'), uint('e7', ticks), ...blocks])

const head = (scaleNs = 1_000_000): Buffer =>
  Buffer.concat([
    element('1a45dfa3', Buffer.alloc(4)),
    element('18538067'),
    element('1549a966', uint('2ad7b1', scaleNs)),
    element('1654ae6b', element('ae', uint('d7', 1))),
  ])

const video = new Set([1])

async function find(file: Buffer, tracks: ReadonlySet<number> = video) {
  const source = new BlockSource(file.length, async (start, end) => file.subarray(start, end), {
    bytesMax: 64 * KB * KB,
    readsMax: 64,
  })
  return { seconds: await findLastTime(source, tracks), reads: source.readsMade, bytes: source.bytesRead }
}

/** Ten minutes, a cluster a second. */
const recording = (pictureBytes: number, seconds = 600): Buffer =>
  Buffer.concat([
    head(),
    ...Array.from({ length: seconds }, (_, n) => cluster(n * 1000, block(1, 0, pictureBytes), block(1, 500, 1000))),
  ])

test('finds the last time of a long recording in the last of its bytes', async () => {
  const { seconds, reads, bytes } = await find(recording(40 * KB))
  expect(seconds).toBe(599.5)
  expect(reads).toBe(2)
  expect(bytes).toBeLessThanOrEqual(640 * KB)
})

test('goes further back for a cluster that is longer', async () => {
  const { seconds, reads } = await find(recording(3000 * KB, 8))
  expect(seconds).toBe(7.5)
  expect(reads).toBeLessThanOrEqual(4)
})

test('does not go back for what many clusters before the end do not tell', async () => {
  const { seconds, reads } = await find(recording(40 * KB), new Set([2]))
  expect(seconds).toBeNull()
  expect(reads).toBe(3)
})

describe('tells', () => {
  test.each([
    ['what a cut off recording still holds', recording(1000, 60).subarray(0, -500), 59],
    [
      'the latest time, whatever comes last',
      Buffer.concat([head(), cluster(1000, block(1, 900, 9), block(1, 800, 9))]),
      1.9,
    ],
    [
      'how long the last block stays',
      Buffer.concat([head(), cluster(0, element('a0', block(1, 40, 9).fill(0xa1, 0, 1), uint('9b', 20)))]),
      0.06,
    ],
    ['a time by the clock of the file', Buffer.concat([head(2_000_000), cluster(1000, block(1, 0, 9))]), 2],
    [
      'nothing by other tracks',
      Buffer.concat([head(), cluster(1000, block(1, 0, 9)), cluster(9000, block(2, 0, 9))]),
      1,
    ],
    [
      'nothing by what is packed and looks like a cluster',
      Buffer.concat([head(), cluster(1000, block(1, 0, 99, '1f43b6751fffffffe78109'))]),
      1,
    ],
    [
      'times that are written with more bytes than they need',
      Buffer.concat([
        head(),
        element('1f43b675'),
        element('e7', Buffer.from('00000000000007d0', 'hex')),
        block(1, 0, 9),
      ]),
      2,
    ],
    ['no time of a file without clusters', Buffer.concat([head(), Buffer.alloc(9000)]), null],
    ['no time of what is no Matroska', Buffer.concat([Buffer.alloc(9000), cluster(1000, block(1, 0, 9))]), null],
  ] as const)('%s', async (_, file, seconds) => {
    expect((await find(file)).seconds).toBe(seconds)
  })
})
