import sharp from 'sharp'
import { expect, test } from 'vitest'
import { findDifference } from './compare-shots.ts'

type Page = { readonly paper?: string; readonly button?: string; readonly leftPx?: number; readonly circlePx?: number }

const [width, height] = [360, 300]

const mix = (below: readonly number[], above: readonly number[], share: number): number[] =>
  below.map((value, i) => value + ((above[i] ?? 0) - value) * Math.max(0, Math.min(1, share)))
const readHex = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))

/** A page of the theme's colours with a button and something round, its edges smoothed. */
function paint({ paper = '#fbfaf8', button = '#b43d14', leftPx = 40, circlePx = 200 }: Page = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3)
  const radius = 10
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [Math.abs(x + 0.5 - leftPx - 60) - 60 + radius, Math.abs(y + 0.5 - 62) - 22 + radius]
      const fromButton = Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) - radius
      const fromCircle = Math.abs(Math.hypot(x + 0.5 - circlePx, y + 0.5 - 200) - 40) - 1
      const withButton = mix(readHex(paper), readHex(button), 0.5 - fromButton)
      pixels.set(mix(withButton, readHex('#1b1a18'), 0.5 - fromCircle).map(Math.round), (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

test('what is the same is the same', async () => {
  expect(await findDifference(await paint(), await paint())).toBeNull()
})

test('an edge that is smoothed otherwise is no difference', async () => {
  expect(await findDifference(await paint(), await paint({ circlePx: 200.04 }))).toBeNull()
})

test('what is packed is no difference', async () => {
  const packed = await sharp(await paint())
    .webp({ nearLossless: true, quality: 60 })
    .toBuffer()
  expect(await findDifference(packed, await paint())).toBeNull()
})

test('a button that moved by a pixel is a difference, and is marked', async () => {
  const difference = await findDifference(await paint(), await paint({ leftPx: 41 }))
  expect(difference?.pixels).toBeGreaterThan(24)
  expect(difference?.picture).not.toBeNull()
})

test('a colour of the theme in the place of its neighbour is a difference', async () => {
  expect(await findDifference(await paint(), await paint({ button: '#a83812' }))).not.toBeNull()
  expect(await findDifference(await paint(), await paint({ paper: '#f2f1ee' }))).not.toBeNull()
})

test('another size is a difference', async () => {
  const smaller = await sharp(await paint())
    .extract({ left: 0, top: 0, width, height: height - 1 })
    .toBuffer()
  expect(await findDifference(await paint(), smaller)).toEqual({ pixels: Infinity, picture: null })
})
