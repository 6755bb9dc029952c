import sharp from 'sharp'
import { expect, test } from 'vitest'
import { makeAnimation } from '@shoebox/testing/samples/pictures.ts'
import { stripPicture, type StrippableType } from './strip-picture.ts'

const secret = 'Rue de la Paix 7'
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${secret}"/></rdf:RDF></x:xmpmeta>`

const canvas = () =>
  sharp({ create: { width: 64, height: 40, channels: 3, background: '#3377aa' } })
    .composite([{ input: { create: { width: 20, height: 10, channels: 3, background: '#ffcc00' } }, left: 3, top: 2 }])
    .withIccProfile('p3')
    .withExif({
      IFD0: { Artist: secret, Orientation: '6' },
      IFD3: { GPSLatitude: '48/1 52/1 7/1', GPSLatitudeRef: 'N' },
    })
    .withXmp(xmp)

const makers: Record<StrippableType, () => Promise<Buffer>> = {
  'image/jpeg': () => canvas().jpeg().toBuffer(),
  'image/png': () => canvas().png().toBuffer(),
  'image/webp': () => canvas().webp({ lossless: true }).toBuffer(),
  'image/gif': async () => withGifComment(await canvas().gif().toBuffer()),
}

function withGifComment(gif: Buffer): Buffer {
  const comment = Buffer.from(secret, 'latin1')
  const block = Buffer.concat([Buffer.from([0x21, 0xfe, comment.length]), comment, Buffer.from([0])])
  const headEnd = 13 + 3 * 2 ** ((gif.readUInt8(10) & 7) + 1)
  return Buffer.concat([gif.subarray(0, headEnd), block, gif.subarray(headEnd)])
}

const strip = (...input: Parameters<typeof stripPicture>): Buffer => {
  const copy = stripPicture(...input)
  if (copy === null) throw new Error('it could not be stripped')
  return Buffer.concat(copy)
}

const pixelsOf = (file: Buffer) => sharp(file).raw().toBuffer()

for (const [type, make] of Object.entries(makers) as [StrippableType, () => Promise<Buffer>][]) {
  test(`the copy of ${type} has the same pixels and not a word of what was said around them`, async () => {
    const file = await make()
    expect(file.includes(secret)).toBe(true)
    const copy = strip(file, type, 6)
    expect(copy.includes(secret)).toBe(false)
    expect(await pixelsOf(copy)).toEqual(await pixelsOf(file))
    const before = await sharp(file).metadata()
    const after = await sharp(copy).metadata()
    expect(after.xmp).toBeUndefined()
    if (type === 'image/gif') return
    expect(after.orientation).toBe(6)
    expect(after.icc).toEqual(before.icc)
    expect(after.exif?.includes('GPS') ?? false).toBe(false)
    expect(after.exif?.length).toBeLessThan(40)
  })
}

test('an upright picture keeps no EXIF at all', async () => {
  const copy = strip(await makers['image/jpeg'](), 'image/jpeg', 1)
  expect((await sharp(copy).metadata()).exif).toBeUndefined()
})

test('a film behind a photo is not part of the copy', async () => {
  const photo = await makers['image/jpeg']()
  const copy = strip(Buffer.concat([photo, Buffer.from(`\0\0\0\x18ftypmp42 ${secret}`)]), 'image/jpeg', 1)
  expect(copy.includes('ftyp')).toBe(false)
  expect(await pixelsOf(copy)).toEqual(await pixelsOf(photo))
})

test('a progressive picture keeps all of its scans', async () => {
  const photo = await canvas().jpeg({ progressive: true }).toBuffer()
  expect(await pixelsOf(strip(photo, 'image/jpeg', 1))).toEqual(await pixelsOf(photo))
})

test('an animation keeps its frames, their timing and its looping', async () => {
  const frames = Buffer.alloc(8 * 24 * 3, 0)
  for (let i = 0; i < frames.length; i += 1) frames[i] = (i * 37) % 256
  const raw = { width: 8, height: 24, channels: 3, pageHeight: 8 } as const
  for (const type of ['image/gif', 'image/webp'] as const) {
    const animation = sharp(frames, { raw })
    const options = { delay: [100, 200, 300], loop: 3 }
    const file = await (type === 'image/gif' ? animation.gif(options) : animation.webp(options)).toBuffer()
    const { pages, delay, loop } = await sharp(strip(file, type, 1), { animated: true }).metadata()
    expect({ type, pages, delay, loop }).toEqual({ type, pages: 3, delay: [100, 200, 300], loop: 3 })
  }
})

/** What follows the last frame that is left, as it would stand in the file. */
const breaks: readonly (readonly [how: string, breakOff: (lastFrame: Buffer) => Buffer])[] = [
  ['goes on with a byte of no block', (frame) => Buffer.concat([Buffer.of(0), frame, Buffer.from(`${secret};`)])],
  ['ends without its end', () => Buffer.alloc(0)],
  ['is cut off in a frame', (frame) => frame.subarray(0, -20)],
  ['is cut off before a frame', (frame) => frame.subarray(0, 8)],
]

test.each(breaks)('an animation that %s keeps its frames up to there, and ends', async (_, breakOff) => {
  const file = await makeAnimation('gif', 3)
  const lastFrame = file.lastIndexOf(Buffer.from([0x21, 0xf9, 4]))
  const copy = strip(
    Buffer.concat([file.subarray(0, lastFrame), breakOff(file.subarray(lastFrame, -1))]),
    'image/gif',
    1,
  )
  expect(copy.subarray(0, -1).equals(file.subarray(0, lastFrame))).toBe(true)
  expect(copy.at(-1)).toBe(0x3b)
  expect((await sharp(copy, { animated: true, failOn: 'warning' }).metadata()).pages).toBe(2)
})

test('bytes that are no picture are refused instead of copied', () => {
  const junk = Buffer.from(`\xff\xd8 ${secret} is not a segment`, 'latin1')
  expect(stripPicture(junk, 'image/jpeg', 1)).toBeNull()
  expect(stripPicture(Buffer.from('RIFF'), 'image/webp', 1)).toBeNull()
  expect(stripPicture(Buffer.from(`GIF89a       ${secret}`), 'image/gif', 1)).toBeNull()
})
