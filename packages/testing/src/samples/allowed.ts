// One sample for each way in which an allowed file can come. Tests walk the whole list.
import sharp from 'sharp'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { makeFlacFile, makeIsoFile, makeMatroskaFile, makeMp3File, makeOggFile, makeWavFile } from './containers.ts'
import { makeHeic } from './heic.ts'
import { makeAnimation, makeOrientedJpeg, openScene } from './pictures.ts'
import { animatePng } from './png-chunks.ts'

export type AllowedSample = {
  readonly name: string
  readonly fileName: string
  readonly type: MediaType
  readonly make: () => Promise<Buffer>
  /** True when only the first frame of its animation can be shown. */
  readonly isCutToFirstFrame?: boolean
}

const image = (name: string, fileName: string, type: MediaType, make: () => Promise<Buffer>): AllowedSample => ({
  name,
  fileName,
  type,
  make,
  isCutToFirstFrame: false,
})

const scene = openScene

export const allowedImages: readonly AllowedSample[] = [
  image('JPEG', 'scene.jpg', 'image/jpeg', () => makeOrientedJpeg(1)),
  image('progressive JPEG', 'progressive.jpg', 'image/jpeg', async () =>
    (await scene()).jpeg({ progressive: true }).toBuffer(),
  ),
  image('CMYK JPEG', 'cmyk.jpg', 'image/jpeg', async () =>
    (await scene()).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
  ),
  image('JPEG with a wide profile', 'p3.jpg', 'image/jpeg', async () =>
    (await scene()).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
  ),
  image('PNG', 'scene.png', 'image/png', async () => (await scene()).png().toBuffer()),
  image('16-bit PNG', 'deep.png', 'image/png', async () => (await scene()).toColourspace('rgb16').png().toBuffer()),
  image('palette PNG', 'palette.png', 'image/png', async () => (await scene()).png({ palette: true }).toBuffer()),
  image('interlaced PNG', 'interlaced.png', 'image/png', async () =>
    (await scene()).png({ progressive: true }).toBuffer(),
  ),
  {
    ...image('animated PNG', 'moving.png', 'image/png', async () =>
      animatePng(await (await scene()).png().toBuffer(), 3),
    ),
    isCutToFirstFrame: true,
  },
  image('WebP', 'scene.webp', 'image/webp', async () => (await scene()).webp({ quality: 95 }).toBuffer()),
  image('lossless WebP', 'lossless.webp', 'image/webp', async () =>
    (await scene()).webp({ lossless: true }).toBuffer(),
  ),
  image('animated WebP', 'moving.webp', 'image/webp', () => makeAnimation('webp', 5)),
  image('GIF', 'scene.gif', 'image/gif', async () => (await scene()).gif().toBuffer()),
  image('animated GIF', 'moving.gif', 'image/gif', () => makeAnimation('gif', 5)),
  image('AVIF', 'scene.avif', 'image/avif', async () => (await scene()).avif({ quality: 80, effort: 0 }).toBuffer()),
  image('HEIC', 'scene.heic', 'image/heic', () => makeHeic()),
  image('HEIC of a phone held upright', 'turned.heic', 'image/heic', () => makeHeic({ turn: 270, exifOrientation: 6 })),
  image('TIFF', 'scene.tif', 'image/tiff', async () => (await scene()).tiff({ compression: 'lzw' }).toBuffer()),
  image('JPEG in a TIFF', 'photo.tif', 'image/tiff', async () =>
    (await scene()).tiff({ compression: 'jpeg', quality: 95 }).toBuffer(),
  ),
]

/** A grey and a see-through picture: allowed, but without the scene's colours. */
export const colourlessImages: readonly AllowedSample[] = [
  image('grey PNG', 'grey.png', 'image/png', async () => (await scene()).greyscale().png().toBuffer()),
  image('grey JPEG', 'grey.jpg', 'image/jpeg', async () => (await scene()).greyscale().jpeg().toBuffer()),
  image('see-through PNG', 'glass.png', 'image/png', () =>
    sharp({ create: { width: 90, height: 60, channels: 4, background: { r: 200, g: 30, b: 30, alpha: 0.25 } } })
      .png()
      .toBuffer(),
  ),
]

const container = (name: string, fileName: string, type: MediaType, make: () => Buffer): AllowedSample => ({
  name,
  fileName,
  type,
  make: async () => make(),
})

export const allowedVideosAndSounds: readonly AllowedSample[] = [
  container('MP4', 'clip.mp4', 'video/mp4', () => makeIsoFile(['isom', 'iso2', 'avc1', 'mp41'], 'vide')),
  container('QuickTime', 'clip.mov', 'video/quicktime', () => makeIsoFile(['qt  '], 'vide')),
  container('WebM', 'clip.webm', 'video/webm', () => makeMatroskaFile('webm')),
  container('Matroska', 'clip.mkv', 'video/matroska', () => makeMatroskaFile('matroska')),
  container('MP3', 'song.mp3', 'audio/mpeg', makeMp3File),
  container('M4A', 'song.m4a', 'audio/mp4', () => makeIsoFile(['M4A ', 'isom', 'mp42'], 'soun')),
  container('Ogg Opus', 'song.opus', 'audio/ogg', () => makeOggFile('opus')),
  container('Ogg Vorbis', 'song.ogg', 'audio/ogg', () => makeOggFile('vorbis')),
  container('FLAC', 'song.flac', 'audio/flac', makeFlacFile),
  container('WAV', 'song.wav', 'audio/wav', makeWavFile),
]
