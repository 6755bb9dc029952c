// What people hide in media, and the places where they hide it: every payload in every place must be found.
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'
import { makeProgram, makeZip } from '@shoebox/testing/samples/hostile.ts'
import { makeOrientedJpeg, openScene } from '@shoebox/testing/samples/pictures.ts'
import { headerBytesMax, readElement } from '../src/video/matroska/ebml.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

function makeTar(): Buffer {
  const tar = Buffer.alloc(1024)
  tar.write('note.txt', 0, 'latin1')
  tar.write('ustar\x0000', 257, 'latin1')
  return tar
}

const withRest = (start: string): Buffer => Buffer.concat([latin1(start), Buffer.alloc(200, 0x41)])

export const payloads: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['a page', latin1('<!DOCTYPE html><html><body onload="alert(1)"></body></html>')],
  ['a script', latin1('<script>alert(document.domain)</script>')],
  ['PHP', latin1('<?php system($_GET["c"]); ?>')],
  ['a shell script', latin1('#!/bin/sh\nrm -rf "$HOME"\n')],
  ['a ZIP or JAR', makeZip('META-INF/MANIFEST.MF')],
  ['RAR', withRest('Rar!\x1a\x07\x01\0')],
  ['7z', withRest('7z\xbc\xaf\x27\x1c\0\x04')],
  ['gzip', withRest('\x1f\x8b\x08\0\0\0\0\0\0\x03')],
  ['tar', makeTar()],
  ['PDF', latin1('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')],
  ['a Windows program', makeProgram()],
  ['ELF', withRest('\x7fELF\x02\x01\x01\0')],
  ['Mach-O', withRest('\xcf\xfa\xed\xfe\x07\0\0\x01')],
  ['a Java class', withRest('\xca\xfe\xba\xbe\0\0\0\x34')],
  ['WebAssembly', withRest('\0asm\x01\0\0\0')],
  ['PHAR', latin1('<?php __HALT_COMPILER(); ?>\r\n')],
]

/** The rest are told by so few bytes that they count only where a piece begins. */
const short = new Set(['a shell script', 'gzip', 'Mach-O', 'a Java class'])
export const payloadsAmongSamples = payloads.filter(([name]) => !short.has(name))

export type HidingPlace = {
  readonly name: string
  readonly type: MediaType
  readonly makeCarrier: () => Promise<Buffer>
  readonly hide: (carrier: Buffer, payload: Buffer) => Buffer
}

const append = (carrier: Buffer, payload: Buffer): Buffer => Buffer.concat([carrier, payload])
const insert = (at: number) => (carrier: Buffer, payload: Buffer) =>
  Buffer.concat([carrier.subarray(0, at), payload, carrier.subarray(at)])

const bigEndian = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
const box = (type: string, body: Buffer): Buffer => Buffer.concat([bigEndian(body.length + 8, 4), latin1(type), body])

/** Behind the last box, where no offset into the file moves. */
const asBox =
  (type: string, lead = '') =>
  (carrier: Buffer, payload: Buffer) =>
    append(carrier, box(type, Buffer.concat([latin1(lead), payload])))

/** Into the Segment of a live recording, whose length is open, before its first cluster. */
function asElement(id: number[], carrier: Buffer, payload: Buffer): Buffer {
  const cluster = carrier.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]))
  return insert(cluster)(carrier, Buffer.concat([Buffer.from([...id, 0x10]), bigEndian(payload.length, 3), payload]))
}

/** Into the heading, whose length is written anew, in four bytes. */
function asHeadingElement(id: number, carrier: Buffer, payload: Buffer): Buffer {
  const heading = readElement(carrier.subarray(0, headerBytesMax), 0)
  if (heading === null || heading.end === null) throw new Error('no heading')
  const element = Buffer.concat([Buffer.from([id]), ebmlLength(payload.length), payload])
  const body = append(carrier.subarray(heading.bodyStart, heading.end), element)
  return Buffer.concat([carrier.subarray(0, 4), ebmlLength(body.length), body, carrier.subarray(heading.end)])
}

const ebmlLength = (bytes: number): Buffer => bigEndian(0x1000_0000 + bytes, 4)

const synchsafe = (size: number): Buffer =>
  Buffer.from([(size >> 21) & 0x7f, (size >> 14) & 0x7f, (size >> 7) & 0x7f, size & 0x7f])

function asId3Frame(name: string, lead: string, carrier: Buffer, payload: Buffer): Buffer {
  const body = Buffer.concat([latin1(lead), payload])
  const frame = Buffer.concat([latin1(name), synchsafe(body.length), Buffer.alloc(2), body])
  return Buffer.concat([latin1('ID3\x04\0\0'), synchsafe(frame.length), frame, carrier])
}

/** Right behind STREAMINFO, which always comes first and has 34 bytes. */
const asFlacBlock = (type: number, lead: string) => (carrier: Buffer, payload: Buffer) => {
  const body = Buffer.concat([latin1(lead), payload])
  return insert(4 + 4 + 34)(carrier, Buffer.concat([Buffer.from([type]), bigEndian(body.length, 3), body]))
}

function asRiffChunk(name: string, carrier: Buffer, payload: Buffer): Buffer {
  const chunk = Buffer.concat([latin1(name), Buffer.alloc(4), payload, Buffer.alloc(payload.length % 2)])
  chunk.writeUInt32LE(payload.length, 4)
  const whole = Buffer.concat([carrier.subarray(0, 12), chunk, carrier.subarray(12)])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

/** Makes the last box of a name longer: what it holds stays where it is. */
function grow(type: string, carrier: Buffer, payload: Buffer): Buffer {
  const at = carrier.lastIndexOf(type, undefined, 'latin1') - 4
  const end = at + carrier.readUInt32BE(at)
  const file = insert(end)(carrier, payload)
  file.writeUInt32BE(end - at + payload.length, at)
  return file
}

/** Over the table itself: the film could not be played, but nobody looks before. */
function inTable(carrier: Buffer, payload: Buffer): Buffer {
  const file = Buffer.from(carrier)
  payload.copy(file, carrier.lastIndexOf('stsz', undefined, 'latin1') + 16)
  return file
}

const trackWithoutTables = box(
  'trak',
  box('mdia', box('hdlr', Buffer.concat([Buffer.alloc(8), latin1('tmcd'), Buffer.alloc(13)]))),
)

const liveWebm = () =>
  encodeMedia({ format: 'webm', streams: [films.vp9], options: { live: 1, cluster_time_limit: 500 } })
const manyFragments = () => films.makeMp4({ options: { movflags: 'frag_every_frame+empty_moov' } })
const png = async () => (await openScene(64, 48)).png().toBuffer()
const gif = async () => (await openScene(64, 48)).gif().toBuffer()
const webp = async () => (await openScene(64, 48)).webp().toBuffer()
const avif = async () => (await openScene(64, 48)).avif({ effort: 0 }).toBuffer()

const jpegSegment =
  (marker: number, lead = '') =>
  (carrier: Buffer, payload: Buffer) =>
    insert(2)(
      carrier,
      Buffer.concat([
        Buffer.from([0xff, marker]),
        bigEndian(lead.length + payload.length + 2, 2),
        latin1(lead),
        payload,
      ]),
    )

/** The checksum does not matter: the file is refused before it is decoded. */
const pngChunk = (type: string, lead: string) => (carrier: Buffer, payload: Buffer) =>
  insert(33)(
    carrier,
    Buffer.concat([bigEndian(lead.length + payload.length, 4), latin1(type + lead), payload, Buffer.alloc(4)]),
  )

function subBlocks(payload: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < payload.length; at += 255) {
    const piece = payload.subarray(at, at + 255)
    blocks.push(Buffer.from([piece.length]), piece)
  }
  return Buffer.concat(blocks)
}

function gifComment(carrier: Buffer, payload: Buffer): Buffer {
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), subBlocks(payload), Buffer.from([0])])
  return insert(carrier.length - 1)(carrier, comment)
}

/** The picture is the only chunk, and ends where the file does. */
function growVp8(carrier: Buffer, payload: Buffer): Buffer {
  const file = append(carrier, payload)
  for (const [at, start] of [
    [4, 8],
    [16, 20],
  ] as const)
    file.writeUInt32LE(file.length - start, at)
  return file
}

function behindBrands(carrier: Buffer, payload: Buffer): Buffer {
  const end = carrier.readUInt32BE(0)
  const file = insert(end)(carrier, payload)
  file.writeUInt32BE(end + payload.length)
  return file
}

/** What follows moves, which nobody minds before it is decoded. */
function inMeta(carrier: Buffer, payload: Buffer): Buffer {
  const at = carrier.indexOf('meta') - 4
  const inside = box('free', payload)
  const file = insert(at + carrier.readUInt32BE(at))(carrier, inside)
  file.writeUInt32BE(carrier.readUInt32BE(at) + inside.length, at)
  return file
}

const place = (
  name: string,
  type: MediaType,
  makeCarrier: HidingPlace['makeCarrier'],
  hide: HidingPlace['hide'],
): HidingPlace => ({ name, type, makeCarrier, hide })

export const placesInPictures: readonly HidingPlace[] = [
  place('behind a JPEG', 'image/jpeg', () => makeOrientedJpeg(1), append),
  place('in a JPEG’s comment', 'image/jpeg', () => makeOrientedJpeg(1), jpegSegment(0xfe)),
  place('in a JPEG’s APP13', 'image/jpeg', () => makeOrientedJpeg(1), jpegSegment(0xed)),
  place('behind a PNG', 'image/png', png, append),
  place('in a PNG’s private chunk', 'image/png', png, pngChunk('prVt', '')),
  place('behind a GIF', 'image/gif', gif, append),
  place('in a GIF’s comment', 'image/gif', gif, gifComment),
  place('behind a WebP', 'image/webp', webp, append),
  place('behind an AVIF', 'image/avif', avif, append),
  place('in an AVIF’s media data that no item has', 'image/avif', avif, asBox('mdat')),
  place('in a HEIC’s media data that no item has', 'image/heic', makeHeic, asBox('mdat')),
  place('in a HEIC’s free box', 'image/heic', makeHeic, asBox('free')),
  place('between a JPEG’s segments', 'image/jpeg', () => makeOrientedJpeg(1), insert(2)),
  place('in a frame of a PNG that has no animation', 'image/png', png, pngChunk('fdAT', '\0\0\0\0')),
  place('behind a block of a GIF that is of no kind', 'image/gif', gif, (carrier, payload) =>
    append(carrier.subarray(0, -1), append(Buffer.alloc(1), payload)),
  ),
  place('in a frame of a WebP that has no animation', 'image/webp', webp, (...both) => asRiffChunk('ANMF', ...both)),
  place('in a box beside what an AVIF says of its items', 'image/avif', avif, inMeta),
  place('in a WebP’s unknown chunk', 'image/webp', webp, (carrier, payload) => asRiffChunk('ABCD', carrier, payload)),
]

/** Where nothing tells them from pixels. */
export const placesAmongPixels: readonly HidingPlace[] = [
  place(
    'before the end of a JPEG',
    'image/jpeg',
    () => makeOrientedJpeg(1),
    (carrier, payload) => insert(carrier.length - 2)(carrier, payload),
  ),
  place('in a PNG’s pixels behind their end', 'image/png', png, pngChunk('IDAT', '')),
  place('in a GIF’s pixels behind their end', 'image/gif', gif, (carrier, payload) =>
    insert(carrier.length - 2)(carrier, subBlocks(payload)),
  ),
  place('in a WebP’s pixels behind their end', 'image/webp', webp, growVp8),
  place('behind the brands of an AVIF', 'image/avif', avif, behindBrands),
]

export const placesInFilmsAndSounds: readonly HidingPlace[] = [
  place('behind an MP4', 'video/mp4', films.makeMp4, append),
  place('in an MP4’s free box', 'video/mp4', films.makeMp4, asBox('free')),
  place('in an MP4’s samples that no track has', 'video/mp4', films.makeMp4, asBox('mdat')),
  place('in a fragmented MP4’s samples that no fragment has', 'video/mp4', films.makeFragmentedMp4, asBox('mdat')),
  place('between an MP4’s samples, with a track without tables', 'video/mp4', films.makeMp4, (carrier, payload) =>
    grow('moov', grow('mdat', carrier, payload), trackWithoutTables),
  ),
  place('between an MP4’s samples, with many such tracks', 'video/mp4', films.makeMp4, (carrier, payload) =>
    grow('moov', grow('mdat', carrier, payload), Buffer.concat(Array.from({ length: 20 }, () => trackWithoutTables))),
  ),
  place('behind a fragment’s samples', 'video/mp4', films.makeFragmentedMp4, (...both) => grow('mdat', ...both)),
  place('behind the samples of one of many fragments', 'video/mp4', manyFragments, (...both) => grow('mdat', ...both)),
  place('in an MP4’s uuid box', 'video/mp4', films.makeMp4, asBox('uuid', 'sixteen bytes id')),
  place('behind a fragmented MP4', 'video/mp4', films.makeFragmentedMp4, append),
  place('behind many fragments', 'video/mp4', manyFragments, append),
  place('behind a QuickTime film', 'video/quicktime', films.makeQuickTime, append),
  place('beside a fragment’s table', 'video/mp4', films.makeFragmentedMp4, (carrier, payload) =>
    grow('moof', carrier, box('free', payload)),
  ),
  place('in a WebM’s heading', 'video/webm', films.makeWebm, (...both) => asHeadingElement(0xec, ...both)),
  place('behind a WebM', 'video/webm', films.makeWebm, append),
  place('in a WebM’s Void', 'video/webm', liveWebm, (...both) => asElement([0xec], ...both)),
  place('in a WebM’s unknown element', 'video/webm', liveWebm, (...both) => asElement([0x4f, 0x4f], ...both)),
  place('behind an MP3', 'audio/mpeg', sounds.makeMp3, append),
  place('before an MP3’s first frame', 'audio/mpeg', sounds.makeMp3, (carrier, payload) =>
    Buffer.concat([latin1('ID3\x04\0\0\0\0\0\0'), payload, carrier.subarray(carrier.indexOf(latin1('\xff\xfb')))]),
  ),
  place('in an MP3’s private frame', 'audio/mpeg', sounds.makeMp3, (...both) => asId3Frame('PRIV', 'me\0', ...both)),
  place('in an MP3’s embedded file', 'audio/mpeg', sounds.makeMp3, (...both) =>
    asId3Frame('GEOB', '\0application/x\0\0\0', ...both),
  ),
  place('behind a FLAC', 'audio/flac', sounds.makeFlac, append),
  place('in a FLAC’s padding', 'audio/flac', sounds.makeFlac, asFlacBlock(1, '')),
  place('in a FLAC’s application block', 'audio/flac', sounds.makeFlac, asFlacBlock(2, 'appl')),
  place('behind a WAV', 'audio/wav', sounds.makeWav, append),
  place('in a WAV’s format', 'audio/wav', sounds.makeWav, (...both) => asRiffChunk('fmt ', ...both)),
  place('in a WAV’s count of samples', 'audio/wav', sounds.makeWav, (...both) => asRiffChunk('fact', ...both)),
  place('in a WAV’s JUNK', 'audio/wav', sounds.makeWav, (...both) => asRiffChunk('JUNK', ...both)),
  place('behind an Ogg', 'audio/ogg', sounds.makeOpus, append),
]

/** Where nothing tells them from what playing needs. */
export const placesAmongTables: readonly HidingPlace[] = [
  place('behind the brands of an MP4', 'video/mp4', films.makeFragmentedMp4, behindBrands),
  place('in a QuickTime film’s table of sizes', 'video/quicktime', films.makeQuickTime, inTable),
  place('among the cues of a Matroska film', 'video/matroska', films.makeMatroska, (carrier, payload) =>
    insert(carrier.lastIndexOf(Buffer.from([0x1c, 0x53, 0xbb, 0x6b])) + 20)(carrier, payload),
  ),
]
