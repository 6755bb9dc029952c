import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodeImage } from './decode-image.ts'
import { mendGif } from './mend-gif.ts'

const sidePx = 20
const colors = { red: 0, green: 1, blue: 2, white: 3 } as const
const clear = [0, 0, 0, 0]
const green = [0, 255, 0, 255]
const blue = [0, 0, 255, 255]

/** A canvas of 20 by 20 whose background is red. */
const head = Buffer.concat([
  Buffer.from('GIF89a'),
  Buffer.from([sidePx, 0, sidePx, 0, 0x91, colors.red, 0]),
  Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]),
])
const control = (disposal: number, transparent: number | null = null) =>
  Buffer.from([0x21, 0xf9, 4, (disposal << 2) | (transparent === null ? 0 : 1), 10, 0, transparent ?? 0, 0])

/** A square of one colour, in codes of 3 bits that the table is cleared too often to outgrow. */
function square(at: number, side: number, color: number): Buffer {
  const codes = [4, ...Array.from({ length: side * side }, (_, n) => (n % 2 === 1 ? [color, 4] : [color])).flat(), 5]
  const bits = codes.map((code) => code.toString(2).padStart(3, '0').split('').toReversed().join('')).join('')
  const packed = Buffer.from(
    bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.split('').toReversed().join(''), 2)) ?? [],
  )
  const pieces = Array.from({ length: Math.ceil(packed.length / 255) }, (_, n) =>
    packed.subarray(255 * n, 255 * n + 255),
  )
  const blocks = pieces.map((piece) => Buffer.concat([Buffer.of(piece.length), piece]))
  return Buffer.concat([Buffer.from([0x2c, at, 0, at, 0, side, 0, side, 0, 0, 2]), ...blocks, Buffer.of(0)])
}

const makeGif = (...parts: readonly Buffer[]) => Buffer.concat([head, ...parts, Buffer.of(0x3b)])

/** The colours of what libvips makes of it, frame by frame. */
async function show(file: Buffer) {
  const raw = sharp(mendGif(file), { animated: true }).ensureAlpha().raw()
  const { data } = await raw.toBuffer({ resolveWithObject: true })
  return (frame: number, x: number, y: number) => {
    const at = ((frame * sidePx + y) * sidePx + x) * 4
    return [...data.subarray(at, at + 4)]
  }
}

describe('what no frame paints', () => {
  test.each([
    ['a still', [square(2, 6, colors.green)]],
    ['a still that says nothing of transparency', [control(0), square(2, 6, colors.green)]],
    ['an animation', [control(1), square(2, 6, colors.green), control(1), square(10, 6, colors.blue)]],
  ])('is transparent in %s', async (_, parts) => {
    const pixel = await show(makeGif(...parts))
    expect([pixel(0, 19, 0), pixel(0, 3, 3)]).toEqual([clear, green])
  })
})

describe('what a frame clears behind itself', () => {
  test('is transparent, whatever the background is', async () => {
    const pixel = await show(makeGif(control(2), square(0, 20, colors.green), control(0), square(10, 6, colors.blue)))
    expect([pixel(0, 3, 3), pixel(1, 3, 3), pixel(1, 12, 12)]).toEqual([green, clear, blue])
  })
})

test.each([
  ['that is painted all over', makeGif(control(0), square(0, 20, colors.green))],
  ['that is transparent already', makeGif(control(2, colors.white), square(2, 6, colors.green))],
  ['whose frames cover one another', makeGif(control(2), square(0, 20, 1), control(2), square(0, 20, 2))],
  ['that breaks off', makeGif(square(2, 6, colors.green)).subarray(0, 20)],
  ['of nothing', Buffer.from('GIF89a')],
])('leaves a GIF alone %s', (_, file) => {
  expect(mendGif(file)).toBe(file)
})

test('finds a colour that none of 255 leaves unused, and changes no pixel', async () => {
  const ramp = Buffer.from(Array.from({ length: 256 * 64 }, (_, n) => Math.max(1, n % 256)).flatMap((v) => [v, v, v]))
  const file = await sharp(ramp, { raw: { width: 256, height: 64, channels: 3 } })
    .gif({ dither: 0, colours: 256 })
    .toBuffer()
  const plain = await sharp(file).ensureAlpha().raw().toBuffer()
  // A canvas taller than its only frame.
  file.writeUInt16LE(80, 8)
  const shown = await sharp(mendGif(file)).ensureAlpha().raw().toBuffer()
  expect(shown.subarray(0, plain.length).equals(plain)).toBe(true)
  expect(shown.subarray(plain.length).every((value) => value === 0)).toBe(true)
})

test('shows the hole in every picture that is made of it', async () => {
  const verdict = await decodeImage(makeGif(square(2, 6, colors.green)), 'image/gif')
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  for (const { body } of verdict.value.derivatives) {
    const data = await sharp(body).ensureAlpha().raw().toBuffer()
    expect([...data.subarray(0, 4)]).toEqual(clear)
  }
})
