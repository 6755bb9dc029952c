import { describe, expect, test } from 'vitest'
import { expectCorners } from '@shoebox/testing/samples/compare-pictures.ts'
import { makeProgram } from '@shoebox/testing/samples/hostile.ts'
import { openScene, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import { makeTiff, tiffTypes, type TiffForm, type TiffTag } from '@shoebox/testing/samples/tiff-tags.ts'
import { decodeImage } from './decode-image.ts'
import { mendTiff } from './mend-tiff.ts'

const layers = 37_724
/** More than libtiff may hold, which counts it twice. */
const tooMany = 26 * 2 ** 20

const bytes = (tag: number, value: Buffer): TiffTag => [tag, tiffTypes.undefined, value]
const words = (tag: number, text: string): TiffTag => [tag, tiffTypes.ascii, Buffer.from(`${text}\0`, 'latin1')]
const orientation = (turn: number): TiffTag => [274, tiffTypes.short, turn]
const unit = (number: number): TiffTag => [296, tiffTypes.short, number]
const camera = [words(271, 'Maker'), words(272, 'Maker One'), words(306, '2021:05:04 10:20:30')]

const forms: readonly (readonly [name: string, form: TiffForm])[] = [
  ['little endian', {}],
  ['big endian', { isBigEndian: true }],
  ['BigTIFF', { isBigTiff: true }],
  ['big endian BigTIFF', { isBigTiff: true, isBigEndian: true }],
]

const shownByOthers: readonly (readonly [what: string, tags: readonly TiffTag[]])[] = [
  ['large layers', [bytes(layers, Buffer.alloc(tooMany, 0x41))]],
  ['large resources of an editor', [bytes(34_377, Buffer.alloc(tooMany, 0x41))]],
  ['large XMP', [[700, tiffTypes.byte, Buffer.alloc(tooMany, 0x20)]]],
  ['a turn below all', [orientation(0)]],
  ['a turn beyond all', [orientation(9)]],
  ['a unit of no kind', [unit(7)]],
]

async function expectShown(file: Buffer): Promise<void> {
  const verdict = await decodeImage(file, 'image/tiff', { wantsCopy: true })
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  for (const { body } of verdict.value.derivatives) await expectCorners(body, sceneCorners)
  await expectCorners(Buffer.concat(verdict.value.copy?.pieces ?? []), sceneCorners)
}

test.each(shownByOthers)('a TIFF is shown with %s', async (_what, tags) => {
  await expectShown(await makeTiff(tags))
})

test.each(forms)('a TIFF, %s, is shown with all of that at once, and not one that was cut off', async (_, form) => {
  const file = await makeTiff([bytes(layers, Buffer.alloc(tooMany, 0x41)), orientation(9), unit(7)], form)
  await expectShown(file)
  expect(await decodeImage(file.subarray(0, -1), 'image/tiff')).toMatchObject({ refusal: { reason: 'image_damaged' } })
})

/** The scene by LZW, its one strip at the end. */
async function makeLzw(): Promise<Buffer> {
  const file = await (await openScene(60, 40)).tiff({ compression: 'lzw' }).toBuffer()
  const valueOf = (tag: number) => file.indexOf(Buffer.of(tag & 255, tag >> 8, 4, 0, 1, 0, 0, 0)) + 8
  const stripAt = file.readUInt32LE(valueOf(273))
  const strip = file.subarray(stripAt, stripAt + file.readUInt32LE(valueOf(279)))
  const moved = Buffer.concat([file, strip])
  moved.writeUInt32LE(file.length, valueOf(273))
  return moved
}

test('a TIFF packed by LZW is shown without its last byte, and not without more', async () => {
  const file = await makeLzw()
  await expectShown(file)
  await expectShown(file.subarray(0, -1))
  expect(await decodeImage(file.subarray(0, -2), 'image/tiff')).toMatchObject({ refusal: { reason: 'image_damaged' } })
})

test.each(forms)('a TIFF, %s, is turned as it says', async (_, form) => {
  const verdict = await decodeImage(await makeTiff([orientation(6), unit(7)], form), 'image/tiff')
  expect(verdict).toMatchObject({ ok: true, value: { widthPx: 240, heightPx: 360 } })
})

test('what is left out is searched all the same', async () => {
  const hidden = await makeTiff([bytes(layers, Buffer.concat([Buffer.alloc(tooMany), makeProgram()]))])
  expect(await decodeImage(hidden, 'image/tiff')).toMatchObject({ refusal: { reason: 'file_hides_other' } })
})

test('a mended TIFF says when and with what it was taken', async () => {
  expect(await decodeImage(await makeTiff([...camera, unit(7)]), 'image/tiff')).toMatchObject({
    ok: true,
    value: { takenAt: { local: '2021-05-04T10:20:30' }, capture: { camera: 'Maker One' } },
  })
})

describe('mendTiff', () => {
  test('has nothing to do where all of it draws or is read', async () => {
    for (const [, form] of forms) expect(mendTiff(await makeTiff([...camera, orientation(6)], form))).toBeNull()
  })

  test('changes nothing but the directory, and not the file that it is given', async () => {
    const file = await makeTiff([unit(7), words(305, 'Software')])
    const before = Buffer.from(file)
    const mended = mendTiff(file)
    expect(file.equals(before)).toBe(true)
    expect(mended?.length).toBe(file.length)
    const directoryEnd = 8 + 2 + 12 * file.readUInt16LE(8) + 4
    expect(mended?.subarray(directoryEnd).equals(file.subarray(directoryEnd))).toBe(true)
    expect(mended?.readUInt16LE(8)).toBe(file.readUInt16LE(8) - 2)
  })

  test('never throws over a directory that points anywhere or breaks off', async () => {
    for (const [, form] of forms) {
      const file = (await makeTiff([unit(7)], form)).subarray(0, 400)
      for (let at = 0; at < file.length; at += 3) {
        const wild = Buffer.from(file)
        wild.fill(0xff, at, Math.min(wild.length, at + 4))
        mendTiff(wild)
        mendTiff(file.subarray(0, at))
      }
    }
  })
})
