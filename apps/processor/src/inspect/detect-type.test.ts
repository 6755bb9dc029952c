import { describe, expect, test } from 'vitest'
import { allowedImages, allowedVideosAndSounds, colourlessImages } from '@shoebox/testing/samples/allowed.ts'
import { makeIsoFile } from '@shoebox/testing/samples/containers.ts'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
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
  ['text/html', '<!-- x --><html>'],
  ['text/html', '<script>alert(1)</script>'],
  ['text/plain', 'dear diary'],
])('says what text is: %s', async (detectedType, text) => {
  const verdict = await detect(Buffer.from(text))
  const found = verdict.ok ? verdict.value : verdict.refusal.detectedType
  expect(found === 'application/xml' ? 'image/svg+xml' : found).toBe(detectedType)
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
  ])('%j is %s', (brands, name) => {
    expect(nameIsoFamily(makeIsoFile(brands, 'vide'))).toBe(name)
  })
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
