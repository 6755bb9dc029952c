import { expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { decodeImage } from './decode-image.ts'

type IptcRecord = readonly [number: number, text: string]

/** Where Photoshop keeps what press agencies write: IIM 4.2 in a resource of its segment. */
function layIptc(records: readonly IptcRecord[]): Buffer {
  const words = Buffer.from(
    records.map(([n, text]) => `\x1c\x02${String.fromCodePoint(n, 0, text.length)}${text}`).join(''),
    'latin1',
  )
  const body = Buffer.concat([
    Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0', 'latin1'),
    Buffer.of(words.length),
    words,
    Buffer.alloc(words.length % 2),
  ])
  return Buffer.concat([Buffer.of(0xff, 0xed, 0, body.length + 2), body])
}

async function readTakenAt(records: readonly IptcRecord[]) {
  const scene = (await openScene()).withExif({ IFD0: { DateTime: '2024:05:06 07:08:09' } })
  const jpeg = await scene.jpeg().toBuffer()
  const file = Buffer.concat([jpeg.subarray(0, 2), layIptc(records), jpeg.subarray(2)])
  const verdict = await decodeImage(file, 'image/jpeg')
  return verdict.ok ? verdict.value.takenAt : verdict
}

const changed = { local: '2024-05-06T07:08:09', offsetMinutes: null, source: 'exif' }
const shot = { local: '2005-09-29T16:51:00', source: 'xmp' }
const author: IptcRecord = [80, 'Author']

test.each([
  ['with its zone', [[55, '20050929'], [60, '165100-0730'], author], { ...shot, offsetMinutes: -450 }],
  ['without one', [[55, '20050929'], [60, '165100'], author], { ...shot, offsetMinutes: null }],
  [
    'with one that only fills the place',
    [author, [60, '165100+0000'], [55, '20050929']],
    { ...shot, offsetMinutes: null },
  ],
  ['only where it is a moment', [[55, '20051329'], [60, '165100'], author], changed],
  ['only where it has a time', [[55, '20050929'], author], changed],
] as const)('takes the moment of the shot in IPTC before that of the last change, %s', async (_, records, takenAt) => {
  expect(await readTakenAt(records)).toEqual(takenAt)
})
