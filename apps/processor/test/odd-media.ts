// Films and sounds in the dialects that old cameras, editors and recorders write: allowed like all others.
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

export type OddMedia = {
  readonly name: string
  readonly type: MediaType
  readonly make: () => Promise<Buffer>
  readonly hasCover?: boolean
  /** Of the odd ones that take no second. */
  readonly durationMs?: number
}

const pattern = 'testsrc2=size=320x180:rate=30:duration=3'
const tone = 'sine=frequency=440:duration=3'

const filmIn = (format: string, encoder: string, pixels = 'yuv420p') =>
  encodeMedia({ format, streams: [{ source: `${pattern},format=${pixels}`, encoder, bitrate: '400k', gopSize: 30 }] })

const soundIn = (format: string, encoder: string, options?: Record<string, string | number>) =>
  encodeMedia({
    format,
    streams: [{ source: tone, encoder, bitrate: '96k' }],
    tags: { title: 'A tone' },
    ...(options === undefined ? {} : { options }),
  })

/** A film as written before files began by saying what they are. */
async function makeWithoutFtyp(firstBox: string): Promise<Buffer> {
  const film = await films.makeQuickTime()
  film.write(firstBox, 4, 'latin1')
  return film
}

/** The same WAV with its sizes where files beyond 4 GB keep them. */
async function makeRf64(name: 'RF64' | 'BW64'): Promise<Buffer> {
  const wav = await sounds.makeWav()
  const sizes = Buffer.alloc(8 + 28)
  sizes.write('ds64', 0, 'latin1')
  sizes.writeUInt32LE(28, 4)
  sizes.writeBigUInt64LE(BigInt(wav.length - 8 + sizes.length), 8)
  const dataAt = wav.indexOf('data', 12, 'latin1')
  sizes.writeBigUInt64LE(BigInt(wav.readUInt32LE(dataAt + 4)), 16)
  wav.writeUInt32LE(0xffff_ffff, dataAt + 4)
  wav.write(name, 0, 'latin1')
  wav.writeUInt32LE(0xffff_ffff, 4)
  return Buffer.concat([wav.subarray(0, 12), sizes, wav.subarray(12)])
}

async function makeShortestWav(): Promise<Buffer> {
  const wav = await sounds.makeWav()
  const dataAt = wav.indexOf('data', 12, 'latin1')
  wav.writeUInt32LE(32, dataAt + 4)
  // From the middle of the sound, where it is loud.
  const middle = dataAt + 8 + 2 * 44_100
  const short = Buffer.concat([wav.subarray(0, dataAt + 8), wav.subarray(middle, middle + 400).subarray(100, 132)])
  short.writeUInt32LE(short.length - 8, 4)
  return short
}

const makeShortestFlac = () =>
  encodeMedia({
    format: 'flac',
    streams: [{ source: 'sine=frequency=440:duration=0.11:sample_rate=4000,volume=6', encoder: 'flac' }],
  })

/** One second at 8000 Hz, high byte first throughout. */
function makeRifx(): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFX', 0, 'latin1')
  head.writeUInt32BE(36 + 16_000, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32BE(16, 16)
  head.writeUInt16BE(1, 20)
  head.writeUInt16BE(1, 22)
  head.writeUInt32BE(8000, 24)
  head.writeUInt32BE(16_000, 28)
  head.writeUInt16BE(2, 32)
  head.writeUInt16BE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32BE(16_000, 40)
  const samples = Buffer.alloc(16_000)
  for (let n = 0; n < 8000; n += 1) samples.writeInt16BE(Math.round(16_000 * Math.sin(n / 3)), 2 * n)
  return Buffer.concat([head, samples])
}

const plainMp3 = () => soundIn('mp3', 'libmp3lame', { id3v2_version: 0, write_xing: 0 })

const id3 = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, body.length >> 7, body.length & 0x7f]), body])

function apeTag(): Buffer {
  const item = Buffer.from('\x06\0\0\0\0\0\0\0Title\0A tone', 'latin1')
  const frame = (flags: number): Buffer => {
    const bytes = Buffer.alloc(32)
    bytes.write('APETAGEX', 0, 'latin1')
    bytes.writeUInt32LE(2000, 8)
    bytes.writeUInt32LE(item.length + 32, 12)
    bytes.writeUInt32LE(1, 16)
    bytes.writeUInt32LE(flags, 20)
    return bytes
  }
  return Buffer.concat([frame(0xa000_0000), item, frame(0x8000_0000)])
}

const behind = async (start: Buffer, sound: Promise<Buffer>) => Buffer.concat([start, await sound])

export const oddFilms: readonly OddMedia[] = [
  ...['wide', 'free', 'skip', 'moov'].map((box): OddMedia => ({
    name: `QuickTime that opens with ${box}`,
    type: 'video/quicktime',
    make: () => (box === 'moov' ? makeMoovFirst() : makeWithoutFtyp(box)),
  })),
  { name: 'Motion JPEG in QuickTime', type: 'video/quicktime', make: () => filmIn('mov', 'mjpeg', 'yuvj420p') },
  { name: 'MPEG-4 Part 2 in MP4', type: 'video/mp4', make: () => filmIn('mp4', 'mpeg4') },
  { name: 'MPEG-2 in Matroska', type: 'video/matroska', make: () => filmIn('matroska', 'mpeg2video') },
  { name: 'Motion JPEG in Matroska', type: 'video/matroska', make: () => filmIn('matroska', 'mjpeg', 'yuvj420p') },
  { name: 'DNxHR in QuickTime', type: 'video/quicktime', make: () => makeDnxhr() },
  { name: 'WebM whose sound claims no channels', type: 'video/webm', make: () => makeWithoutChannels() },
]

async function makeWithoutChannels(): Promise<Buffer> {
  const film = await films.makeWebm()
  film[film.indexOf('OpusHead', 0, 'latin1') + 9] = 0
  // The element Channels, of one byte.
  film[film.indexOf('9f81', 0, 'hex') + 2] = 0
  return film
}

const makeDnxhr = () =>
  encodeMedia({
    format: 'mov',
    streams: [{ source: `${pattern},format=yuv422p`, encoder: 'dnxhd', options: { profile: 'dnxhr_lb' } }],
  })

/** The header first and nothing before it, with what it points to moved accordingly. */
async function makeMoovFirst(): Promise<Buffer> {
  const film = await encodeMedia({ format: 'mov', streams: [films.h264], options: { movflags: 'faststart' } })
  const moovAt = film.readUInt32BE(0)
  const cut = film.subarray(moovAt)
  const tableAt = cut.indexOf('stco', 0, 'latin1') + 4
  for (let n = 0; n < cut.readUInt32BE(tableAt + 4); n += 1) {
    const at = tableAt + 8 + 4 * n
    cut.writeUInt32BE(cut.readUInt32BE(at) - moovAt, at)
  }
  return cut
}

/** As iTunes writes it: the cover is one of the song's words. They stand last in the file, so that no offset moves. */
async function makeAlacWithCover(): Promise<Buffer> {
  const sound = await soundIn('ipod', 'alac')
  const cover = await (await openScene(64, 48)).jpeg().toBuffer()
  const isJpeg = Buffer.from([0, 0, 0, 13, 0, 0, 0, 0])
  const item = makeBox('covr', makeBox('data', Buffer.concat([isJpeg, cover])))
  for (const name of ['moov', 'udta', 'meta', 'ilst']) {
    const at = sound.lastIndexOf(name, undefined, 'latin1') - 4
    sound.writeUInt32BE(sound.readUInt32BE(at) + item.length, at)
  }
  return Buffer.concat([sound, item])
}

function makeBox(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

export const oddSounds: readonly OddMedia[] = [
  { name: 'ALAC in M4A', type: 'audio/mp4', make: () => soundIn('ipod', 'alac') },
  { name: 'ALAC in M4A with a cover', type: 'audio/mp4', make: makeAlacWithCover, hasCover: true },
  { name: 'FLAC in Ogg', type: 'audio/ogg', make: () => soundIn('ogg', 'flac') },
  { name: 'MPEG layer II', type: 'audio/mpeg', make: () => soundIn('mp2', 'mp2') },
  { name: 'bare AAC', type: 'audio/mp4', make: sounds.makeBareAac },
  { name: 'MP3 without tags', type: 'audio/mpeg', make: plainMp3 },
  { name: 'MP3 behind what was cut', type: 'audio/mpeg', make: () => behind(Buffer.alloc(700, 0x5a), plainMp3()) },
  { name: 'MP3 behind an APE tag', type: 'audio/mpeg', make: () => behind(apeTag(), plainMp3()) },
  {
    name: 'MP3 behind two ID3 tags',
    type: 'audio/mpeg',
    make: () => behind(Buffer.concat([id3(Buffer.alloc(50)), id3(Buffer.alloc(300))]), plainMp3()),
  },
  { name: 'FLAC behind an ID3 tag', type: 'audio/flac', make: () => behind(id3(Buffer.alloc(90)), sounds.makeFlac()) },
  { name: 'FLAC of a single packet', type: 'audio/flac', make: makeShortestFlac, durationMs: 64 },
  { name: 'WAV of 24 bits', type: 'audio/wav', make: () => soundIn('wav', 'pcm_s24le') },
  { name: 'WAV of floating point', type: 'audio/wav', make: () => soundIn('wav', 'pcm_f32le') },
  { name: 'WAV with µ-law', type: 'audio/wav', make: () => soundIn('wav', 'pcm_mulaw') },
  { name: 'WAV with ADPCM', type: 'audio/wav', make: () => soundIn('wav', 'adpcm_ms') },
  { name: 'WAV of sixteen samples', type: 'audio/wav', make: makeShortestWav, durationMs: 1 },
  { name: 'RF64', type: 'audio/wav', make: () => makeRf64('RF64') },
  { name: 'BW64', type: 'audio/wav', make: () => makeRf64('BW64') },
  { name: 'RIFX', type: 'audio/wav', make: async () => makeRifx() },
  { name: 'Matroska of sound only', type: 'video/matroska', make: () => soundIn('matroska', 'flac') },
  {
    name: 'WebM of sound only',
    type: 'video/webm',
    make: () => encodeMedia({ format: 'webm', streams: [films.opus] }),
  },
]
