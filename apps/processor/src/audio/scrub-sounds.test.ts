// Words in sounds where players and taggers put them beside the usual places. A scrubbed copy must be the same sound.
import { describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { secretDevice, secretPlace } from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { holds, plan, readAll, scrub, traces } from '../../test/scrubbed-copy.ts'
import { readElement } from '../video/matroska/ebml.ts'
import { measurePage, sealOggPage } from './ogg-pages.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const words = latin1(`${secretDevice} ${secretPlace}`)

function makeNumber(value: number, bytes: number, order: 'BE' | 'LE'): Buffer {
  const number = Buffer.alloc(bytes)
  if (order === 'BE') number.writeUIntBE(value, 0, bytes)
  else number.writeUIntLE(value, 0, bytes)
  return number
}

const oscillator: { source: string; encoder: string } = { source: 'sine=frequency=440:duration=3', encoder: 'flac' }
const makeFlac = () => encodeMedia({ format: 'flac', streams: [oscillator] })
const makeMp3 = () =>
  encodeMedia({
    format: 'mp3',
    streams: [{ ...oscillator, encoder: 'libmp3lame', bitrate: '64k' }],
    options: { id3v2_version: 0 },
  })
const makeAac = () => sounds.makeBareAac()

function makeId3v1(comment: string): Buffer {
  const tag = Buffer.alloc(128)
  tag.write('TAGA tone', 'latin1')
  tag.write(comment, 97, 28, 'latin1')
  tag.writeUInt8(7, 126)
  return tag
}

function makeApe(): Buffer {
  const item = Buffer.concat([makeNumber(words.length, 4, 'LE'), Buffer.alloc(4), latin1('Comment\0'), words])
  const [size, count] = [makeNumber(item.length + 32, 4, 'LE'), makeNumber(1, 4, 'LE')]
  const side = (flags: number) =>
    Buffer.concat([
      latin1('APETAGEX'),
      makeNumber(2000, 4, 'LE'),
      size,
      count,
      makeNumber(flags, 4, 'LE'),
      Buffer.alloc(8),
    ])
  return Buffer.concat([side(0xa000_0000), item, side(0x8000_0000)])
}

function makeLyrics3(): Buffer {
  const lyrics = latin1(`LYRICSBEGININD0000200LYR${String(words.length).padStart(5, '0')}${words.toString()}`)
  return Buffer.concat([lyrics, latin1(`${String(lyrics.length).padStart(6, '0')}LYRICS200`)])
}

const oldLyrics3 = Buffer.concat([latin1('LYRICSBEGIN'), words, latin1('LYRICSEND')])

function makeId3v2(hasFooter: boolean): Buffer {
  const body = Buffer.concat([latin1('\0eng\0'), words])
  const frame = Buffer.concat([latin1('COMM'), makeNumber(body.length, 4, 'BE'), Buffer.alloc(2), body])
  const rest = Buffer.concat([latin1(hasFooter ? '\x04\0\x10' : '\x04\0\0'), makeNumber(frame.length, 4, 'BE')])
  return Buffer.concat([latin1('ID3'), rest, frame, ...(hasFooter ? [latin1('3DI'), rest] : [])])
}

const itunesCover = Buffer.concat([words, Buffer.alloc(600 - words.length, 0xaa)])
/** iTunes 8 wrote lengths plainly, which only shows in frames as large as covers. */
const itunesTag = Buffer.concat([
  latin1('ID3\x04\0\0'),
  Buffer.of(0, 0, 5, 0),
  latin1('APIC'),
  makeNumber(itunesCover.length, 4, 'BE'),
  Buffer.alloc(2),
  itunesCover,
  latin1('TPE2\0\0\0\x05\0\0\0Band'),
  Buffer.alloc(640 - 10 - itunesCover.length - 15),
])

const moreThanId3v1 = Buffer.concat([latin1('TAG+'), words, Buffer.alloc(227 - 4 - words.length)])
const plainId3v1 = makeId3v1('')

/** A block of a FLAC header, not the last one. */
const makeBlock = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.of(type), makeNumber(body.length, 3, 'BE'), body])

const comment = makeBlock(
  4,
  Buffer.concat([
    Buffer.alloc(4),
    makeNumber(1, 4, 'LE'),
    makeNumber(words.length + 8, 4, 'LE'),
    latin1('COMMENT='),
    words,
  ]),
)
const picture = makeBlock(6, Buffer.concat([Buffer.alloc(32), words]))

const matroskaElement = (id: string, ...body: readonly Buffer[]): Buffer => {
  const whole = Buffer.concat(body)
  return Buffer.concat([Buffer.from(id, 'hex'), makeNumber(0x1000_0000 + whole.length, 4, 'BE'), whole])
}

/** As mkvmerge writes it: the whole beginning of the FLAC file in the track's header. */
async function makeMatroskaFlac(): Promise<Buffer> {
  const file = await encodeMedia({ format: 'matroska', streams: [oscillator], options: { live: 1 } })
  const find = (id: number, from: number) => {
    for (let at = from; ;) {
      const element = readElement(file.subarray(at, at + 12), at)
      if (element?.end == null) throw new Error(`no ${id}`)
      if (element.id === id) return { ...element, end: element.end }
      at = element.end
    }
  }
  const tracks = find(0x1654ae6b, file.indexOf(Buffer.from('18538067', 'hex')) + 12)
  const entry = find(0xae, tracks.bodyStart)
  const setup = find(0x63a2, entry.bodyStart)
  // The mark and STREAMINFO, which is no longer the last block.
  const opening = Buffer.from(file.subarray(setup.bodyStart, setup.end))
  opening.writeUInt8(0, 4)
  const last = Buffer.of(0x81, 0, 0, 0)
  const changed = matroskaElement('63a2', opening, comment, picture, last)
  const [before, behind] = [file.subarray(entry.bodyStart, setup.start), file.subarray(setup.end, entry.end)]
  return Buffer.concat([
    file.subarray(0, tracks.start),
    matroskaElement('1654ae6b', matroskaElement('ae', before, changed, behind)),
    file.subarray(tracks.end),
  ])
}

function makePage(sequence: number, packet: Buffer, kind: 0 | 2): Buffer {
  const segments = Buffer.alloc(Math.floor(packet.length / 255) + 1, 255)
  segments.writeUInt8(packet.length % 255, segments.length - 1)
  const header = Buffer.alloc(27)
  header.write('OggS', 'latin1')
  header.writeUInt8(kind, 5)
  header.writeUInt32LE(sequence, 18)
  header.writeUInt8(segments.length, 26)
  return seal(Buffer.concat([header, segments, packet]))
}

function seal(bytes: Buffer): Buffer {
  sealOggPage({ bytes })
  return bytes
}

/** Three packets of words behind the first. */
async function makeOggFlac(): Promise<Buffer> {
  const file = await encodeMedia({ format: 'ogg', streams: [oscillator], options: { serial_offset: 0 } })
  const pages: Buffer[] = []
  for (let at = 0; at < file.length; at += pages.at(-1)?.length ?? file.length)
    pages.push(Buffer.from(file.subarray(at, at + (measurePage(file, at) ?? file.length))))
  const [first, , ...sound] = pages
  if (first === undefined) throw new Error('no page')
  const last = Buffer.of(0x81, 0, 0, 0)
  const serial = first.readUInt32LE(14)
  const all = [first, ...[comment, picture, last].map((packet) => makePage(0, packet, 0)), ...sound]
  // How many headers follow the first.
  first.writeUInt16BE(3, first.indexOf('\x7fFLAC', 0, 'latin1') + 7)
  return Buffer.concat(
    all.map((page, n) => {
      page.writeUInt32LE(serial, 14)
      page.writeUInt32LE(n, 18)
      return seal(page)
    }),
  )
}

const join =
  (...makes: readonly (() => Promise<Buffer>)[]) =>
  async () =>
    Buffer.concat(await Promise.all(makes.map((make) => make())))

/** As large as a cover makes it, without a footer. */
const largeId3v2 = Buffer.concat([
  latin1('ID3\x04\0\0'),
  Buffer.of(0, 0x60, 0, 0),
  latin1('COMM'),
  words,
  Buffer.alloc(0x60 * 2 ** 14 - 4 - words.length, 0x55),
])

const behind =
  (make: () => Promise<Buffer>, ...tags: readonly Buffer[]) =>
  async () =>
    Buffer.concat([await make(), ...tags])

const cases: readonly (readonly [string, () => Promise<Buffer>, TimedType])[] = [
  ['FLAC with ID3v1 behind it', behind(makeFlac, makeId3v1('Secret')), 'audio/flac'],
  ['FLAC with an APE tag behind it', behind(makeFlac, makeApe()), 'audio/flac'],
  ['FLAC with both', behind(makeFlac, makeApe(), plainId3v1), 'audio/flac'],
  ['FLAC with words of no tag behind it', behind(makeFlac, words), 'audio/flac'],
  ['MP3 with lyrics before ID3v1', behind(makeMp3, makeLyrics3(), plainId3v1), 'audio/mpeg'],
  ['MP3 with old lyrics before ID3v1', behind(makeMp3, oldLyrics3, plainId3v1), 'audio/mpeg'],
  ['MP3 with an APE tag before lyrics', behind(makeMp3, makeApe(), makeLyrics3(), plainId3v1), 'audio/mpeg'],
  ['MP3 with ID3v2 behind it', behind(makeMp3, makeId3v2(true)), 'audio/mpeg'],
  ['MP3 with ID3v2 behind it that has no footer', behind(makeMp3, makeId3v2(false), plainId3v1), 'audio/mpeg'],
  ['MP3 with more than ID3v1 has room for', behind(makeMp3, moreThanId3v1, plainId3v1), 'audio/mpeg'],
  ['MP3 with a cover that iTunes measured', join(async () => itunesTag, makeMp3), 'audio/mpeg'],
  ['MP3 with words of no tag behind it', behind(makeMp3, words, plainId3v1), 'audio/mpeg'],
  ['bare AAC with words behind it', behind(makeAac, words), 'audio/mp4'],
  ['MP3 with a large ID3v2 behind it', behind(makeMp3, largeId3v2), 'audio/mpeg'],
  ['FLAC with a large ID3v2 behind it', behind(makeFlac, largeId3v2), 'audio/flac'],
  [
    'two MP3s with tags at both ends, one behind the other',
    join(
      async () => makeId3v2(false),
      behind(makeMp3, makeId3v1('Secret'), makeId3v2(false)),
      behind(makeMp3, plainId3v1),
    ),
    'audio/mpeg',
  ],
  ['bare AAC with words in the middle', join(behind(makeAac, words), makeAac), 'audio/mp4'],
  ['Ogg with words behind it', behind(makeOggFlac, words), 'audio/ogg'],
  ['Ogg with ID3v1 behind it', behind(sounds.makeVorbis, makeId3v1('Secret')), 'audio/ogg'],
  ['Ogg with a large ID3v2 behind it', behind(sounds.makeOpus, largeId3v2), 'audio/ogg'],
  ['chained Ogg with words between', join(behind(sounds.makeVorbis, words), sounds.makeOpus), 'audio/ogg'],
  ['FLAC in Matroska', makeMatroskaFlac, 'video/matroska'],
  ['FLAC in Ogg', makeOggFlac, 'audio/ogg'],
]

test.each(cases)('no trace is left in %s, and the sound is the same', async (_, make, type) => {
  const file = await make()
  expect(traces.some((trace) => holds(file, trace))).toBe(true)
  const copy = await scrub(file, type)
  expect(copy).toHaveLength(file.length)
  expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
  expect(await plan(copy, type)).toMatchObject({ plan: 'patches', patches: [] })
  expect(await readAll(copy, type)).toEqual(await readAll(file, type))
})

describe('changes not a byte of a sound', () => {
  test.each([
    ['FLAC', makeFlac, 'audio/flac'],
    ['MP3', makeMp3, 'audio/mpeg'],
    ['bare AAC', makeAac, 'audio/mp4'],
    [
      'MP3 of which a byte was lost',
      async () => {
        const sound = await makeMp3()
        return Buffer.concat([sound.subarray(0, sound.length * 0.7), sound.subarray(sound.length * 0.7 + 1)])
      },
      'audio/mpeg',
    ],
    ['MP3 that was cut off in its last frame', async () => (await makeMp3()).subarray(0, -50), 'audio/mpeg'],
    ['FLAC that was cut off in its last frame', async () => (await makeFlac()).subarray(0, -50), 'audio/flac'],
  ] as const)('of %s', async (_, make, type) => {
    const file = await make()
    const copy = await scrub(file, type)
    // FLAC names its encoder in front of the sound.
    expect(copy.subarray(file.length / 2).equals(file.subarray(file.length / 2))).toBe(true)
  })
})

test('blanks nothing of a sound that lost a byte, wherever the reads cut it', async () => {
  // MPEG-1 layer III, 128 kbit/s at 44.1 kHz.
  const frame = Buffer.concat([Buffer.from('fffb9000', 'hex'), Buffer.alloc(413, 0x55)])
  const sound = Buffer.concat(Array.from({ length: 400 }, () => frame))
  for (let n = 100; n < 320; n += 1) {
    const lost = n * frame.length + 200
    const file = Buffer.concat([sound.subarray(0, lost), sound.subarray(lost + 1)])
    expect(await plan(file, 'audio/mpeg'), `byte ${lost}`).toEqual({ plan: 'patches', patches: [] })
  }
})

test('keeps the song, artist and track that ID3v1 names', async () => {
  const copy = await scrub(await behind(makeFlac, makeId3v1('Secret'))(), 'audio/flac')
  expect(copy.subarray(-128).equals(makeId3v1(''))).toBe(true)
})

test('no words are left before an Ogg, and its own go', async () => {
  const sound = await sounds.makeVorbis()
  const copy = await scrub(Buffer.concat([makeId3v2(false), sound]), 'audio/ogg')
  expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
  expect(copy.subarray(-sound.length).equals(await scrub(sound, 'audio/ogg'))).toBe(true)
})

test('a page of an Ogg that lost some of its bytes takes none of the next with it', async () => {
  const plain = await scrub(await sounds.makeVorbis(), 'audio/ogg')
  const third = plain.indexOf('OggS', plain.indexOf('OggS', 4) + 4)
  const fourth = plain.indexOf('OggS', third + 4)
  expect(fourth).toBeGreaterThan(0)
  const file = Buffer.concat([plain.subarray(0, fourth - 40), plain.subarray(fourth)])
  const copy = await scrub(file, 'audio/ogg')
  expect(copy.subarray(third, fourth - 40).every((byte) => byte === 0)).toBe(true)
  expect(copy.subarray(fourth - 40).equals(plain.subarray(fourth))).toBe(true)
})

test('no comment is left in Speex, which has nothing before it', async () => {
  const header = Buffer.alloc(80)
  header.write('Speex   1.2', 'latin1')
  const sound = Buffer.alloc(100, 0x46)
  const pages = [header, comment.subarray(4), sound].map((packet, n) => makePage(n, packet, n === 0 ? 2 : 0))
  const file = Buffer.concat(pages)
  const copy = await scrub(file, 'audio/ogg')
  expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
  expect(await plan(copy, 'audio/ogg')).toEqual({ plan: 'patches', patches: [] })
  expect(copy.includes(sound)).toBe(true)
})

test.each([
  [40, 'patches'],
  [50, 'unsafe'],
] as const)('words on more pages than are kept at once, in %i links together: %s', async (links, planned) => {
  const block = Buffer.of(0, 0, 0, 0)
  const packets = [latin1('\x7fFLAC'), ...Array.from({ length: 45 }, () => block)]
  const link = Buffer.concat(packets.map((packet, n) => makePage(n, packet, n === 0 ? 2 : 0)))
  const file = Buffer.concat(Array.from({ length: links }, () => link))
  expect(await plan(file, 'audio/ogg')).toMatchObject({ plan: planned })
})

test('a count of samples in a WAV is no place for more than that', async () => {
  const plain = await sounds.makeWav()
  const withChunk = (body: Buffer) => {
    const chunk = Buffer.concat([latin1('fact'), makeNumber(body.length, 4, 'LE'), body])
    const data = plain.indexOf('data', 12, 'latin1')
    const file = Buffer.concat([plain.subarray(0, data), chunk, plain.subarray(data)])
    file.writeUInt32LE(file.length - 8, 4)
    return file
  }
  const long = await scrub(withChunk(Buffer.concat([words, Buffer.alloc(words.length % 2)])), 'audio/wav')
  expect(traces.filter((trace) => holds(long, trace))).toEqual([])
  expect(await readAll(long, 'audio/wav')).toEqual(await readAll(plain, 'audio/wav'))
  expect((await scrub(withChunk(Buffer.alloc(4, 1)), 'audio/wav')).includes('fact')).toBe(true)
})
