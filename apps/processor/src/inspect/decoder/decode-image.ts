// Turns the bytes of one picture into everything people are shown of it, or says why not. Runs in the decoder process
// only. The picture is decoded once, to the largest output; every other output is made from those pixels.
import './restrict-loaders.ts'
import type { Sharp } from 'sharp'
import { derivatives, planFit } from '@shoebox/shared/media/derivatives.ts'
import { accept } from '@shoebox/shared/result.ts'
import { findDominantColor, makeThumbhash } from './describe-colors.ts'
import { convertToSrgb, judgeProfile, judgeRgbProfile } from './convert-colors.ts'
import { decodeHeif } from './decode-heif.ts'
import { encodeAnimation, encodeDerivatives } from './encode-derivatives.ts'
import { findHiddenContent } from './find-hidden-content.ts'
import { judgeFailure, refuseImage } from './judge-failure.ts'
import { findGreyCurve } from './grey-profile.ts'
import { mendGif } from './mend-gif.ts'
import { mendJpeg } from './mend-jpeg.ts'
import { mendPng } from './mend-png.ts'
import { mendTiff } from './mend-tiff.ts'
import type { DecodableType, PictureVerdict } from './picture.ts'
import { fromPixels, toDeepPixels, toPixels, turnUpright, type Pixels } from './pixels.ts'
import { parseExif } from './parse-exif.ts'
import { readCapture } from './read-capture.ts'
import { countFrames, isHeif, isShownMoving, openFile, readHeader, type Header } from './read-header.ts'
import { readTakenAt } from './read-taken-at.ts'
import { findStatedGamma, toLitPixels, type Curve } from './stated-gamma.ts'
import { findPngLight, findStatedLight, showLight, type StatedLight } from './stated-light.ts'
import { collectTags, isPackedAsXz } from '../tiff-tags.ts'
import { walkImage } from './walk-image.ts'
import { readWide } from './wide-numbers.ts'
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

export async function decodeImage(
  file: Buffer,
  type: DecodableType,
  options: DecodeOptions = {},
): Promise<PictureVerdict> {
  const isEndless = type === 'image/jpeg' && walkImage(file, type).end === null
  if (isEndless) return decodeEndless(file, options)
  if (type === 'image/gif') return decodeAsItIs(mendGif(file), type, options)
  const verdict = await decodeAsItIs(file, type, options)
  if (verdict.ok || verdict.refusal.reason !== 'image_damaged') return verdict
  const mended = await menders[type]?.(file)
  return mended == null ? verdict : decodeAsItIs(mended, type, options)
}

/** For files that others show all the same; null where there is nothing to mend. */
const menders: Readonly<Partial<Record<DecodableType, (file: Buffer) => Buffer | null | Promise<Buffer | null>>>> = {
  'image/png': mendPng,
  'image/tiff': mendTiff,
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
  const header = await readHeader(file, type)
  if (!header.ok) return header
  const { metadata, orientation } = header.value
  try {
    const source = await openSource(file, type, header.value)
    const largest = await turnUpright(await decodePixels(source, header.value, limits), orientation)
    const animation = isShownMoving(type, header.value)
      ? await encodeAnimation(file, header.value, limits.animationSeconds)
      : null
    const { encoded, small, fingerprint } = await encodeDerivatives(largest, animation)
    const isSideways = orientation >= 5
    const exif = parseExif(type === 'image/tiff' ? collectTags(file) : metadata.exif)
    return accept({
      widthPx: isSideways ? header.value.heightPx : header.value.widthPx,
      heightPx: isSideways ? header.value.widthPx : header.value.heightPx,
      thumbhash: makeThumbhash(small),
      dominantColor: findDominantColor(small),
      fingerprint,
      takenAt: readTakenAt(exif, metadata),
      capture: exif === null ? null : readCapture(exif),
      isCutToFirstFrame: animation === null && countFrames(file, type, header.value) > 1,
      derivatives: encoded,
      copy: wantsCopy ? await makeCopy(planCopy(file, type, source, header.value, limits)) : null,
    })
  } catch (error) {
    return judgeFailure(error)
  }
}

/** The picture, still lying as the sensor saw it, and how its numbers become colours. */
type Source = {
  readonly open: () => Sharp
  readonly profile: 'none' | 'after' | 'libvips'
  readonly icc: Buffer | undefined
  /** Null: its numbers are what every screen shows. */
  readonly light: StatedLight | null
  /** The same of a grey picture and of a PNG. */
  readonly curve: Curve | null
}

async function openSource(file: Buffer, type: DecodableType, { metadata, widthPx, heightPx }: Header): Promise<Source> {
  const { icc, hasAlpha } = metadata
  const stated = type === 'image/png' ? findPngLight(file) : null
  if (stated !== null)
    return { open: () => openFile(file, true), profile: 'none', icc: undefined, light: stated.light, curve: null }
  const light = isHeif(type) && icc === undefined ? findStatedLight(file) : null
  const curve = findGreyCurve(metadata) ?? (type === 'image/png' ? findStatedGamma(file) : null)
  if (type === 'image/heic') {
    const pixels = await decodeHeif(file, { widthPx, heightPx, hasAlpha })
    return { open: () => fromPixels(pixels), profile: judgeRgbProfile(icc), icc, light, curve }
  }
  const wide = await readWide(file, metadata)
  if (wide !== null)
    return { open: () => fromPixels(wide), profile: 'none', icc, light, curve: curve ?? ((value) => value) }
  // libvips applies a profile to smaller numbers only: of light next to nothing would be left.
  const profile = curve === null && metadata.depth !== 'float' ? judgeProfile(metadata) : 'none'
  return { open: () => openFile(file, profile !== 'libvips'), profile, icc, light, curve }
}

/**
 * The one decode, to the largest output: a square box fits both ways round, and turning after shrinking keeps the decode
 * sequential, which is what keeps memory flat. Colours are converted after shrinking too where that can be done, since a
 * profile costs as much as the decode.
 */
async function decodePixels(source: Source, header: Header, { passSeconds }: DecodeLimits): Promise<Pixels> {
  const { open, profile, icc } = source
  const shrunk = open()
    .resize({ ...sizeOf(header, derivatives.preview.boxPx), fit: 'fill', fastShrinkOnLoad: true })
    .timeout({ seconds: passSeconds })
  if (isLit(source)) return lightUp(shrunk, source, header)
  const pixels = await toPixels(shrunk)
  return profile === 'after' && icc !== undefined ? convertToSrgb(pixels, icc) : pixels
}

function sizeOf(header: Header, boxPx: number) {
  const { widthPx: width, heightPx: height } = planFit(header.widthPx, header.heightPx, boxPx)
  return { width, height }
}

const isLit = ({ light, curve }: Source): boolean => light !== null || curve !== null

/** For sources whose numbers mean another light than screens give. */
async function lightUp(shrunk: Sharp, { light, curve }: Source, { metadata }: Header): Promise<Pixels> {
  if (light === null) return toLitPixels(shrunk, curve ?? ((value) => value), metadata.depth === 'ushort')
  return showLight(await toDeepPixels(shrunk), light)
}

/**
 * Above this, a picture in another light than screens show would take more memory than there is, 16 bits a channel; and
 * one of 32 that is held in whole beside its copy.
 */
const litCopyBoxPx = 4096

const planCopy = (
  file: Buffer,
  type: DecodableType,
  source: Source,
  header: Header,
  { passSeconds }: DecodeLimits,
): CopySource => ({
  file,
  type,
  orientation: header.orientation,
  icc: source.profile === 'after' ? (source.icc ?? null) : null,
  passSeconds,
  async openWhole() {
    if (!isLit(source)) return source.open()
    const shrunk = source.open().resize({ ...sizeOf(header, litCopyBoxPx), fit: 'fill' })
    return fromPixels(await lightUp(shrunk.timeout({ seconds: passSeconds }), source, header))
  },
})
