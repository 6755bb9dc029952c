import sharp from 'sharp'
import { expect, test } from 'vitest'
import { expectCorners, readPixel } from '@shoebox/testing/samples/compare-pictures.ts'
import { openScene, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import { insertPngChunk, pngChunk } from '@shoebox/testing/samples/png-chunks.ts'
import { decodeImage } from './decode-image.ts'
import { findStatedGamma } from './stated-gamma.ts'

const gammaChunk = (gamma: number): Buffer => {
  const body = Buffer.alloc(4)
  body.writeUInt32BE(Math.round(gamma * 100_000))
  return pngChunk('gAMA', body)
}

/** The scene, its numbers kept as light: half as bright is half the number. */
async function makeLinear(bits: 8 | 16, channels: 3 | 4): Promise<Buffer> {
  const scene = (await openScene()).removeAlpha()
  const { data, info } = await (channels === 3 ? scene : scene.ensureAlpha(0.5))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const isAlpha = (n: number) => channels === 4 && n % 4 === 3
  const max = bits === 8 ? 255 : 65_535
  const numbers = Array.from(data, (value, n) => Math.round(max * (value / 255) ** (isAlpha(n) ? 1 : 2.2)))
  const raw = bits === 8 ? Uint8Array.from(numbers) : Uint16Array.from(numbers)
  const picture = sharp(raw, { raw: { width: info.width, height: info.height, channels } })
  const png = await (bits === 8 ? picture : picture.toColourspace('rgb16')).png().toBuffer()
  return insertPngChunk(png, gammaChunk(1))
}

test.each([
  [8, 3],
  [8, 4],
  [16, 3],
  [16, 4],
] as const)('shows a PNG of linear light as bright as it was: %i bits, %i channels', async (bits, channels) => {
  const verdict = await decodeImage(await makeLinear(bits, channels), 'image/png')
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  for (const { body } of verdict.value.derivatives) {
    await expectCorners(body, sceneCorners)
    expect(Math.abs(((await readPixel(body, 0.5, 0.5))[3] ?? 0) - (channels === 4 ? 128 : 255))).toBeLessThan(3)
  }
})

test('leaves numbers alone that are what screens show, or that are told of more exactly', async () => {
  const png = await (await openScene()).png().toBuffer()
  expect(findStatedGamma(png)).toBeNull()
  expect(findStatedGamma(insertPngChunk(png, gammaChunk(1 / 2.2)))).toBeNull()
  expect(findStatedGamma(insertPngChunk(png, gammaChunk(0)))).toBeNull()
  const stated = insertPngChunk(png, gammaChunk(0.55))
  expect(findStatedGamma(stated)?.(0.5)).toBeCloseTo(0.5 ** (1 / (0.55 * 2.2)))
  expect(findStatedGamma(insertPngChunk(stated, pngChunk('sRGB', Buffer.of(0))))).toBeNull()
  expect(findStatedGamma(Buffer.concat([png.subarray(0, -12), gammaChunk(0.55), png.subarray(-12)]))).toBeNull()
})
