// Sounds in every container that Shoebox takes, three seconds each: a tone that swells, tags, and traces that must not
// be found in a copy that is played.
import sharp from 'sharp'
import { encodeMedia, type StreamPlan } from './encode-media.ts'
import { secretDevice, secretPlace } from './films.ts'

/** Silent at first, loudest at the end. */
const swell = (rate: number): string =>
  `sine=frequency=440:duration=3:sample_rate=${rate},volume=volume=t/3*6:eval=frame`

const words = { title: 'A tone', artist: 'An oscillator', album: 'Test', genre: 'Test', date: '2026', track: '7' }
const traces = { comment: secretDevice, location: secretPlace }
const tags = { ...words, ...traces }

const sound = (encoder: string, rate = 44_100, bitrate = '64k'): StreamPlan => ({
  source: swell(rate),
  encoder,
  bitrate,
})

export const makeMp3 = (): Promise<Buffer> =>
  encodeMedia({ format: 'mp3', tags, streams: [sound('libmp3lame')], options: { write_id3v1: 1 } })
export const makeM4a = (): Promise<Buffer> => encodeMedia({ format: 'ipod', tags, streams: [sound('aac')] })
/** libvorbis takes its input 64 samples at a time; larger frames would be dropped on the way to it. */
const forVorbis = `${swell(44_100)},aformat=sample_fmts=fltp:channel_layouts=stereo,asetnsamples=n=64:p=0`
export const makeVorbis = (): Promise<Buffer> =>
  encodeMedia({ format: 'ogg', tags, streams: [{ source: forVorbis, encoder: 'libvorbis', bitrate: '96k' }] })
export const makeOpus = (): Promise<Buffer> => encodeMedia({ format: 'ogg', tags, streams: [sound('libopus', 48_000)] })
/** Three sounds one after the other, as a radio stream is recorded: codecs, rates and words change on the way. */
export async function makeChainedOgg(): Promise<Buffer> {
  const vorbis: StreamPlan = { source: forVorbis, encoder: 'libvorbis', bitrate: '96k' }
  const streams = [vorbis, sound('libopus', 48_000), vorbis]
  const links = streams.map((stream, n) =>
    encodeMedia({ format: 'ogg', tags, streams: [stream], options: { serial_offset: 100 + n } }),
  )
  return Buffer.concat(await Promise.all(links))
}
export const makeFlac = (): Promise<Buffer> => encodeMedia({ format: 'flac', tags, streams: [sound('flac')] })
export const makeWav = (): Promise<Buffer> => encodeMedia({ format: 'wav', tags, streams: [sound('pcm_s16le')] })
/** Samples as they are, and the first ones silent: bytes of theirs can be others without the file being another. */
export const makeMatroskaSound = (): Promise<Buffer> =>
  encodeMedia({ format: 'matroska', tags, streams: [sound('pcm_s16le')] })
export const makeBareAac = (): Promise<Buffer> => encodeMedia({ format: 'adts', streams: [sound('aac')] })

const synchsafe = (size: number): Buffer =>
  Buffer.from([(size >> 21) & 0x7f, (size >> 14) & 0x7f, (size >> 7) & 0x7f, size & 0x7f])

function id3Frame(name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), synchsafe(body.length), Buffer.alloc(2), body])
}

/** An ID3 2.4 tag with a cover, a private frame, an embedded file and a rating, in front of a plain MP3. */
export async function makeMp3WithCover(): Promise<Buffer> {
  const plain = await encodeMedia({ format: 'mp3', streams: [sound('libmp3lame')], options: { id3v2_version: 0 } })
  const cover = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#c02040' } })
    .jpeg()
    .toBuffer()
  const frames = Buffer.concat([
    id3Frame('TIT2', Buffer.from('\x03A tone', 'latin1')),
    id3Frame('APIC', Buffer.concat([Buffer.from('\x00image/jpeg\x00\x03\x00', 'latin1'), cover])),
    id3Frame('PRIV', Buffer.from(`owner\x00${secretDevice}`, 'latin1')),
    id3Frame('GEOB', Buffer.from(`\x00text/plain\x00\x00place\x00${secretPlace}`, 'latin1')),
    id3Frame('POPM', Buffer.from('somebody@example.org\x00\xff', 'latin1')),
    id3Frame('TPE1', Buffer.from('\x03An oscillator', 'latin1')),
    Buffer.alloc(64),
  ])
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0]), synchsafe(frames.length), frames, plain])
}
