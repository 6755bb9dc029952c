import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
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

/** A TIFF whose first directory has these entries too: it is laid anew behind the file. */
async function makeTiff(entries: readonly (readonly [tag: number, type: number, count: number, value: Buffer])[]) {
  const plain = await (await openScene(64, 48)).tiff({ compression: 'none' }).toBuffer()
  const at = plain.readUInt32LE(4)
  const count = plain.readUInt16LE(at)
  const old = Array.from({ length: count }, (_, n) => plain.subarray(at + 2 + 12 * n, at + 14 + 12 * n))
  const start = plain.length + (plain.length % 2)
  let valueAt = start + 2 + 12 * (count + entries.length) + 4
  const added = entries.map(([tag, type, values, value]) => {
    const entry = Buffer.alloc(12)
    entry.writeUInt16LE(tag, 0)
    entry.writeUInt16LE(type, 2)
    entry.writeUInt32LE(values, 4)
    if (value.length <= 4) value.copy(entry, 8)
    else entry.writeUInt32LE(valueAt, 8)
    if (value.length > 4) valueAt += value.length
    return entry
  })
  const sorted = [...old, ...added].toSorted((one, other) => one.readUInt16LE(0) - other.readUInt16LE(0))
  const counted = Buffer.alloc(2)
  counted.writeUInt16LE(sorted.length)
  plain.writeUInt32LE(start, 4)
  const values = entries.map(([, , , value]) => value).filter(({ length }) => length > 4)
  return Buffer.concat([plain, Buffer.alloc(start - plain.length), counted, ...sorted, Buffer.alloc(4), ...values])
}

const words = (text: string): readonly [2, number, Buffer] => [2, text.length + 1, Buffer.from(`${text}\0`, 'latin1')]

test('keeps camera, moment and place, and nothing that is large', async () => {
  const block = await makeBlock()
  const [kept, all] = [parseExif(collectTags(block)), parseExif(block)]
  expect(kept?.Image).toMatchObject({ Make: 'Maker', Model: 'Maker One' })
  expect(kept?.Photo).toEqual(all?.Photo)
  expect(kept?.GPSInfo).toEqual(all?.GPSInfo)
  expect(kept?.GPSInfo?.GPSLatitude).toEqual([52, 31, 0])
  const large = await makeTiff([[271, ...words('M'.repeat(5000))]])
  expect(collectTags(large)).toBeUndefined()
})

test('a TIFF says when and with what it was taken', async () => {
  const file = await makeTiff([
    [271, ...words('Maker')],
    [272, ...words('Maker One')],
    [306, ...words('2021:05:04 10:20:30')],
  ])
  const verdict = await decodeImage(file, 'image/tiff')
  expect(verdict).toMatchObject({
    ok: true,
    value: { takenAt: { local: '2021-05-04T10:20:30' }, capture: { camera: 'Maker One' } },
  })
})

test('is no raw file’s small picture', async () => {
  const file = await makeTiff([[254, 4, 1, Buffer.from([1, 0, 0, 0])]])
  expect(opensAsRaw(file)).toBe(true)
  expect(opensAsRaw(await makeTiff([]))).toBe(false)
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
