// Turns the bytes of one picture into everything people are shown of it, or says why not. Runs in the decoder process
// only. The picture is decoded once, to the largest output; every other output is made from those pixels.
import './restrict-loaders.ts'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { derivatives, planFit, type DerivativeName } from '@shoebox/shared/media/derivatives.ts'
import { animationLimits, pixelsMax } from '@shoebox/shared/media/pixel-limits.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { findDominantColor, makeThumbhash, smallBoxPx } from './describe-colors.ts'
import { convertToSrgb, judgeProfile, judgeRgbProfile } from './convert-colors.ts'
import { decodeHeif } from './decode-heif.ts'
import { findHiddenContent } from './find-hidden-content.ts'
import { isTimeout, isWantOfMemory, judgeFailure, refuseFailure, refuseImage } from './judge-failure.ts'
import { makeFingerprint } from './make-fingerprint.ts'
import { mendJpeg } from './mend-jpeg.ts'
import { mendPng } from './mend-png.ts'
import type { DecodableType, EncodedDerivative, PictureRefusal, PictureVerdict } from './picture.ts'
import { fromPixels, shrink, toDeepRgb, toPixels, turnUpright, type Pixels } from './pixels.ts'
import { parseExif } from './parse-exif.ts'
import { readCapture } from './read-capture.ts'
import { readTakenAt } from './read-taken-at.ts'
import { findStatedGamma, toLitPixels } from './stated-gamma.ts'
import { findStatedLight, showLight, type StatedLight } from './stated-light.ts'
import { collectTags, isPackedAsXz } from '../tiff-tags.ts'
import { walkImage } from './walk-image.ts'
import { makeCopy, type CopySource } from '../copy/make-copy.ts'

export type DecodeLimits = {
  /** Seconds that libvips may spend on one pass over the pixels. */
  readonly passSeconds: number
  /** Seconds for re-encoding an animation; beyond them its first frame is shown. */
  readonly animationSeconds: number
}

export const defaultLimits: DecodeLimits = { passSeconds: 20, animationSeconds: 15 }

export type DecodeOptions = {
  readonly limits?: DecodeLimits
  /** Also make what others may download of it. */
  readonly wantsCopy?: boolean | undefined
}

/** WebP effort 2 takes half the time of the default and makes files 2 % larger. */
const webpEffort = 2

/** Up to here lossless costs nothing, and lossy WebP, which halves the resolution of colour, spoils small drawings. */
const losslessPixelsMax = 128 * 128

type Header = {
  readonly metadata: Metadata
  readonly widthPx: number
  readonly heightPx: number
  readonly frames: number
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number
}

export async function decodeImage(
  file: Buffer,
  type: DecodableType,
  options: DecodeOptions = {},
): Promise<PictureVerdict> {
  const isEndless = type === 'image/jpeg' && walkImage(file, type).end === null
  if (isEndless) return decodeEndless(file, options)
  const verdict = await decodeAsItIs(file, type, options)
  if (verdict.ok || type !== 'image/png' || verdict.refusal.reason !== 'image_damaged') return verdict
  const mended = await mendPng(file)
  return mended === null ? verdict : decodeAsItIs(mended, type, options)
}

/** What hangs behind a JPEG that does not say where it ends could be anything: it is shown only once that is known. */
async function decodeEndless(file: Buffer, options: DecodeOptions): Promise<PictureVerdict> {
  const mended = await mendJpeg(file, (options.limits ?? defaultLimits).passSeconds)
  if (mended.ok) return decodeAsItIs(mended.value, 'image/jpeg', options)
  if (mended.refusal.reason === 'file_hides_other') return mended
  const verdict = await decodeAsItIs(file, 'image/jpeg', options)
  return verdict.ok ? mended : verdict
}

async function decodeAsItIs(
  file: Buffer,
  type: DecodableType,
  { limits = defaultLimits, wantsCopy = false }: DecodeOptions,
): Promise<PictureVerdict> {
  const hidden = findHiddenContent(file, type)
  if (hidden === 'xz' && type === 'image/tiff' && isPackedAsXz(file)) return refuseImage('image_unsupported', 'LZMA')
  if (hidden !== null) return refuseImage('file_hides_other', hidden)
  const isFilmOfPictures = type in heifFamily && sequenceBrands.has(nameMainBrand(file, type))
  const header = await readHeader(file, type)
  if (!header.ok) return header
  const { metadata, orientation } = header.value
  try {
    const source = await openSource(file, type, header.value)
    const largest = turnUpright(await decodePixels(source, header.value, limits), orientation)
    const animation = isShownMoving(type, header.value) ? await encodeAnimation(file, header.value, limits) : null
    const { encoded, small, fingerprint } = await encodeDerivatives(await largest, animation)
    const isSideways = orientation >= 5
    const exif = parseExif(type === 'image/tiff' ? collectTags(file) : metadata.exif)
    return accept({
      widthPx: isSideways ? header.value.heightPx : header.value.widthPx,
      heightPx: isSideways ? header.value.widthPx : header.value.heightPx,
      thumbhash: makeThumbhash(small),
      dominantColor: findDominantColor(small),
      fingerprint,
      takenAt: readTakenAt(exif, metadata.xmp),
      capture: exif === null ? null : readCapture(exif),
      isCutToFirstFrame: animation === null && (isFilmOfPictures || countFrames(file, type, header.value) > 1),
      derivatives: encoded,
      copy: wantsCopy ? await makeCopy(planCopy(file, type, source, header.value, limits)) : null,
    })
  } catch (error) {
    return judgeFailure(error)
  }
}

const openFile = (file: Buffer, ignoreIcc = false): Sharp =>
  sharp(file, {
    failOn: 'error',
    ignoreIcc,
    // Judged from the header with our own caps, which differ by type.
    limitInputPixels: false,
    sequentialRead: true,
    autoOrient: false,
  })

/** Formats as sharp names them. A file whose magic says one thing and whose decoder another is refused. */
const formatByType = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
  'image/heic': 'heif',
  'image/tiff': 'tiff',
} as const satisfies Record<DecodableType, Metadata['format']>

/** AVIF and HEIC are one container: what is inside, and how many pixels of it, with a decoder that needs more for each. */
const heifFamily: Readonly<
  Partial<Record<DecodableType, { readonly compression: string; readonly pixelsMax: number }>>
> = {
  'image/avif': { compression: 'av1', pixelsMax: pixelsMax.avif },
  'image/heic': { compression: 'hevc', pixelsMax: pixelsMax.heic },
}

/** Reads sizes and tags, decodes nothing, and holds the size against the caps. */
async function readHeader(file: Buffer, type: DecodableType): Promise<Result<Header, PictureRefusal>> {
  let metadata: Metadata
  try {
    metadata = await openFile(file).metadata()
  } catch (error) {
    return refuseFailure(error)
  }
  const { width: widthPx, format } = metadata
  const heightPx = metadata.pageHeight ?? metadata.height
  const heif = heifFamily[type]
  if (format !== formatByType[type] || (heif !== undefined && metadata.compression !== heif.compression))
    return refuseImage('image_damaged', `${type} decodes as ${format} ${metadata.compression ?? ''}`)
  if (widthPx * heightPx > (heif?.pixelsMax ?? pixelsMax.default))
    return refuseImage('image_too_many_pixels', `${widthPx}x${heightPx}`)
  // They say how to turn the picture in boxes of their own, and the decoder has already done so.
  const orientation = heif === undefined ? (metadata.orientation ?? 1) : 1
  return accept({ metadata, widthPx, heightPx, frames: metadata.pages ?? 1, orientation })
}

/** A turned animation is too rare to be worth turning every frame: its first frame is shown. */
function isShownMoving(type: DecodableType, { frames, widthPx, heightPx, orientation }: Header): boolean {
  if (frames < 2 || orientation !== 1 || (type !== 'image/gif' && type !== 'image/webp')) return false
  return frames <= animationLimits.framesMax && frames * widthPx * heightPx <= animationLimits.pixelsMaxTotal
}

/** How many frames the file would show elsewhere. Pages of a TIFF are not frames. */
function countFrames(file: Buffer, type: DecodableType, header: Header): number {
  if (type === 'image/tiff') return 1
  if (type === 'image/png') return countApngFrames(file)
  return header.frames
}

/** Major brands of files that are a film of pictures. */
const sequenceBrands = new Set(['avis', 'msf1', 'hevc', 'hevx', 'heis'])

/** The brand that the file opens with, which becomes one that libvips knows: it looks at no other. */
function nameMainBrand(file: Buffer, type: DecodableType): string {
  const brand = file.toString('latin1', 8, 12)
  file.write(type === 'image/avif' ? 'avif' : 'heic', 8, 'latin1')
  return brand
}

/** An animated PNG says so in an `acTL` chunk before its first image data. */
function countApngFrames(file: Buffer): number {
  for (let at = 8; at + 16 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const chunk = file.toString('latin1', at + 4, at + 8)
    if (chunk === 'acTL') return file.readUInt32BE(at + 8)
    if (chunk === 'IDAT') return 1
  }
  return 1
}

/** The picture, still lying as the sensor saw it, and how its numbers become colours. */
type Source = {
  readonly open: () => Sharp
  readonly profile: 'none' | 'after' | 'libvips'
  readonly icc: Buffer | undefined
  /** Null: its numbers are what every screen shows. */
  readonly light: StatedLight | null
  /** The same of a PNG, as a power. */
  readonly gamma: number | null
}

async function openSource(file: Buffer, type: DecodableType, header: Header): Promise<Source> {
  const { icc, hasAlpha } = header.metadata
  const light = type in heifFamily && icc === undefined ? findStatedLight(file) : null
  if (type === 'image/heic') {
    const pixels = await decodeHeif(file, { ...header, hasAlpha })
    return { open: () => fromPixels(pixels), profile: judgeRgbProfile(icc), icc, light, gamma: null }
  }
  const profile = judgeProfile(header.metadata)
  const gamma = type === 'image/png' ? findStatedGamma(file) : null
  return { open: () => openFile(file, profile !== 'libvips'), profile, icc, light, gamma }
}

/**
 * The one decode, to the largest output: a square box fits both ways round, and turning after shrinking keeps the decode
 * sequential, which is what keeps memory flat. Colours are converted after shrinking too where that can be done, since a
 * profile costs as much as the decode.
 */
async function decodePixels(
  { open, profile, icc, light, gamma }: Source,
  header: Header,
  { passSeconds }: DecodeLimits,
): Promise<Pixels> {
  const target = planFit(header.widthPx, header.heightPx, derivatives.preview.boxPx)
  const shrunk = open()
    .resize(target.widthPx, target.heightPx, { fit: 'fill', fastShrinkOnLoad: true })
    .timeout({ seconds: passSeconds })
  if (light !== null) return { ...target, channels: 3, data: showLight(await toDeepRgb(shrunk), light) }
  if (gamma !== null) return toLitPixels(shrunk, gamma, header.metadata.depth === 'ushort')
  const pixels = await toPixels(shrunk)
  return profile === 'after' && icc !== undefined ? convertToSrgb(pixels, icc) : pixels
}

/** Above this, a picture in brighter light than screens show would take more memory than there is, 16 bits a channel. */
const litCopyBoxPx = 4096

const planCopy = (
  file: Buffer,
  type: DecodableType,
  { open, profile, icc, light }: Source,
  { orientation, widthPx, heightPx }: Header,
  { passSeconds }: DecodeLimits,
): CopySource => ({
  file,
  type,
  orientation,
  icc: profile === 'after' ? (icc ?? null) : null,
  passSeconds,
  async openWhole() {
    if (light === null) return open()
    const size = planFit(widthPx, heightPx, litCopyBoxPx)
    const shrunk = open().resize(size.widthPx, size.heightPx, { fit: 'fill' }).timeout({ seconds: passSeconds })
    return fromPixels({ ...size, channels: 3, data: showLight(await toDeepRgb(shrunk), light) })
  },
})

/**
 * The moving preview; null when encoding it would take too long, and when a later frame of a GIF that goes on to its end
 * is broken, as browsers pass over it too.
 */
async function encodeAnimation(file: Buffer, header: Header, limits: DecodeLimits): Promise<EncodedDerivative | null> {
  const { boxPx, quality } = derivatives.preview
  const size = planFit(header.widthPx, header.heightPx, boxPx)
  try {
    const body = await sharp(file, { failOn: 'error', limitInputPixels: false, animated: true })
      .resize(size.widthPx, size.heightPx, { fit: 'fill' })
      .timeout({ seconds: limits.animationSeconds })
      .webp({ quality, effort: webpEffort })
      .toBuffer()
    return { name: 'preview', ...size, body }
  } catch (error) {
    const isOnlyBroken = !isWantOfMemory(error) && walkImage(file, 'image/gif').end !== null
    if (isTimeout(error) || (header.metadata.format === 'gif' && isOnlyBroken)) return null
    throw error
  }
}

/** Each output is made from the pixels of the next larger one: to shrink 1600 px three times costs more than an encode. */
async function encodeDerivatives(largest: Pixels, animation: EncodedDerivative | null) {
  const tile = await shrink(largest, derivatives.tile.boxPx)
  const thumb = await shrink(tile, derivatives.thumb.boxPx)
  const small = await shrink(thumb, smallBoxPx)
  const encoded = [
    await encodeStill('thumb', thumb),
    await encodeStill('tile', tile),
    animation ?? (await encodeStill('preview', largest)),
  ]
  const rgba = small.channels === 4 ? small.data : await fromPixels(small).ensureAlpha().raw().toBuffer()
  return {
    encoded,
    small: { rgba, widthPx: small.widthPx, heightPx: small.heightPx },
    fingerprint: makeFingerprint(thumb),
  }
}

async function encodeStill(name: DerivativeName, pixels: Pixels): Promise<EncodedDerivative> {
  const { widthPx, heightPx } = pixels
  const lossless = widthPx * heightPx <= losslessPixelsMax
  const webp = fromPixels(pixels).webp({ quality: derivatives[name].quality, lossless, effort: webpEffort })
  return { name, widthPx, heightPx, body: await webp.toBuffer() }
}
