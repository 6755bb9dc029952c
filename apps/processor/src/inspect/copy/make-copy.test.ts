import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeTiff, tiffTypes } from '@shoebox/testing/samples/tiff-tags.ts'
import { decodeImage } from '../decoder/decode-image.ts'
import type { DecodableType } from '../decoder/picture.ts'

const secret = 'Rue de la Paix 7'

const drawing = (profile: 'srgb' | 'p3' = 'srgb') =>
  sharp({ create: { width: 120, height: 80, channels: 3, background: '#d03020' } })
    .composite([{ input: { create: { width: 40, height: 80, channels: 3, background: '#2050d0' } }, left: 0, top: 0 }])
    .withIccProfile(profile)
    .withExif({ IFD0: { Artist: secret }, IFD3: { GPSLatitude: '48/1 52/1 7/1', GPSLatitudeRef: 'N' } })

type Copied = { readonly type: MediaType; readonly body: Buffer; readonly shown: readonly Buffer[] }

async function copyOf(file: Buffer, type: DecodableType): Promise<Copied> {
  const verdict = await decodeImage(file, type, { wantsCopy: true })
  if (!verdict.ok || verdict.value.copy === null) throw new Error('there is no copy')
  const { copy, derivatives } = verdict.value
  const shown = derivatives.map(({ body }) => Buffer.from(body))
  return { type: copy.type, body: Buffer.concat(copy.pieces), shown }
}

/** The mean colour of a stretch, in sRGB, whatever profile the file carries. */
async function colorAt(file: Uint8Array, left: number): Promise<number[]> {
  const { channels } = await sharp(file, { failOn: 'error' })
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

const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" aux:OwnerName="${secret}"/></rdf:RDF></x:xmpmeta>`
/** Record 2, caption (IPTC-IIM). */
const iptc = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, secret.length]), Buffer.from(secret, 'latin1')])
const photoshop = Buffer.concat([
  Buffer.from('8BIM\x04\x04\0\0\0\0\0', 'latin1'),
  Buffer.of(iptc.length),
  iptc,
  Buffer.alloc(iptc.length % 2),
])

/** The secret in EXIF, XMP and IPTC. */
const withWords = () =>
  drawing()
    .withExif({
      IFD0: { Artist: secret },
      IFD2: { BodySerialNumber: secret },
      IFD3: { GPSLatitude: '48/1 52/1 7/1', GPSLatitudeRef: 'N' },
    })
    .withXmp(xmp)

/** Two bytes between its segments, over which decoders pass. */
async function makePaddedJpeg(orientation: number): Promise<Buffer> {
  const upright = await withWords().jpeg().toBuffer()
  const jpeg = await sharp(upright).withMetadata({ orientation }).jpeg().toBuffer()
  const segment = Buffer.concat([Buffer.from('\xff\xed\0\0Photoshop 3.0\0', 'latin1'), photoshop])
  segment.writeUInt16BE(segment.length - 2, 2)
  const tablesAt = jpeg.indexOf(Buffer.of(0xff, 0xdb))
  return Buffer.concat([jpeg.subarray(0, tablesAt), segment, Buffer.alloc(2), jpeg.subarray(tablesAt)])
}

const makeWordyTiff = (orientation: number): Promise<Buffer> =>
  makeTiff([
    [270, tiffTypes.ascii, Buffer.from(`${secret}\0`)],
    [274, tiffTypes.short, orientation],
    [315, tiffTypes.ascii, Buffer.from(`${secret}\0`)],
    [700, tiffTypes.byte, Buffer.from(xmp)],
    [33_723, tiffTypes.undefined, iptc],
    [34_377, tiffTypes.byte, photoshop],
  ])

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('an encoded copy of orientation %i', (orientation) => {
  test.each([
    ['image/tiff', makeWordyTiff],
    ['image/jpeg', makePaddedJpeg],
  ] as const)('of %s lies as the file does, and nothing of it or of what is shown says a word', async (type, make) => {
    const file = await make(orientation)
    expect(file.includes(secret)).toBe(true)
    const { shown, ...copy } = await copyOf(file, type)
    expect(copy.type).toBe('image/jpeg')
    for (const body of [copy.body, ...shown]) {
      const { exif, xmp: words, iptc: caption, comments } = await sharp(body).metadata()
      expect({ words, caption, comments }).toEqual({})
      // Six bytes of a name, and the turn.
      expect(exif?.length ?? 0).toBe(orientation === 1 || body !== copy.body ? 0 : 32)
      for (const word of [secret, 'GPS', 'xmpmeta', '8BIM', 'Photoshop']) expect(body.includes(word)).toBe(false)
    }
    expect((await sharp(copy.body).metadata()).orientation ?? 1).toBe(orientation)
    for (const left of [5, 60]) expect(near(await colorAt(copy.body, left), await colorAt(file, left))).toBe(true)
  })
})

test('a turned TIFF stays turned, and in its colours', async () => {
  const file = await drawing().withMetadata({ orientation: 6 }).withIccProfile('p3').tiff().toBuffer()
  const { body } = await copyOf(file, 'image/tiff')
  expect(await sharp(body).metadata()).toMatchObject({ orientation: 6, icc: (await sharp(file).metadata()).icc })
  expect(near(await colorAt(body, 5), await colorAt(file, 5))).toBe(true)
})

test('an AVIF is copied without its words', async () => {
  const file = await withWords().avif({ effort: 0 }).toBuffer()
  expect(file.includes(secret)).toBe(true)
  const { body, shown } = await copyOf(file, 'image/avif')
  for (const made of [body, ...shown]) expect(made.includes(secret)).toBe(false)
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
