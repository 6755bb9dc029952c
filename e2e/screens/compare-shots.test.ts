import sharp from 'sharp'
import { expect, test } from 'vitest'
import { findDifference } from './compare-shots.ts'

type Page = { readonly paper?: string; readonly button?: string; readonly leftPx?: number; readonly circlePx?: number }

/** A page of the theme's colours with a button and something round. */
const paint = ({ paper = '#fbfaf8', button = '#b43d14', leftPx = 40, circlePx = 200 }: Page = {}): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="360" height="300">
      <rect width="360" height="300" fill="${paper}"/>
      <rect x="${leftPx}" y="40" width="120" height="44" rx="10" fill="${button}"/>
      <circle cx="${circlePx}" cy="200" r="40" fill="none" stroke="#1b1a18" stroke-width="2"/>
    </svg>`),
  )
    .png()
    .toBuffer()

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
    .extract({ left: 0, top: 0, width: 360, height: 299 })
    .toBuffer()
  expect(await findDifference(await paint(), smaller)).toEqual({ pixels: Infinity, picture: null })
})
