// The heaviest files that are let in, one for each kind and way of being heavy. Plain inside: what counts is what has to
// be held in memory to read them.
import sharp, { type Sharp } from 'sharp'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'
import { makeAnimation } from '@shoebox/testing/samples/pictures.ts'
import { spoilPixelSum } from '@shoebox/testing/samples/png-chunks.ts'
import { repeatWebpFrame } from '@shoebox/testing/samples/webp-chunks.ts'
import { encodeMedia, type StreamPlan } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { repeatMedia } from '@shoebox/testing/samples/time-based/repeat-media.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

export type WorstFile = { readonly name: string; readonly type: MediaType; readonly make: () => Promise<Buffer> }

const open = (width: number, height: number, channels: 3 | 4 = 3): Sharp =>
  sharp({
    create: { width, height, channels, background: { r: 90, g: 140, b: 60, alpha: 0.5 } },
    limitInputPixels: false,
  })

const largest = (channels: 3 | 4 = 3) => open(10_900, 11_000, channels)

const makeDeepPng = (): Promise<Buffer> =>
  largest(4).toColourspace('rgb16').png({ compressionLevel: 1, progressive: true }).toBuffer()

const makeWebpAnimation = async (): Promise<Buffer> =>
  repeatWebpFrame(await open(640, 624).webp().toBuffer(), 500, 640, 624)

const pictures: readonly WorstFile[] = [
  { name: 'JPEG 120 MP', type: 'image/jpeg', make: () => largest().jpeg().toBuffer() },
  {
    name: 'JPEG 120 MP progressive 4:4:4',
    type: 'image/jpeg',
    make: () => largest().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  },
  { name: 'PNG 120 MP', type: 'image/png', make: () => largest(4).png({ compressionLevel: 1 }).toBuffer() },
  {
    name: 'PNG 120 MP interlaced, 16 bits, alpha',
    type: 'image/png',
    make: makeDeepPng,
  },
  {
    name: 'PNG 120 MP interlaced, 16 bits, alpha, its checksum wrong',
    type: 'image/png',
    make: async () => spoilPixelSum(await makeDeepPng()),
  },
  { name: 'WebP 120 MP, alpha', type: 'image/webp', make: () => open(16_383, 7320, 4).webp({ effort: 0 }).toBuffer() },
  { name: 'GIF 120 MP', type: 'image/gif', make: () => largest().gif({ effort: 1 }).toBuffer() },
  { name: 'GIF of 500 frames, 200 MP', type: 'image/gif', make: () => makeAnimation('gif', 500, 640, 624) },
  { name: 'WebP of 500 frames, 200 MP', type: 'image/webp', make: makeWebpAnimation },
  { name: 'AVIF 50 MP', type: 'image/avif', make: () => open(8000, 6250).avif({ effort: 0 }).toBuffer() },
  { name: 'HEIC 50 MP', type: 'image/heic', make: () => makeHeic({ upright: open(8000, 6248) }) },
  {
    name: 'TIFF 120 MP, 16 bits, alpha',
    type: 'image/tiff',
    make: () => largest(4).toColourspace('rgb16').tiff({ compression: 'deflate', tile: true }).toBuffer(),
  },
]

type FilmPlan = Pick<StreamPlan, 'encoder' | 'options' | 'gopSize'> & {
  readonly source: string
  readonly format?: string
}

const film = ({ format = 'mp4', source, ...plan }: FilmPlan) =>
  encodeMedia({ format, streams: [{ source: `color=c=green:${source}`, ...plan }] })

/** The smallest pictures, and the most of them. */
async function makeLongFilm(encoder: string, format: string, options: Record<string, string> = {}): Promise<Buffer> {
  const source = 'size=64x36:rate=30:duration=60,format=yuv420p'
  const plan = encoder === 'libx264' ? { preset: 'ultrafast' } : { deadline: 'realtime', 'cpu-used': 8 }
  const minute = await film({ format, source, encoder, options: plan, gopSize: 30 })
  return repeatMedia(minute, 119, { format, options })
}

/** Close to four hours. */
async function makeLongSound(encoder: string, format: string, bitrate: string, rateHz: number): Promise<Buffer> {
  const minute = await encodeMedia({
    format,
    streams: [{ source: `sine=frequency=440:duration=60:sample_rate=${rateHz}`, encoder, bitrate }],
  })
  return repeatMedia(minute, 238, { format })
}

const makeLongFlac = (): Promise<Buffer> =>
  encodeMedia({
    format: 'flac',
    streams: [
      { source: 'anoisesrc=duration=12600:sample_rate=8000:nb_samples=65536,aformat=sample_fmts=s16', encoder: 'flac' },
    ],
  })

/** Whole frames, one behind the other, are a longer sound of the same kind. */
async function makeLongMp3(hours: number): Promise<Buffer> {
  const minute = await encodeMedia({
    format: 'mp3',
    streams: [{ source: 'sine=frequency=440:duration=60', encoder: 'libmp3lame', bitrate: '96k' }],
    options: { id3v2_version: 0, write_xing: 0 },
  })
  return Buffer.concat(Array.from({ length: Math.floor(hours * 59.5) }, () => minute))
}

function makeLongWav(bytes: number): Buffer {
  const wav = Buffer.alloc(bytes)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(bytes - 8, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(2, 22)
  wav.writeUInt32LE(48_000, 24)
  wav.writeUInt32LE(192_000, 28)
  wav.writeUInt16LE(4, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(bytes - 44, 40)
  return wav
}

const heavyFilms: readonly WorstFile[] = [
  {
    name: 'film in 8K, HEVC, 4:4:4, 12 bits',
    type: 'video/mp4',
    make: () =>
      film({
        source: 'size=8192x4320:rate=30:duration=0.4,format=yuv444p12le',
        encoder: 'libx265',
        options: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
      }),
  },
  {
    name: 'film in 8K, H.264, every picture refers to 16',
    type: 'video/mp4',
    make: () =>
      film({
        source: 'size=8192x4320:rate=16:duration=10,format=yuv420p',
        encoder: 'libx264',
        options: { preset: 'ultrafast', refs: 16 },
        gopSize: 160,
      }),
  },
]

export const longFilmsAndSounds: readonly WorstFile[] = [
  { name: 'film of 2 hours, 214,200 frames', type: 'video/mp4', make: () => makeLongFilm('libx264', 'mp4') },
  {
    name: 'film of 2 hours in 7140 fragments',
    type: 'video/mp4',
    make: () => makeLongFilm('libx264', 'mp4', { movflags: 'frag_keyframe+empty_moov' }),
  },
  { name: 'WebM of 2 hours', type: 'video/webm', make: () => makeLongFilm('libvpx-vp9', 'webm') },
  { name: 'M4A of 4 hours', type: 'audio/mp4', make: () => makeLongSound('aac', 'ipod', '96k', 24_000) },
  { name: 'Opus of 4 hours, 200 MB', type: 'audio/ogg', make: () => makeLongSound('libopus', 'ogg', '90k', 48_000) },
  { name: 'FLAC of 3.5 hours, 200 MB', type: 'audio/flac', make: makeLongFlac },
  { name: 'MP3 of 4 hours', type: 'audio/mpeg', make: () => makeLongSound('libmp3lame', 'mp3', '96k', 44_100) },
  { name: 'MP3 of 4 hours that says no length', type: 'audio/mpeg', make: () => makeLongMp3(4) },
  { name: 'WAV of 200 MB', type: 'audio/wav', make: async () => makeLongWav(200 * 2 ** 20) },
]

export const worstFiles: readonly WorstFile[] = [...pictures, ...heavyFilms, ...longFilmsAndSounds]
