import sharp from 'sharp'
import { expect, test } from 'vitest'
import { expectCorners, readPixel } from '@shoebox/testing/samples/compare-pictures.ts'
import { makeIsoFile } from '@shoebox/testing/samples/containers.ts'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'
import { openScene, sampleTakenAt, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import { decodeImage } from './decode-image.ts'
import type { Picture } from './picture.ts'

async function decode(file: Buffer): Promise<Picture> {
  const verdict = await decodeImage(file, 'image/heic')
  if (!verdict.ok) throw new Error(`refused: ${verdict.refusal.reason} ${verdict.refusal.detail}`)
  return verdict.value
}

const previewOf = (picture: Picture): Uint8Array =>
  picture.derivatives.find(({ name }) => name === 'preview')?.body ?? new Uint8Array()

test.each([0, 90, 180, 270] as const)('shows a HEIC upright that its container turns by %i degrees', async (turn) => {
  const picture = await decode(await makeHeic({ turn }))
  expect([picture.widthPx, picture.heightPx]).toEqual([360, 240])
  for (const { body } of picture.derivatives) await expectCorners(body, sceneCorners)
})

test.each([3, 6, 8])(
  'does not turn it again for EXIF orientation %i, and keeps when it was taken',
  async (orientation) => {
    const picture = await decode(await makeHeic({ turn: 90, exifOrientation: orientation }))
    expect(picture.takenAt).toEqual(sampleTakenAt)
    await expectCorners(previewOf(picture), sceneCorners)
  },
)

const red = { create: { width: 900, height: 600, channels: 3 as const, background: '#d02030' } }

test.each(['p3', 'srgb'] as const)('shows a HEIC in the colours that its %s profile means', async (profile) => {
  const file = await makeHeic({ upright: sharp(red).withIccProfile(profile) })
  const shown = await readPixel(previewOf(await decode(file)), 0.5, 0.5)
  expect(shown.map((value, channel) => Math.abs(value - ([208, 32, 48, 255][channel] ?? 0)))).toSatisfy(
    (distances: number[]) => Math.max(...distances) <= 4,
  )
})

test('decodes sizes that are no multiple of what the codec works in', async () => {
  const picture = await decode(await makeHeic({ upright: await openScene(1782, 1186) }))
  expect([picture.widthPx, picture.heightPx]).toEqual([1782, 1186])
  await expectCorners(previewOf(picture), sceneCorners)
})

test('a picture that libheif refuses leaves the next one whole', async () => {
  const whole = await makeHeic()
  for (const keep of [0.3, 0.6, 0.9])
    expect(await decodeImage(whole.subarray(0, whole.length * keep), 'image/heic')).toMatchObject({
      refusal: { reason: 'image_damaged' },
    })
  await expectCorners(previewOf(await decode(whole)), sceneCorners)
})

test.each([8, 12, 16, 19, 24, 32])('takes what breaks off after %i bytes for damaged', async (bytes) => {
  const beginning = Buffer.from((await makeHeic()).subarray(0, bytes))
  for (const type of ['image/heic', 'image/avif'] as const)
    expect(await decodeImage(beginning, type)).toMatchObject({ refusal: { reason: 'image_damaged' } })
})

test.each(['avc1', 'jpeg', 'j2k1', 'vvc1', 'evc1', 'unci', 'av01'])(
  'refuses a picture coded as %s for its form, not for damage',
  async (codec) => {
    const file = await makeHeic({ codec, brands: ['mif1', 'miaf', 'heic'] })
    expect(await decodeImage(file, 'image/heic')).toMatchObject({ refusal: { reason: 'image_unsupported' } })
  },
)

test('refuses a film of pictures that holds no still for its form', async () => {
  const film = makeIsoFile(['hevc', 'msf1'], 'pict')
  expect(await decodeImage(film, 'image/heic')).toMatchObject({ refusal: { reason: 'image_unsupported' } })
})

test('shows a HEIC whose brands name no codec', async () => {
  await expectCorners(previewOf(await decode(await makeHeic({ brands: ['mif1', 'miaf', 'MiHB'] }))), sceneCorners)
})
