import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { expectCorners } from '@shoebox/testing/samples/compare-pictures.ts'
import { openScene, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import {
  breakChunkSum,
  changePackedPixels,
  insertPngChunk,
  makePixelBomb,
  pngChunk,
  spoilPixelSum,
} from '@shoebox/testing/samples/png-chunks.ts'
import { decodeImage } from './decode-image.ts'
import { mendPng } from './mend-png.ts'

const makePng = async (): Promise<Buffer> => (await openScene()).removeAlpha().png({ compressionLevel: 9 }).toBuffer()

const spoilSum = async (): Promise<Buffer> => spoilPixelSum(await makePng())

/** 2 KB are stated; the packed pixels refer further back. */
async function stateSmallWindow(): Promise<Buffer> {
  return changePackedPixels(await makePng(), (packed) => {
    packed.set([0x38, 0xcb])
    return packed
  })
}

const addSpoiledChunk = async (name: string, data: Buffer): Promise<Buffer> =>
  breakChunkSum(insertPngChunk(await makePng(), pngChunk(name, data)), name)

/** Each was opened in Chromium, which shows all of these, and none of the next list. */
const shownByBrowsers: readonly (readonly [what: string, make: () => Promise<Buffer>])[] = [
  ['a wrong checksum over its pixels', spoilSum],
  ['a window stated too small', stateSmallWindow],
  ['a spoiled transparency', () => addSpoiledChunk('tRNS', Buffer.alloc(6, 1))],
  ['a spoiled comment', () => addSpoiledChunk('tEXt', Buffer.from('Comment\0hello'))],
  ['a spoiled brightness', () => addSpoiledChunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))],
  ['a spoiled end', async () => breakChunkSum(await makePng(), 'IEND')],
]

const shownByNone: readonly (readonly [what: string, make: () => Promise<Buffer>])[] = [
  ['a spoiled header', async () => breakChunkSum(await makePng(), 'IHDR')],
  ['spoiled pixels', async () => breakChunkSum(await makePng(), 'IDAT')],
  ['a spoiled palette', async () => breakChunkSum(await (await openScene()).png({ palette: true }).toBuffer(), 'PLTE')],
  ['a wrong checksum and only half its pixels', async () => (await spoilSum()).subarray(0, -400)],
  [
    'pixels that do not unpack',
    async () => changePackedPixels(await makePng(), (packed) => packed.fill(0xff, 40, 200)),
  ],
]

describe('a PNG that does not agree with its checksums', () => {
  test.each(shownByBrowsers)('is shown with %s', async (_what, make) => {
    const verdict = await decodeImage(await make(), 'image/png', { wantsCopy: true })
    if (!verdict.ok) throw new Error(verdict.refusal.detail)
    for (const { body } of verdict.value.derivatives) await expectCorners(body, sceneCorners)
    await expectCorners(Buffer.concat(verdict.value.copy?.pieces ?? []), sceneCorners)
  })

  test.each(shownByNone)('is refused as damaged with %s', async (_what, make) => {
    expect(await decodeImage(await make(), 'image/png')).toMatchObject({
      ok: false,
      refusal: { reason: 'image_damaged' },
    })
  })
})

describe('mendPng', () => {
  test('has nothing to do for a right one', async () => {
    expect(await mendPng(await makePng())).toBeNull()
  })

  test('unpacks no more than the header tells of', async () => {
    const bomb = changePackedPixels(makePixelBomb(8, 8), () => deflateSync(Buffer.alloc(2 ** 20)))
    expect(await mendPng(spoilPixelSum(bomb))).toBeNull()
    expect(await mendPng(makePixelBomb(40_000, 40_000))).toBeNull()
  })
})
