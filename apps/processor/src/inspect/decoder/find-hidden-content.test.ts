import { expect, test } from 'vitest'
import { allowedImages } from '@shoebox/testing/samples/allowed.ts'
import { harmlessExtras } from '@shoebox/testing/samples/harmless.ts'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
import { listItemBytes } from '../heif-items.ts'
import { findHiddenContent } from './find-hidden-content.ts'
import { isDecodable } from './picture.ts'
import { walkImage } from './walk-image.ts'

const polyglots = hostileSamples.filter(
  ({ reason, declaredType }) => reason === 'file_hides_other' && declaredType.startsWith('image/'),
)

test.each(polyglots)('finds what is hidden in $name', async ({ make, declaredType }) => {
  const type = allowedImages.find((sample) => sample.type === declaredType)?.type
  expect(type !== undefined && findHiddenContent(await make(), type)).toEqual(expect.any(String))
})

test.each([...allowedImages, ...harmlessExtras])('lets $name pass', async ({ make, type }) => {
  expect(findHiddenContent(await make(), type)).toBeNull()
})

test.each([
  ['an archive', 'Rar!\x1a\x07\x01\0', 'rar'],
  ['a program', '\x7fELF\x02\x01\x01\0', 'elf'],
  ['a script', '<script>alert(1)</script>', 'html'],
])('finds %s far inside a TIFF', async (_, payload, name) => {
  const { data } = await (
    await openScene(1600, 1200)
  )
    .tiff({ compression: 'none' })
    .toBuffer({ resolveWithObject: true })
  expect(findHiddenContent(data, 'image/tiff')).toBeNull()
  data.write(payload, 2 ** 20 + 7, 'latin1')
  expect(findHiddenContent(data, 'image/tiff')).toBe(name)
})

/** A chunk of no kind fills the file up to a length that spells a quote or a comment, and ends it. */
async function makeWebpScript(length: number, ending: string): Promise<Buffer> {
  const webp = await (await openScene(64, 48)).webp().toBuffer()
  const chunk = Buffer.alloc(length + 8 - webp.length, ' ')
  chunk.write('abcd')
  chunk.writeUInt32LE(chunk.length - 8, 4)
  chunk.write(ending, chunk.length - ending.length)
  const file = Buffer.concat([webp, chunk])
  file.writeUInt32LE(length, 4)
  return file
}

test.each([
  ['a comment', Buffer.from('\n/*\0').readUInt32LE(), '*/var RIFF;alert(1)//'],
  ['a string', Buffer.from('`\x01\0\0').readUInt32LE(), '`;alert(1);function RIFF(){}//'],
  ['a string, and no code follows', Buffer.from('`\x01\0\0').readUInt32LE(), '` \x80alert(1)   '],
])('finds a WebP that is a script: its length spells %s', async (name, length, ending) => {
  const found = findHiddenContent(await makeWebpScript(length, ending), 'image/webp')
  expect(found).toBe(name.endsWith('follows') ? null : 'script')
})

test.each(['<script>alert(1)</script>', '<?php system($_GET["c"]); ?>'])(
  'finds %s in what an AVIF says about its picture',
  async (words) => {
    const file = await (
      await openScene(64, 48)
    )
      .withExif({ IFD0: { ImageDescription: `A lake ${words}` } })
      .avif({ effort: 0 })
      .toBuffer()
    expect(findHiddenContent(file, 'image/avif')).toBe('html')
  },
)

test.each(['Exif', 'mime', 'zzzz'])('finds a page in an item of an AVIF that calls itself %s', async (type) => {
  const exif = { IFD0: { ImageDescription: 'A lake\n<html>and more' } }
  const file = await (await openScene(64, 48)).withExif(exif).avif({ effort: 0 }).toBuffer()
  file.write(type, file.indexOf('Exif'), 'latin1')
  expect(findHiddenContent(file, 'image/avif')).toBe('html')
})

test.each([
  ['an AVIF', 'image/avif', async () => (await openScene(640, 480)).avif({ effort: 0 }).toBuffer()],
  ['a HEIC', 'image/heic', () => makeHeic()],
] as const)('finds a script and a program in what calls itself the picture of %s', async (_, type, make) => {
  for (const [payload, name] of [
    ['<script>alert(1)</script>', 'html'],
    ['\x7fELF\x02\x01\x01\0', 'elf'],
  ] as const) {
    const file = await make()
    expect(findHiddenContent(file, type)).toBeNull()
    file.write(payload, file.lastIndexOf('mdat') + 100, 'latin1')
    expect(findHiddenContent(file, type)).toBe(name)
  }
})

test.each(allowedImages.filter(({ type }) => type !== 'image/tiff'))(
  'finds where $name ends',
  async ({ make, type }) => {
    const file = await make()
    expect(walkImage(file, type).end).toBe(file.length)
    expect(walkImage(Buffer.concat([file, Buffer.from('and more')]), type).end).toBe(file.length)
  },
)

test('passes over a list of items that has billions of pieces', async () => {
  const file = await (await openScene(64, 48)).avif({ effort: 0 }).toBuffer()
  const [metaAt, ilocAt] = [file.indexOf('meta') - 4, file.indexOf('iloc') - 4]
  // No bytes for an offset, a length or a base; each item has as many pieces as can be.
  const items = Buffer.alloc(6 * 60_000, Buffer.from([0, 1, 0, 0, 0xff, 0xff]))
  const iloc = Buffer.concat([Buffer.alloc(4), Buffer.from('iloc'), Buffer.alloc(6), Buffer.alloc(2), items])
  iloc.writeUInt32BE(iloc.length)
  iloc.writeUInt16BE(60_000, 14)
  const end = ilocAt + file.readUInt32BE(ilocAt)
  const bomb = Buffer.concat([file.subarray(0, ilocAt), iloc, file.subarray(end)])
  bomb.writeUInt32BE(file.readUInt32BE(metaAt) + iloc.length - (end - ilocAt), metaAt)
  expect(listItemBytes(bomb)).toBeNull()
  expect(findHiddenContent(bomb, 'image/avif')).toBeNull()
})

test.each([
  ['comments', 'image/jpeg', Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xfe, 0, 3, 1])],
  ['what stands between empty comments', 'image/jpeg', Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xfe, 0, 2, 1])],
  ['comments', 'image/gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1'), Buffer.from([0x21, 0xfe, 1, 65, 0])],
] as const)('lists no more than a few of a million %s in an %s', (_, type, head, unit) => {
  const { sideData } = walkImage(Buffer.concat([head, Buffer.alloc(unit.length * 2 ** 20, unit)]), type)
  expect(sideData).toHaveLength(2 ** 16)
})

test.each(allowedImages)('walks a cut or scrambled $name without looping', async ({ make, type }) => {
  const file = await make()
  for (let length = 0; length < file.length; length += Math.ceil(file.length / 40)) {
    if (isDecodable(type)) findHiddenContent(file.subarray(0, length), type)
    const scrambled = Buffer.from(file)
    scrambled.fill(length % 256, length, Math.min(file.length, length + 4))
    findHiddenContent(scrambled, type)
  }
})
