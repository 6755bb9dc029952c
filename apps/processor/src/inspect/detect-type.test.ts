import { describe, expect, test } from 'vitest'
import { allowedImages, allowedVideosAndSounds, colourlessImages } from '@shoebox/testing/samples/allowed.ts'
import { makeIsoFile } from '@shoebox/testing/samples/containers.ts'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { detectType } from './detect-type.ts'
import { nameIsoFamily } from './iso-brands.ts'
import { blockBytes, RangedTokenizer } from './ranged-tokenizer.ts'

function open(file: Buffer) {
  const ranges: string[] = []
  const tokenizer = new RangedTokenizer(file.length, async (start, end) => {
    ranges.push(`${start}-${end}`)
    return file.subarray(start, end + 1)
  })
  return { tokenizer, ranges }
}

const detect = async (file: Buffer) => detectType(open(file).tokenizer)

test.each([...allowedImages, ...colourlessImages, ...allowedVideosAndSounds])(
  'knows $name by its bytes, in one read',
  async ({ make, type }) => {
    const { tokenizer, ranges } = open(await make())
    expect(await detectType(tokenizer)).toEqual({ ok: true, value: type })
    expect(ranges.length).toBe(1)
  },
)

test.each(hostileSamples.filter(({ reason }) => reason.startsWith('type_') && reason !== 'file_empty'))(
  'refuses $name passed off as $declaredType',
  async ({ make, reason }) => {
    expect(await detect(await make())).toMatchObject({ ok: false, refusal: { reason } })
  },
)

test.each([
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['image/svg+xml', '\ufeff  <?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y"><svg>'],
  ['image/svg+xml', '<?xml version="1.0"?><!-- a --> <!-- b --><!DOCTYPE svg PUBLIC "x"><svg >'],
  ['text/plain', '<!-- a section -->\n'.repeat(200) + '# read me'],
  ['text/plain', '<!---->'.repeat(500) + 'x'],
  ['text/html', '<!-- a section -->\n'.repeat(200) + '<html>'],
  ['text/html', '<!-- x --><html>'],
  ['text/html', '<script>alert(1)</script>'],
  ['text/plain', 'dear diary'],
])('says what text is: %s', async (detectedType, text) => {
  const verdict = await detect(Buffer.from(text))
  const found = verdict.ok ? verdict.value : verdict.refusal.detectedType
  expect(found === 'application/xml' ? 'image/svg+xml' : found).toBe(detectedType)
})

test.each([
  ['image/x-olympus-orf', 'IIRO\x08\0\0\0'],
  ['image/x-exr', 'v/1\x01\x02\0\0\0'],
  ['image/vnd.radiance', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n'],
  ['image/x-portable-anymap', 'P6\n# made by hand\n2 2\n255\n'],
  ['image/emf', `\x01\0\0\0${'\0'.repeat(36)} EMF`],
  ['image/x-gimp-pat', `\0\0\0\x20${'\0'.repeat(16)}GPAT`],
  ['audio/x-w64', 'riff\x2e\x91\xcf\x11\xa5\xd6'],
  ['video/h264', '\0\0\0\x01\x67\x42\xc0\x1e'],
  ['video/h265', '\0\0\0\x01\x40\x01\x0c\x01'],
])('says of what other programs write that it is %s', async (detectedType, beginning) => {
  const file = Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(500, 0xa5)])
  expect(await detect(file)).toMatchObject({ refusal: { reason: 'type_not_allowed', detectedType } })
})

describe('one container, many types', () => {
  test.each([
    [['mif1', 'avif', 'miaf'], 'image/avif'],
    [['avis', 'msf1', 'mif1'], 'image/avif'],
    [['mif1', 'heic'], 'image/heic'],
    [['isom', 'mif1', 'heic'], 'image/heic'],
    [['heix', 'mif1'], 'image/heic'],
    [['heim', 'mif1'], 'image/heic'],
    [['heis', 'mif1'], 'image/heic'],
    [['msf1', 'hevc'], 'image/heic'],
    [['hevc', 'msf1', 'mif1'], 'image/heic'],
    [['mif1'], 'image/heif'],
    [['msf1'], 'image/heif'],
    [['qt  '], 'video/quicktime'],
    [['M4A ', 'isom'], 'audio/mp4'],
    [['mp42', 'isom', 'mif1'], 'video/mp4'],
    [['3gp5', 'isom'], 'video/3gpp'],
    [['avci', 'mif1'], 'image/heif'],
    [['jpeg', 'mif1'], 'image/heif'],
    [['j2ki', 'mif1'], 'image/heif'],
    [['vvic', 'mif1'], 'image/heif'],
    [['evbi', 'mif1'], 'image/heif'],
    [['mif1', 'unif'], 'image/heif'],
    [['mif3', 'avif'], 'image/avif'],
  ])('%j is %s', (brands, name) => {
    expect(nameIsoFamily(makeIsoFile(brands, 'vide'))).toBe(name)
  })
})

test('goes by what a picture is coded in where its brands promise something else', async () => {
  const avif = await (await openScene()).avif({ effort: 0 }).toBuffer()
  avif.write('heic', 8, 'latin1')
  avif.write('heic', 16, 'latin1')
  expect(await detect(avif)).toEqual({ ok: true, value: 'image/avif' })
  const heic = await makeHeic({ brands: ['avif', 'mif1', 'miaf'] })
  expect(await detect(heic)).toEqual({ ok: true, value: 'image/heic' })
})

describe('bounded reading', () => {
  test('fetches each block of a file once, however often it is read', async () => {
    const file = Buffer.alloc(3 * blockBytes + 10, 7)
    const { tokenizer, ranges } = open(file)
    const target = new Uint8Array(blockBytes + 5)
    expect(await tokenizer.readBuffer(target, { position: blockBytes - 2 })).toBe(target.length)
    await tokenizer.peekBuffer(target, { position: 0 })
    expect(target.every((value) => value === 7)).toBe(true)
    expect(ranges).toEqual(['0-65535', '65536-131071', '131072-196607'].slice(0, ranges.length))
    expect(ranges.length).toBe(3)
  })

  test('gives up on a file that leads it on and on', async () => {
    const { tokenizer, ranges } = open(Buffer.alloc(100 * blockBytes))
    const read = async () => {
      for (let index = 0; index < 100; index += 1) await tokenizer.block(index)
    }
    await expect(read()).rejects.toThrow()
    expect(ranges.length).toBe(64)
  })

  test('throws a failed read as a fault and never takes it for an unknown type', async () => {
    const broken = new RangedTokenizer(1000, () => Promise.reject(new Error('S3 is away')))
    await expect(detectType(broken)).rejects.toThrow('S3 is away')
  })
})
