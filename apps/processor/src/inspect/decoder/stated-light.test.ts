import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { readPixel } from '@shoebox/testing/samples/compare-pictures.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { insertPngChunk, pngChunk } from '@shoebox/testing/samples/png-chunks.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { decodeImage } from './decode-image.ts'

/** An even grey in 10 bits, and what the container says of its numbers. */
const makeAvif = (matrix: string, primaries: string, transfer: string): Promise<Buffer> =>
  encodeMedia({
    format: 'avif',
    streams: [
      {
        source:
          'color=c=0x949494:size=128x128:rate=1:duration=1,format=rgb24,scale=out_color_matrix=bt709:out_range=tv,' +
          `format=yuv420p10le,setparams=colorspace=${matrix}:range=tv:color_primaries=${primaries}:color_trc=${transfer}`,
        encoder: 'libsvtav1',
        options: { preset: 12 },
      },
    ],
  })

async function seeGrey(file: Buffer): Promise<number> {
  const verdict = await decodeImage(file, 'image/avif')
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  expect(verdict.value.dominantColor).toMatch(/^#(..)\1\1$/)
  return Number.parseInt(verdict.value.dominantColor.slice(1, 3), 16)
}

test.each([
  // 58 % of PQ is what paper white looks like; of HLG, a light grey.
  ['plain light', 'bt709', 'bt709', 'bt709', 0x94],
  ['a wide gamut', 'bt709', 'smpte432', 'iec61966-2-1', 0x94],
  ['PQ', 'bt2020nc', 'bt2020', 'smpte2084', 0xed],
  ['HLG', 'bt2020nc', 'bt2020', 'arib-std-b67', 0xa5],
])('shows an AVIF in %s as bright as it was meant', async (_, matrix, primaries, transfer, grey) => {
  expect(Math.abs((await seeGrey(await makeAvif(matrix, primaries, transfer))) - grey)).toBeLessThanOrEqual(3)
})

test('shows the first picture of an AVIF that is a film of pictures, and says that it is cut', async () => {
  const file = await (await openScene(64, 48)).avif({ effort: 0 }).toBuffer()
  file.write('avis', 8, 'latin1')
  expect(await decodeImage(file, 'image/avif')).toMatchObject({ ok: true, value: { isCutToFirstFrame: true } })
})

const cicp = (...codes: readonly number[]): Buffer => pngChunk('cICP', Buffer.from(codes))
const gammaOf1 = pngChunk('gAMA', Buffer.from([0, 1, 0x86, 0xa0]))

/** An even orange. */
async function makePng(chunks: readonly Buffer[], bits: 8 | 16 = 8, channels: 3 | 4 = 3, icc = 'srgb') {
  const orange = sharp({
    create: { width: 32, height: 32, channels, background: { r: 204, g: 76, b: 51, alpha: 0.5 } },
  })
  const file = bits === 8 ? orange : orange.toColourspace('rgb16')
  const png = await (icc === 'srgb' ? file : file.withIccProfile(icc)).png().toBuffer()
  return chunks.reduce((changed, chunk) => insertPngChunk(changed, chunk), png)
}

async function seeOrange(png: Buffer): Promise<number[]> {
  const verdict = await decodeImage(png, 'image/png')
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return readPixel(Buffer.from(verdict.value.derivatives[0]?.body ?? []), 0.5, 0.5)
}

describe('a PNG that states its light', () => {
  /** Each was opened in Chromium, which shows the numbers given here. */
  test.each([
    ['Display P3', [cicp(12, 13, 0, 1)], [221, 63, 37]],
    ['BT.2020', [cicp(9, 14, 0, 1)], [248, 0, 21]],
    ['the curve of films', [cicp(1, 1, 0, 1)], [201, 66, 40]],
    ['linear light', [cicp(1, 8, 0, 1)], [231, 148, 124]],
    ['sRGB', [cicp(1, 13, 0, 1)], [204, 76, 51]],
    ['sRGB, whatever stands before it', [cicp(1, 13, 0, 1), gammaOf1], [204, 76, 51]],
    ['sRGB, whatever stands behind it', [gammaOf1, cicp(1, 13, 0, 1)], [204, 76, 51]],
    ['wide, and sRGB for others', [pngChunk('sRGB', Buffer.of(0)), cicp(12, 13, 0, 1)], [221, 63, 37]],
    ['nothing', [cicp(2, 2, 0, 1)], [204, 76, 51]],
    ['nothing, but a brightness', [cicp(2, 2, 0, 1), gammaOf1], [231, 148, 124]],
    ['parts of the range', [cicp(12, 13, 0, 0)], [204, 76, 51]],
    ['too much', [cicp(12, 13, 0, 1, 0)], [204, 76, 51]],
  ])('is shown as browsers show it: %s', async (_, chunks, [r = 0, g = 0, b = 0]) => {
    for (const bits of [8, 16] as const) {
      const seen = await seeOrange(await makePng(chunks, bits))
      seen.forEach((value, n) => expect(Math.abs(value - ([r, g, b, 255][n] ?? 0))).toBeLessThanOrEqual(4))
    }
  })

  test('keeps what shines through', async () => {
    expect(await seeOrange(await makePng([cicp(12, 13, 0, 1)], 8, 4))).toEqual([220, 63, 39, 128])
  })

  test('means what it says, and not its profile', async () => {
    expect(await seeOrange(await makePng([cicp(1, 13, 0, 1)], 8, 3, 'p3'))).toEqual(
      await seeOrange(await removeProfile(await makePng([], 8, 3, 'p3'))),
    )
  })

  test.each([
    ['PQ', 16, 0xed],
    ['HLG', 18, 0xa5],
  ])('is as bright as an AVIF in %s', async (_, transfer, grey) => {
    const plain = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#949494' } })
      .png()
      .toBuffer()
    const [red = 0] = await seeOrange(insertPngChunk(plain, cicp(9, transfer, 0, 1)))
    expect(Math.abs(red - grey)).toBeLessThanOrEqual(3)
  })
})

const removeProfile = (png: Buffer): Promise<Buffer> => sharp(png, { ignoreIcc: true }).png().toBuffer()
