// The promises of a fingerprint on a few pictures; bench row B17 measures them on hundreds.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { fingerprintPattern } from '@shoebox/shared/media/fingerprint.ts'
import { askFingerprint, isAlike, knowFingerprint } from '@shoebox/testing/compare-fingerprints.ts'
import { paintDistinct } from '@shoebox/testing/samples/distinct-pictures.ts'
import { pictureCopies, type Copy } from '@shoebox/testing/samples/picture-copies.ts'
import { decodeImage } from './decode-image.ts'
import type { DecodableType } from './picture.ts'

const picturesCount = 12

async function fingerprintOf(file: Buffer): Promise<string | null> {
  const { format } = await sharp(file).metadata()
  const type: DecodableType = `image/${format === 'heif' ? 'avif' : (format as 'jpeg' | 'png' | 'webp')}`
  const verdict = await decodeImage(Buffer.from(file), type)
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return verdict.value.fingerprint
}

const pictures = await Promise.all(
  Array.from({ length: picturesCount }, async (_, nth) => {
    const file = await paintDistinct(nth, 320).png({ compressionLevel: 1 }).toBuffer()
    return { file, fingerprint: (await fingerprintOf(file)) ?? '' }
  }),
)
const known = pictures.map(({ fingerprint }) => knowFingerprint(fingerprint))

async function countFound(copies: readonly Copy[]): Promise<number> {
  let found = 0
  for (const copy of copies) {
    for (const [nth, { file }] of pictures.entries()) {
      const fingerprint = await fingerprintOf(await copy.make(file, nth))
      const itself = known[nth]
      if (fingerprint !== null && itself !== undefined && isAlike(itself, askFingerprint(fingerprint))) found += 1
    }
  }
  return found / (copies.length * pictures.length)
}

const copiesOf = (kind: Copy['kind']) => pictureCopies.filter((copy) => copy.kind === kind)

test('a picture with something to see has a fingerprint, the same each time', async () => {
  for (const { file, fingerprint } of pictures) {
    expect(fingerprint).toMatch(fingerprintPattern)
    expect(await fingerprintOf(file)).toBe(fingerprint)
  }
})

test('copies that were saved anew or made smaller or larger are known, and mirrored ones', async () => {
  expect(await countFound(copiesOf('re-encoded or resized'))).toBe(1)
  expect(await countFound(copiesOf('mirrored'))).toBe(1)
})

test('at least seven in ten are known of copies of which a tenth is cut off, whichever way', async () => {
  expect(await countFound(copiesOf('cropped'))).toBeGreaterThanOrEqual(0.7)
})

test('no picture is taken for another', () => {
  for (const [one, itself] of known.entries())
    for (const [other, { fingerprint }] of pictures.entries())
      expect(isAlike(itself, askFingerprint(fingerprint)), `${one} and ${other}`).toBe(one === other)
})

test('what is flat, slowly turns from one colour to another, or is clear has none: it would be like all of its kind', async () => {
  const flat = (background: string) =>
    sharp({ create: { width: 400, height: 300, channels: 4, background } })
      .png()
      .toBuffer()
  const slope = Buffer.from(
    Array.from({ length: 400 * 300 * 3 }, (_, at) => Math.floor((Math.floor(at / 3) % 400) / 2)),
  )
  const slowly = await sharp(slope, { raw: { width: 400, height: 300, channels: 3 } })
    .png()
    .toBuffer()
  for (const file of [await flat('black'), await flat('white'), await flat('#33669900'), slowly])
    expect(await fingerprintOf(file)).toBeNull()
})

test('where a picture is transparent it looks as its copy on white does', async () => {
  const { data, info } = await paintDistinct(1, 320).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  for (let at = 3; at < data.length; at += 4) if (at % (info.width * 4) < info.width * 2) data[at] = 0
  const half = sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
  const clear = await fingerprintOf(await half.clone().png().toBuffer())
  const white = await fingerprintOf(await half.clone().flatten({ background: 'white' }).jpeg().toBuffer())
  expect(isAlike(knowFingerprint(clear ?? ''), askFingerprint(white ?? ''))).toBe(true)
})
