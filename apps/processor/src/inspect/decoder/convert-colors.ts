// Brings a picture's colours to sRGB by the profile it carries. libvips would do so before it shrinks, pixel by pixel of
// the original; here it is done to the 1600 px that are left. Used by decode-image only.
import { deflateSync } from 'node:zlib'
import sharp, { type Metadata } from 'sharp'
import { fromPixels, toPixels, type Pixels } from './pixels.ts'
import { layPngChunk } from './png-chunks.ts'

/**
 * Who converts the colours: nobody, where they are sRGB already; we, `after` shrinking; or `libvips`, while decoding,
 * which is the only way for CMYK, grey and 16-bit pictures.
 */
export function judgeProfile({ icc, space, depth }: Metadata): 'none' | 'after' | 'libvips' {
  if (icc === undefined || space !== 'srgb' || depth !== 'uchar') return 'libvips'
  return isSrgbProfile(icc) ? 'none' : 'after'
}

/** The same for RGB that another decoder than libvips made: a profile for other colours than RGB is not about it. */
export function judgeRgbProfile(icc: Buffer | undefined): 'none' | 'after' {
  return icc === undefined || !isForRgb(icc) || isSrgbProfile(icc) ? 'none' : 'after'
}

/** Offset of the colour space that a profile is for, as four characters (ICC.1, header). */
const colorSpaceAt = 16
const descriptionBytesMax = 1024

const isForRgb = (icc: Buffer): boolean => icc.toString('latin1', colorSpaceAt, colorSpaceAt + 4) === 'RGB '

const srgbName = 'sRGB IEC61966'
/** As version 2 of ICC writes it, and as version 4 does, in UTF-16 with the high byte first. */
const srgbNames = [Buffer.from(srgbName, 'latin1'), Buffer.from(srgbName, 'utf16le').swap16()]

/** True for the profiles that cameras and editors write for plain sRGB, by the name they all carry in one of two encodings. */
function isSrgbProfile(icc: Buffer): boolean {
  if (!isForRgb(icc)) return false
  const at = icc.indexOf('desc', 128, 'latin1')
  // The tag table says where the description lies; its entry is signature, offset, length.
  const offset = at < 0 || at + 12 > icc.length ? 0 : icc.readUInt32BE(at + 4)
  const description = icc.subarray(offset, offset + descriptionBytesMax)
  return srgbNames.some((name) => description.includes(name))
}

/** Length of a PNG's signature and header chunk, after which the profile belongs. */
const pngHeaderBytes = 33

/** Converts RGB in the profile's colours to sRGB. libvips takes a profile only with a file, so one is made around the pixels. */
export async function convertToSrgb(pixels: Pixels, icc: Buffer): Promise<Pixels> {
  const png = await fromPixels(pixels).png({ compressionLevel: 0, adaptiveFiltering: false }).toBuffer()
  // A name of one letter, zlib as the method.
  const profile = Buffer.concat([Buffer.from('p\0\0', 'latin1'), deflateSync(icc, { level: 1 })])
  const chunk = layPngChunk('iCCP', profile)
  const profiled = Buffer.concat([png.subarray(0, pngHeaderBytes), chunk, png.subarray(pngHeaderBytes)])
  return toPixels(sharp(profiled, { failOn: 'error' }))
}
