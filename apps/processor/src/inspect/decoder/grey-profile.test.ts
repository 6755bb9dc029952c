import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { insertPngChunk, pngChunk } from '@shoebox/testing/samples/png-chunks.ts'
import { decodeImage } from './decode-image.ts'
import { findGreyCurve } from './grey-profile.ts'

/** Without a white point libvips takes it for none. */
const whitePoint = Buffer.from('58595a20000000000000f6d6000100000000d32d', 'hex')

function makeProfile(curve: Buffer, space = 'GRAY'): Buffer {
  const head = Buffer.alloc(128 + 4 + 2 * 12)
  head.writeUInt32BE(head.length + whitePoint.length + curve.length, 0)
  head.writeUInt32BE(0x0210_0000, 8)
  head.write(`mntr${space}XYZ `, 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  whitePoint.copy(head, 68, 8)
  head.writeUInt32BE(2, 128)
  const place = (name: string, entry: number, at: number, body: Buffer): void => {
    head.write(name, entry, 'latin1')
    head.writeUInt32BE(at, entry + 4)
    head.writeUInt32BE(body.length, entry + 8)
  }
  place('wtpt', 132, head.length, whitePoint)
  place('kTRC', 144, head.length + whitePoint.length, curve)
  return Buffer.concat([head, whitePoint, curve])
}

function table(...values: readonly number[]): Buffer {
  const body = Buffer.alloc(12 + 2 * values.length)
  body.write('curv', 0, 'latin1')
  body.writeUInt32BE(values.length, 8)
  values.forEach((value, n) => body.writeUInt16BE(value, 12 + 2 * n))
  return body
}

function formula(kind: number, ...numbers: readonly number[]): Buffer {
  const body = Buffer.alloc(12 + 4 * numbers.length)
  body.write('para', 0, 'latin1')
  body.writeUInt16BE(kind, 8)
  numbers.forEach((number, n) => body.writeInt32BE(Math.round(number * 0x1_0000), 12 + 4 * n))
  return body
}

const srgb = formula(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.040_45)

test.each([
  ['linear light, by an empty table', table(), 0.735],
  ['linear light, by a table', table(0, 0xffff), 0.735],
  ['linear light, by a formula', formula(0, 1), 0.735],
  ['light as screens give it', srgb, 0.5],
  ['a power of 2.2', table(Math.round(2.2 * 256)), 0.503],
])('reads %s', (_, tag, middle) => {
  const curve = findGreyCurve({ icc: makeProfile(tag), space: 'grey16' })
  expect(curve?.(0.5)).toBeCloseTo(middle, 2)
  expect([curve?.(0), curve?.(1)]).toEqual([expect.closeTo(0, 2), expect.closeTo(1, 2)])
})

test.each([
  ['a profile for colours', makeProfile(table(), 'RGB '), 'rgb16'],
  ['8 bits, which libvips sees to', makeProfile(table()), 'b-w'],
  ['a profile that breaks off', makeProfile(table(0, 0xffff)).subarray(0, 140), 'grey16'],
  ['a formula of no known kind', makeProfile(formula(9)), 'grey16'],
] as const)('leaves alone %s', (_, icc, space) => {
  expect(findGreyCurve({ icc, space })).toBeNull()
})

test('shows 16 bits of linear grey as light as browsers do, and keeps what shines through', async () => {
  const grey = Buffer.alloc(4 * 16 * 16)
  for (let n = 0; n < grey.length; n += 4) {
    grey.writeUInt16LE(0x4000, n)
    grey.writeUInt16LE(0x8000, n + 2)
  }
  const raw = { width: 16, height: 16, channels: 2, depth: 'ushort' } as const
  const png = await sharp(new Uint16Array(grey.buffer, grey.byteOffset, grey.length / 2), { raw })
    .toColourspace('grey16')
    .png()
    .toBuffer()
  const profile = Buffer.concat([Buffer.from('p\0\0', 'latin1'), deflateSync(makeProfile(table()))])
  const verdict = await decodeImage(insertPngChunk(png, pngChunk('iCCP', profile)), 'image/png')
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  const shown = await sharp(verdict.value.derivatives[0]?.body).ensureAlpha().raw().toBuffer()
  // A quarter of the light is 137 of 255 for a screen.
  expect([...shown.subarray(0, 4)]).toEqual([137, 137, 137, 128])
})
