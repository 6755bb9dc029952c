import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { makeTiff, tiffTypes, type TiffTag } from '@shoebox/testing/samples/tiff-tags.ts'
import { detectType } from './detect-type.ts'
import { parseExif } from './decoder/parse-exif.ts'
import { decodeImage } from './decoder/decode-image.ts'
import { RangedTokenizer } from './ranged-tokenizer.ts'
import { collectTags, opensAsRaw } from './tiff-tags.ts'

const exif = {
  IFD0: { Make: 'Maker', Model: 'Maker One' },
  IFD2: { DateTimeOriginal: '2021:05:04 10:20:30', OffsetTimeOriginal: '+02:00' },
  IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N', GPSLongitude: '13/1 24/1 0/1', GPSLongitudeRef: 'E' },
}

/** An Exif block is the beginning of a TIFF that leaves its pixels out. */
async function makeBlock(): Promise<Buffer> {
  const jpeg = await (await openScene(64, 48)).withExif(exif).jpeg().toBuffer()
  return (await sharp(jpeg).metadata()).exif?.subarray(6) ?? Buffer.alloc(0)
}

const words = (tag: number, text: string): TiffTag => [tag, tiffTypes.ascii, Buffer.from(`${text}\0`, 'latin1')]

test('keeps camera, moment and place, and nothing that is large', async () => {
  const block = await makeBlock()
  const [kept, all] = [parseExif(collectTags(block)), parseExif(block)]
  expect(kept?.Image).toMatchObject({ Make: 'Maker', Model: 'Maker One' })
  expect(kept?.Photo).toEqual(all?.Photo)
  expect(kept?.GPSInfo).toEqual(all?.GPSInfo)
  expect(kept?.GPSInfo?.GPSLatitude).toEqual([52, 31, 0])
  const large = await makeTiff([words(271, 'M'.repeat(5000))])
  expect(collectTags(large)).toBeUndefined()
})

test('a TIFF says when and with what it was taken', async () => {
  const file = await makeTiff([words(271, 'Maker'), words(272, 'Maker One'), words(306, '2021:05:04 10:20:30')])
  const verdict = await decodeImage(file, 'image/tiff')
  expect(verdict).toMatchObject({
    ok: true,
    value: { takenAt: { local: '2021-05-04T10:20:30' }, capture: { camera: 'Maker One' } },
  })
})

test('is no raw file’s small picture', async () => {
  const file = await makeTiff([[254, tiffTypes.long, 1]])
  expect(opensAsRaw(file)).toBe(true)
  expect(opensAsRaw(await makeTiff())).toBe(false)
  const read = async (from: number, to: number) => file.subarray(from, to + 1)
  expect(await detectType(new RangedTokenizer(file.length, read))).toMatchObject({
    refusal: { reason: 'type_not_allowed', detectedType: 'image/x-raw' },
  })
})

test('never throws over a directory that points anywhere', async () => {
  const block = await makeBlock()
  for (let at = 4; at < block.length; at += 3) {
    const wild = Buffer.from(block)
    wild.fill(0xff, at, Math.min(block.length, at + 4))
    collectTags(wild)
    opensAsRaw(wild.subarray(0, at))
  }
})
