import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodeImage } from '../decoder/decode-image.ts'
import type { DecodableType } from '../decoder/picture.ts'

const secret = 'Rue de la Paix 7'

const drawing = (profile: 'srgb' | 'p3' = 'srgb') =>
  sharp({ create: { width: 120, height: 80, channels: 3, background: '#d03020' } })
    .composite([{ input: { create: { width: 40, height: 80, channels: 3, background: '#2050d0' } }, left: 0, top: 0 }])
    .withIccProfile(profile)
    .withExif({ IFD0: { Artist: secret }, IFD3: { GPSLatitude: '48/1 52/1 7/1', GPSLatitudeRef: 'N' } })

async function copyOf(file: Buffer, type: DecodableType): Promise<{ type: MediaType; body: Buffer }> {
  const verdict = await decodeImage(file, type, { wantsCopy: true })
  if (!verdict.ok || verdict.value.copy === null) throw new Error('there is no copy')
  const { copy } = verdict.value
  return { type: copy.type, body: Buffer.concat(copy.pieces) }
}

/** The mean colour of a stretch, in sRGB, whatever profile the file carries. */
async function colorAt(file: Uint8Array, left: number): Promise<number[]> {
  const { channels } = await sharp(file)
    .autoOrient()
    .extract({ left, top: 20, width: 10, height: 10 })
    .toColourspace('srgb')
    .stats()
  return channels.slice(0, 3).map(({ mean }) => mean)
}

const near = (a: number[], b: number[]) => a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 8)

test('a JPEG is copied without a change to its image', async () => {
  const file = await drawing('p3').jpeg().toBuffer()
  const { type, body } = await copyOf(file, 'image/jpeg')
  expect(type).toBe('image/jpeg')
  expect(Buffer.from(body).includes(secret)).toBe(false)
  expect(await sharp(body).raw().toBuffer()).toEqual(await sharp(file).raw().toBuffer())
})

test.each([
  ['image/tiff', () => drawing().tiff().toBuffer()],
  ['image/tiff', () => drawing('p3').tiff().toBuffer()],
  ['image/avif', () => drawing('p3').avif({ quality: 90, effort: 0 }).toBuffer()],
] as const)('%s is copied as a JPEG of the full size and the same colours, and says nothing', async (type, make) => {
  const file = await make()
  const copy = await copyOf(file, type)
  expect(copy.type).toBe('image/jpeg')
  const { format, width, height, exif, xmp } = await sharp(copy.body).metadata()
  expect({ format, width, height, exif, xmp }).toEqual({
    format: 'jpeg',
    width: 120,
    height: 80,
    exif: undefined,
    xmp: undefined,
  })
  for (const left of [5, 80]) expect(near(await colorAt(copy.body, left), await colorAt(file, left))).toBe(true)
})

test('a turned TIFF stays turned', async () => {
  const file = await drawing().withMetadata({ orientation: 6 }).tiff().toBuffer()
  const { body } = await copyOf(file, 'image/tiff')
  expect((await sharp(body).autoOrient().toBuffer({ resolveWithObject: true })).info).toMatchObject({
    width: 80,
    height: 120,
  })
})

test('what can be seen through is laid on white', async () => {
  const file = await sharp({
    create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .tiff({ compression: 'lzw' })
    .toBuffer()
  expect(near(await colorAt((await copyOf(file, 'image/tiff')).body, 30), [255, 255, 255])).toBe(true)
})

test('no copy is made for whoever does not ask', async () => {
  const verdict = await decodeImage(await drawing().jpeg().toBuffer(), 'image/jpeg')
  expect(verdict).toMatchObject({ ok: true, value: { copy: null } })
})
