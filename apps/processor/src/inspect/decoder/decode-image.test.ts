import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { derivativeNames, derivatives } from '@shoebox/shared/media/derivatives.ts'
import { findMediaType, type MediaType } from '@shoebox/shared/media/kinds.ts'
import { allowedImages, colourlessImages } from '@shoebox/testing/samples/allowed.ts'
import { expectCorners, readPixel } from '@shoebox/testing/samples/compare-pictures.ts'
import { harmlessExtras } from '@shoebox/testing/samples/harmless.ts'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
import {
  makeAnimation,
  makeOrientedJpeg,
  openScene,
  sampleTakenAt,
  sceneCorners,
  type Rgb,
} from '@shoebox/testing/samples/pictures.ts'
import { makePixelBomb, moveBehindPixels } from '@shoebox/testing/samples/png-chunks.ts'
import {
  makeTiff,
  tiffTypes,
  type TiffForm,
  type TiffNumbers,
  type TiffTag,
} from '@shoebox/testing/samples/tiff-tags.ts'
import { repeatWebpFrame } from '@shoebox/testing/samples/webp-chunks.ts'
import { decodeImage, defaultLimits } from './decode-image.ts'
import { isDecodable, type DecodableType, type Picture } from './picture.ts'

async function decode(file: Buffer, type: MediaType): Promise<Picture> {
  const verdict = await decodeImage(file, requireDecodable(type))
  if (!verdict.ok) throw new Error(`refused: ${verdict.refusal.reason} ${verdict.refusal.detail}`)
  return verdict.value
}

function requireDecodable(name: string): DecodableType {
  const type = findMediaType(name)
  if (type === null || !isDecodable(type)) throw new Error(`${name} is not decodable`)
  return type
}

const bodyOf = (picture: Picture, name: string): Buffer =>
  Buffer.from(picture.derivatives.find((derivative) => derivative.name === name)?.body ?? [])

const orientations = [1, 2, 3, 4, 5, 6, 7, 8]

test.each(orientations)('shows a JPEG of orientation %i upright, in every derivative', async (orientation) => {
  const picture = await decode(await makeOrientedJpeg(orientation), 'image/jpeg')
  expect([picture.widthPx, picture.heightPx]).toEqual([360, 240])
  for (const { body } of picture.derivatives) await expectCorners(body, sceneCorners)
})

test.each(allowedImages)('makes upright sRGB WebP of $name', async ({ make, type, isCutToFirstFrame }) => {
  const picture = await decode(await make(), type)
  expect(picture.isCutToFirstFrame).toBe(isCutToFirstFrame)
  expect(picture.derivatives.map(({ name }) => name)).toEqual(derivativeNames)
  for (const { name, body, widthPx, heightPx } of picture.derivatives) {
    const metadata = await sharp(body).metadata()
    expect(metadata).toMatchObject({ format: 'webp', space: 'srgb', width: widthPx, height: heightPx })
    expect(Math.max(widthPx, heightPx)).toBeLessThanOrEqual(derivatives[name].boxPx)
    await expectCorners(body, sceneCorners)
  }
  expect(picture.thumbhash.length).toBeGreaterThan(4)
})

test.each(colourlessImages)('keeps what $name looks like', async ({ make, type }) => {
  const file = await make()
  const picture = await decode(file, type)
  const [original, shown] = await Promise.all([
    readPixel(file, 0.1, 0.1),
    readPixel(bodyOf(picture, 'preview'), 0.1, 0.1),
  ])
  shown.forEach((value, channel) => expect(Math.abs(value - (original[channel] ?? 0))).toBeLessThan(12))
})

test('leaves no camera, place or time in what people are shown', async () => {
  const picture = await decode(await makeOrientedJpeg(6), 'image/jpeg')
  for (const { body } of picture.derivatives) {
    const { exif, xmp, iptc, orientation } = await sharp(body).metadata()
    expect({ exif, xmp, iptc, orientation }).toEqual({})
  }
})

test('reads when it was taken, with its offset', async () => {
  expect((await decode(await makeOrientedJpeg(1), 'image/jpeg')).takenAt).toEqual(sampleTakenAt)
})

test('reads what a PNG says behind its pixels, but for a turn, which browsers heed only before them', async () => {
  const told = {
    IFD0: { Make: 'Maker', Model: 'Maker One', Orientation: '6' },
    IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', OffsetTimeOriginal: '+02:00' },
  }
  const exif = await (await openScene()).withExif(told).png().toBuffer()
  const picture = await decode(moveBehindPixels(exif, 'eXIf'), 'image/png')
  expect(picture).toMatchObject({ takenAt: sampleTakenAt, capture: { camera: 'Maker One' }, widthPx: 360 })
  await expectCorners(bodyOf(picture, 'preview'), sceneCorners)
  const words =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmp:CreateDate="2011-08-15T18:24:59Z"/></x:xmpmeta>'
  const xmp = await (await openScene()).withXmp(words).png().toBuffer()
  expect((await decode(moveBehindPixels(xmp, 'iTXt'), 'image/png')).takenAt?.local).toBe('2011-08-15T18:24:59')
})

const wholeNumbers: TiffNumbers = {
  bytes: 4,
  format: 1,
  write: (pixels, value, at) => pixels.writeUInt32LE(value * 2 ** 24, at),
}
const light: TiffNumbers = {
  bytes: 4,
  format: 3,
  write: (pixels, value, at) => pixels.writeFloatLE((value / 255) ** 2.2, at),
}
const floating: TiffNumbers = { ...light, write: (pixels, value, at) => pixels.writeFloatLE(value, at) }

const grey = ([red]: Rgb): Rgb => [red, red, red]
const greyCorners = {
  topLeft: grey(sceneCorners.topLeft),
  topRight: grey(sceneCorners.topRight),
  bottomLeft: grey(sceneCorners.bottomLeft),
  bottomRight: grey(sceneCorners.bottomRight),
}
/** As near as inks come to it. */
const inkCorners = { ...sceneCorners, bottomLeft: [70, 80, 130] } as const
const white: Rgb = [255, 255, 255]
const layOnWhite = (file: Uint8Array): Promise<Buffer> =>
  sharp(file).flatten({ background: '#ffffff' }).png().toBuffer()

test.each<readonly [string, TiffForm, Parameters<typeof expectCorners>[1]]>([
  ['in whole numbers', { numbers: wholeNumbers }, sceneCorners],
  ['in whole numbers, with alpha', { numbers: wholeNumbers, alpha: 2 }, sceneCorners],
  ['in whole numbers, multiplied by alpha', { numbers: wholeNumbers, alpha: 1 }, sceneCorners],
  ['in whole numbers, grey', { numbers: wholeNumbers, inks: 'grey' }, greyCorners],
  ['in whole numbers, grey, with alpha', { numbers: wholeNumbers, inks: 'grey', alpha: 2 }, greyCorners],
  ['in whole numbers, CMYK', { numbers: wholeNumbers, inks: 'cmyk' }, inkCorners],
  ['in light', { numbers: light }, sceneCorners],
  ['in light, with alpha', { numbers: light, alpha: 2 }, sceneCorners],
  ['in light, grey', { numbers: light, inks: 'grey' }, greyCorners],
  ['in light, grey, with alpha', { numbers: light, inks: 'grey', alpha: 2 }, greyCorners],
  ['in floating point to 255, grey', { numbers: floating, inks: 'grey' }, greyCorners],
])('shows a TIFF of 32 bits a channel, %s, with a profile and without', async (_, form, corners) => {
  const { icc } = await sharp(await (await openScene()).withIccProfile('srgb').png().toBuffer()).metadata()
  const profile: TiffTag = [34_675, tiffTypes.undefined, icc ?? Buffer.alloc(0)]
  const shown = form.alpha === undefined ? corners : { ...corners, bottomRight: white }
  for (const file of [await makeTiff([], form), await makeTiff([profile], form)]) {
    const verdict = await decodeImage(file, 'image/tiff', { wantsCopy: true })
    if (!verdict.ok) throw new Error(verdict.refusal.detail)
    for (const { body } of verdict.value.derivatives) await expectCorners(await layOnWhite(body), shown)
    await expectCorners(Buffer.concat(verdict.value.copy?.pieces ?? []), shown)
  }
})

test('takes the moment of the shot in XMP before that of the scan, and either before that of the last change', async () => {
  const makeFile = async (attributes: string) => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description ${attributes}/></rdf:RDF></x:xmpmeta>`
    const scene = (await openScene()).withExif({ IFD0: { DateTime: '2024:05:06 07:08:09' } })
    return scene.withXmp(xmp).jpeg().toBuffer()
  }
  const scanned = 'xmp:CreateDate="2011-08-15T18:24:59.00+02:00"'
  const shot = 'photoshop:DateCreated="1998-07-01T10:20"'
  const readTakenAt = async (attributes: string) => (await decode(await makeFile(attributes), 'image/jpeg')).takenAt
  expect([await readTakenAt(`${scanned} ${shot}`), await readTakenAt(scanned), await readTakenAt('')]).toEqual([
    { local: '1998-07-01T10:20:00', offsetMinutes: null, source: 'xmp' },
    { local: '2011-08-15T18:24:59', offsetMinutes: 120, source: 'xmp' },
    { local: '2024-05-06T07:08:09', offsetMinutes: null, source: 'exif' },
  ])
})

test('tells camera, lens and exposure, without the owner or a serial number, and where only to find a coarse place', async () => {
  const scene = await openScene()
  const file = await scene
    .withExif({
      IFD0: { Make: 'NIKON CORPORATION', Model: 'NIKON D850', Artist: 'Secret Owner' },
      IFD2: {
        ExposureTime: '1/250',
        FNumber: '28/10',
        ISOSpeedRatings: '400',
        FocalLength: '50/1',
        FocalLengthIn35mmFilm: '0',
        LensModel: '50mm \tf/1.8 G',
        BodySerialNumber: 'Secret 1',
      },
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '33/1 51/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '151/1 12/1 0/1',
      },
    })
    .jpeg()
    .toBuffer()
  const { capture } = await decode(file, 'image/jpeg')
  expect(capture).toEqual({
    camera: 'NIKON D850',
    lens: '50mm f/1.8 G',
    exposure: { shutterSeconds: 0.004, fNumber: 2.8, iso: 400, focalLengthMm: 50 },
    position: { latitude: expect.closeTo(-33.86, 4), longitude: expect.closeTo(151.2, 4) },
  })
})

test('says nothing of camera or place where the file has no word of it', async () => {
  expect((await decode(await (await openScene()).jpeg().toBuffer(), 'image/jpeg')).capture).toBeNull()
})

test('never enlarges a small picture', async () => {
  const picture = await decode(await (await openScene(20, 10)).png().toBuffer(), 'image/png')
  for (const { widthPx, heightPx } of picture.derivatives) expect([widthPx, heightPx]).toEqual([20, 10])
})

test.each([
  [4000, 1],
  [1, 4000],
  [1, 1],
])('makes every derivative of a picture of %i × %i', async (widthPx, heightPx) => {
  const picture = await decode(await (await openScene(widthPx, heightPx)).png().toBuffer(), 'image/png')
  expect([picture.widthPx, picture.heightPx]).toEqual([widthPx, heightPx])
  for (const derivative of picture.derivatives) expect(derivative.body.length).toBeGreaterThan(0)
})

test('names the colour that covers most of the picture', async () => {
  const sky = sharp({ create: { width: 300, height: 200, channels: 3, background: '#3377cc' } })
  const sun = { create: { width: 60, height: 60, channels: 3 as const, background: '#ffdd00' } }
  const file = await sky
    .composite([{ input: sun, left: 10, top: 10 }])
    .png()
    .toBuffer()
  expect((await decode(file, 'image/png')).dominantColor).toBe('#3377cc')
})

describe('animations', () => {
  test.each(['gif', 'webp'] as const)('keeps the motion of a %s in its preview, and only there', async (format) => {
    const picture = await decode(await makeAnimation(format, 6), `image/${format}`)
    expect((await sharp(bodyOf(picture, 'preview')).metadata()).pages).toBe(6)
    expect((await sharp(bodyOf(picture, 'tile')).metadata()).pages ?? 1).toBe(1)
    expect((await sharp(bodyOf(picture, 'preview')).metadata()).delay).toEqual([80, 80, 80, 80, 80, 80])
  })

  test('shows the first frame of an animation with too many frames, and says so', async () => {
    const picture = await decode(await makeAnimation('gif', 501, 6, 4), 'image/gif')
    expect(picture.isCutToFirstFrame).toBe(true)
    expect((await sharp(bodyOf(picture, 'preview')).metadata()).pages ?? 1).toBe(1)
  })

  test('shows the first frame where a later one is broken, and refuses what ends too early', async () => {
    const file = await makeAnimation('gif', 3, 200, 100)
    const lastFrame = file.lastIndexOf(Buffer.from([0x21, 0xf9, 4])) + 8
    // Behind its place, its size and its colours: a code length too short for its data.
    const flags = file.readUInt8(lastFrame + 9)
    const broken = Buffer.from(file)
    broken.writeUInt8(1, lastFrame + 10 + ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)))
    expect((await decode(broken, 'image/gif')).isCutToFirstFrame).toBe(true)
    const cut = broken.subarray(0, broken.length - 1)
    expect(await decodeImage(cut, 'image/gif')).toMatchObject({ refusal: { reason: 'image_damaged' } })
  })

  test('shows the first frame when the motion takes too long', { timeout: 60_000 }, async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    const still = sharp({ create: { width: 1000, height: 1000, channels: 3, background: '#888', noise } })
    const file = repeatWebpFrame(await still.webp({ quality: 50, effort: 0 }).toBuffer(), 60, 1000, 1000)
    const verdict = await decodeImage(file, 'image/webp', { limits: { ...defaultLimits, animationSeconds: 1 } })
    expect(verdict).toMatchObject({ ok: true, value: { isCutToFirstFrame: true } })
  })
})

describe('refusals', () => {
  const images = hostileSamples.filter(
    ({ reason, declaredType }) => /^(image_|file_hides)/.test(reason) && declaredType.startsWith('image/'),
  )
  test.each(images)('refuses $name', async ({ make, declaredType, reason }) => {
    expect(await decodeImage(await make(), requireDecodable(declaredType))).toMatchObject({
      ok: false,
      refusal: { reason },
    })
  })

  test('accepts the most pixels a picture may have, by its header alone, and not one more', async () => {
    const verdicts = await Promise.all(
      [makePixelBomb(12_000, 10_000), makePixelBomb(12_000, 10_001)].map((file) => decodeImage(file, 'image/png')),
    )
    // The first one is let through to the decoder, which finds the picture unfinished.
    expect(verdicts).toMatchObject([
      { refusal: { reason: 'image_damaged' } },
      { refusal: { reason: 'image_too_many_pixels' } },
    ])
  })

  test('refuses a file whose content is another picture than its magic says', async () => {
    const gif = await (await openScene()).gif().toBuffer()
    expect(await decodeImage(gif, 'image/png')).toMatchObject({ refusal: { reason: 'image_damaged' } })
  })

  test.each(harmlessExtras)('accepts a picture with $name', async ({ make, type }) => {
    expect((await decode(await make(), type)).derivatives).toHaveLength(derivativeNames.length)
  })
})

describe('colours', () => {
  const red = { create: { width: 900, height: 600, channels: 3 as const, background: '#d02030' } }

  test.each(['p3', 'srgb'] as const)('shows a picture in the colours that its %s profile means', async (profile) => {
    const file = await sharp(red).withIccProfile(profile).jpeg({ quality: 95 }).toBuffer()
    const shown = await readPixel(bodyOf(await decode(file, 'image/jpeg'), 'preview'), 0.5, 0.5)
    expect(shown.map((value, channel) => Math.abs(value - ([208, 32, 48, 255][channel] ?? 0)))).toSatisfy(
      (distances: number[]) => Math.max(...distances) <= 4,
    )
  })

  test('shows the same colours as libvips does when it converts them itself, see-through pixels included', async () => {
    const glass = { create: { ...red.create, channels: 4 as const, background: { r: 20, g: 200, b: 90, alpha: 0.5 } } }
    const file = await sharp(glass).withIccProfile('p3').png().toBuffer()
    const [ours, theirs] = await Promise.all([
      decode(file, 'image/png').then((picture) => readPixel(bodyOf(picture, 'preview'), 0.5, 0.5)),
      readPixel(file, 0.5, 0.5),
    ])
    ours.forEach((value, channel) => expect(Math.abs(value - (theirs[channel] ?? 0))).toBeLessThanOrEqual(6))
  })
})
