import { expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
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
