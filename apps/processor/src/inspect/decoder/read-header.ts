// What a picture says about itself before a pixel is decoded: its size, held against the caps, its frames and its turn.
// Called by decode-image.
import sharp, { type Metadata, type Sharp } from 'sharp'
import { animationLimits, pixelsMax } from '@shoebox/shared/media/pixel-limits.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { findMainCodec, findTopBox } from '../heif-items.ts'
import { refuseFailure, refuseImage } from './judge-failure.ts'
import { addLateTags } from './late-png-tags.ts'
import type { DecodableType, PictureRefusal } from './picture.ts'
import { findPngChunk } from './png-chunks.ts'

export type Header = {
  readonly metadata: Metadata
  readonly widthPx: number
  readonly heightPx: number
  readonly frames: number
  /** AVIF and HEIC: a sequence, of which the still that stands for it is shown. */
  readonly isFilm: boolean
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number
}

export const openFile = (file: Buffer, ignoreIcc = false): Sharp =>
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

type HeifForm = { readonly codec: string; readonly compression: string; readonly pixelsMax: number }

/** AVIF and HEIC are one container: what is inside, and how many pixels of it, with a decoder that needs more for each. */
const heifForms: Readonly<Partial<Record<DecodableType, HeifForm>>> = {
  'image/avif': { codec: 'av01', compression: 'av1', pixelsMax: pixelsMax.avif },
  'image/heic': { codec: 'hvc1', compression: 'hevc', pixelsMax: pixelsMax.heic },
}

export const isHeif = (type: DecodableType): boolean => type in heifForms

/** Reads sizes and tags, decodes nothing, and holds the size against the caps. */
export async function readHeader(file: Buffer, type: DecodableType): Promise<Result<Header, PictureRefusal>> {
  const heif = heifForms[type]
  const isFilm = heif !== undefined && sequenceBrands.has(nameMainBrand(file, type))
  const rareForm = heif === undefined ? null : findRareForm(file, heif, isFilm)
  if (rareForm !== null) return refuseImage('image_unsupported', rareForm)
  let metadata: Metadata
  try {
    metadata = await openFile(file).metadata()
    if (type === 'image/png') metadata = addLateTags(metadata, file)
  } catch (error) {
    return refuseFailure(error)
  }
  const { width: widthPx, format } = metadata
  const heightPx = metadata.pageHeight ?? metadata.height
  if (format !== formatByType[type] || (heif !== undefined && metadata.compression !== heif.compression))
    return refuseImage('image_damaged', `${type} decodes as ${format} ${metadata.compression ?? ''}`)
  if (widthPx * heightPx > (heif?.pixelsMax ?? pixelsMax.default))
    return refuseImage('image_too_many_pixels', `${widthPx}x${heightPx}`)
  // They say how to turn the picture in boxes of their own, and the decoder has already done so.
  const orientation = heif === undefined ? (metadata.orientation ?? 1) : 1
  return accept({ metadata, widthPx, heightPx, frames: metadata.pages ?? 1, isFilm, orientation })
}

/** What the container says it holds, where that is not what is read here; null otherwise. */
function findRareForm(file: Buffer, { codec }: HeifForm, isFilm: boolean): string | null {
  const found = findMainCodec(file)
  if (found !== null) return found === codec ? null : `coded as ${found}`
  if (findTopBox(file, 'meta') !== null) return null
  return isFilm || findTopBox(file, 'mini') !== null ? 'no boxes of a still' : null
}

/** A turned animation is too rare to be worth turning every frame: its first frame is shown. */
export function isShownMoving(type: DecodableType, { frames, widthPx, heightPx, orientation }: Header): boolean {
  if (frames < 2 || orientation !== 1 || (type !== 'image/gif' && type !== 'image/webp')) return false
  return frames <= animationLimits.framesMax && frames * widthPx * heightPx <= animationLimits.pixelsMaxTotal
}

/** How many frames the file would show elsewhere. Pages of a TIFF are not frames. */
export function countFrames(file: Buffer, type: DecodableType, header: Header): number {
  if (type === 'image/tiff') return 1
  if (type === 'image/png') return countApngFrames(file)
  return header.isFilm ? Math.max(2, header.frames) : header.frames
}

/** Major brands of files that are a film of pictures. */
const sequenceBrands = new Set(['avis', 'msf1', 'hevc', 'hevx', 'heis'])

/**
 * The brand that the file opens with. It becomes one that libvips knows, which looks at no other; and the first one of
 * the others one that libheif knows, which looks at those only.
 */
function nameMainBrand(file: Buffer, type: DecodableType): string {
  const brand = file.toString('latin1', 8, 12)
  if (file.length < firstOtherBrandAt) return brand
  file.write(type === 'image/avif' ? 'avif' : 'heic', 8, 'latin1')
  if (Math.min(file.length, file.readUInt32BE(0)) >= firstOtherBrandAt + 4)
    file.write('mif1', firstOtherBrandAt, 'latin1')
  return brand
}

const firstOtherBrandAt = 16

/** An animated PNG says so in an `acTL` chunk before its first image data. */
function countApngFrames(file: Buffer): number {
  const control = findPngChunk(file, 'acTL')
  return control !== null && control.length >= 4 ? control.readUInt32BE() : 1
}
