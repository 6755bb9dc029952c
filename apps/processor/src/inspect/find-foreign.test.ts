import { describe, expect, test } from 'vitest'
import { makeZip } from '@shoebox/testing/samples/hostile.ts'
import { payloadsAmongSamples } from '../../test/polyglots.ts'
import { endsAsZip, findForeign, findForeignAmongSamples } from './find-foreign.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

test.each(payloadsAmongSamples)('finds %s at any byte among samples', (_, payload) => {
  const found = Array.from({ length: 6 }, (__, before) =>
    findForeignAmongSamples(Buffer.concat([Buffer.alloc(before, 0x80), payload])),
  )
  expect(found).toEqual(Array(6).fill(expect.any(String)))
})

describe('a tag in what may be samples', () => {
  // As a film that hangs behind a picture spells it once in thousands.
  const byChance = Buffer.concat([Buffer.alloc(8192, 0x80), latin1('<Svg\xa0\x80'), Buffer.alloc(100, 0x80)])
  const written = Buffer.concat([Buffer.alloc(8192, 0x80), latin1('<svg onload="alert(1)"/>')])

  test('is no page by itself', () => {
    expect([findForeign(byChance), findForeignAmongSamples(byChance)]).toEqual([null, null])
  })

  test('is one with words behind it', () => {
    expect([findForeign(written), findForeignAmongSamples(written)]).toEqual(['html', 'html'])
  })

  test('is one by itself where a piece begins', () => {
    expect(findForeign(byChance.subarray(8000))).toBe('html')
  })
})

describe('a script', () => {
  const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')

  test.each([
    ['its tags', latin1('A lake <script>alert(1)</script>')],
    ['its tags in capitals', latin1('A lake <SCRIPT SRC=//x></Script >')],
    ['its tags in two bytes a letter', wide('A lake <script>alert(1)</script>')],
    // What stands before it may have been in another piece.
    ['its end', latin1('alert(1)</script>')],
  ])('is found by %s', (_, words) => {
    const behindSamples = Buffer.concat([Buffer.alloc(8192, 0x80), words])
    expect([findForeign(words), findForeignAmongSamples(behindSamples)]).toEqual(['html', 'html'])
  })

  test.each([latin1('Why <script> blocks rendering'), wide('<script async> or <script defer>')])(
    'is none where a title speaks of it',
    (title) => {
      expect([findForeign(title), findForeignAmongSamples(title)]).toEqual([null, null])
    },
  )
})

describe('endsAsZip', () => {
  const endRecordBytes = 22
  const zip = makeZip()
  const entries = zip.subarray(0, -endRecordBytes)
  const end = zip.subarray(-endRecordBytes)
  const picture = Buffer.alloc(500, 7)

  /** The numbers stand in a record of their own, which a third one leads to. */
  function makeZip64End(): Buffer {
    const [record, locator] = [Buffer.alloc(56), Buffer.alloc(20)]
    record.write('PK\x06\x06', 0, 'latin1')
    locator.write('PK\x06\x07', 0, 'latin1')
    return Buffer.concat([record, locator, latin1('PK\x05\x06'), Buffer.alloc(16, 0xff), Buffer.alloc(2)])
  }

  function leadingTo(directoryAt: number): Buffer {
    const moved = Buffer.from(end)
    moved.writeUInt32LE(directoryAt, 16)
    return moved
  }

  test.each([
    ['an archive', [picture, zip]],
    ['one that more hangs behind', [picture, zip, picture]],
    ['one in ZIP64', [picture, entries, makeZip64End()]],
    ['one in ZIP64 that more hangs behind', [picture, entries, makeZip64End(), picture]],
    ['one whose directory stands elsewhere', [entries, picture, leadingTo(entries.indexOf('PK\x01\x02')), picture]],
    ['an end that leads out of the bytes that are here', [picture, leadingTo(2 ** 30)]],
  ])('finds %s', (_, pieces) => {
    expect(endsAsZip(Buffer.concat(pieces))).toBe(true)
  })

  test('lets four bytes pass that lead nowhere', () => {
    expect(endsAsZip(Buffer.concat([picture, latin1('PK\x05\x06'), Buffer.alloc(40, 0xff)]))).toBe(false)
  })
})
