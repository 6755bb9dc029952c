// The copy of a picture that others may download: every byte of the image data as it was, and none of the metadata
// around it but what decides how it looks (its colours and which way is up). What a camera hangs behind the picture
// goes too. Called by the decoder, whose check has found the structure sound; each walk moves forward and ends.
import { layPngChunk } from '../decoder/png-chunks.ts'
import { colorTableBytes, skipSubBlocks } from '../gif-blocks.ts'
import { orientationExif, orientationSegment } from './orientation-exif.ts'

/** EXIF orientation, 1 to 8; 1 is upright. */
export type Orientation = number

export const strippableTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
export type StrippableType = (typeof strippableTypes)[number]

export const isStrippable = (type: string): type is StrippableType =>
  (strippableTypes as readonly string[]).includes(type)

/** Returns the copy in pieces, or null when the structure is not what its type says. */
export function stripPicture(file: Buffer, type: StrippableType, orientation: Orientation): Buffer[] | null {
  try {
    return strip(file, type, orientation)
  } catch (error) {
    // A length that leads out of the file.
    if (error instanceof Broken || error instanceof RangeError) return null
    throw error
  }
}

class Broken extends Error {}

function strip(file: Buffer, type: StrippableType, orientation: Orientation): Buffer[] {
  const exif = orientation === 1 ? null : orientationExif(orientation)
  switch (type) {
    case 'image/jpeg':
      return stripJpeg(file, orientation)
    case 'image/png':
      return stripPng(file, exif)
    case 'image/webp':
      return stripWebp(file, exif)
    case 'image/gif':
      return stripGif(file)
  }
}

const broken = (type: string): never => {
  throw new Broken(`the ${type} does not hold together`)
}

function stripJpeg(file: Buffer, orientation: Orientation): Buffer[] {
  const kept = [file.subarray(0, 2)]
  if (orientation !== 1) kept.push(orientationSegment(orientation))
  for (let at = 2; at + 4 <= file.length;) {
    if (file[at] !== 0xff) broken('JPEG')
    const marker = file.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return [...kept, file.subarray(at, at + 2)]
    const end = at + 2 + file.readUInt16BE(at + 2)
    if (isShownByJpeg(marker, file.subarray(at + 4, end))) kept.push(file.subarray(at, end))
    at = end
    if (marker !== 0xda) continue
    at = findNextMarker(file, end)
    kept.push(file.subarray(end, at))
  }
  // Some cameras leave the end marker out; decoders supply it, and so does the copy.
  return [...kept, Buffer.from([0xff, 0xd9])]
}

/** Past the entropy-coded data, in which 0xFF stands only before 0x00 or a restart marker. */
function findNextMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file.readUInt8(at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return file.length
}

/** Comments and all application segments go, but JFIF's density, colour profiles and Adobe's colour transform. */
function isShownByJpeg(marker: number, body: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const startsWith = (text: string) => body.toString('latin1', 0, text.length) === text
  return (
    (marker === 0xe0 && startsWith('JFIF\0')) ||
    (marker === 0xe2 && startsWith('ICC_PROFILE\0')) ||
    (marker === 0xee && startsWith('Adobe'))
  )
}

/** What draws: the image, its transparency, colours, density, and the frames of an animation. */
const pngShown = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
)

function stripPng(file: Buffer, exif: Buffer | null): Buffer[] {
  const kept = [file.subarray(0, 8)]
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    if (pngShown.has(name)) kept.push(file.subarray(at, end))
    if (name === 'IHDR' && exif !== null) kept.push(layPngChunk('eXIf', exif))
    if (name === 'IEND') return kept
    at = end
  }
  return broken('PNG')
}

const webpShown = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const webpFlags = { exif: 0x08, xmp: 0x04 }

function stripWebp(file: Buffer, exif: Buffer | null): Buffer[] {
  const kept: Buffer[] = []
  const end = Math.min(file.length, 8 + file.readUInt32LE(4))
  for (let at = 12; at + 8 <= end;) {
    const bytes = file.readUInt32LE(at + 4)
    const next = at + 8 + bytes + (bytes % 2)
    const name = file.toString('latin1', at, at + 4)
    if (name === 'VP8X') kept.push(flagExif(file.subarray(at, next), exif !== null))
    else if (webpShown.has(name)) kept.push(file.subarray(at, next))
    at = next
  }
  // A picture without VP8X had no EXIF either, so there is no orientation to keep.
  if (exif !== null && kept[0]?.toString('latin1', 0, 4) === 'VP8X') kept.push(...riffChunk('EXIF', [exif]))
  return riffChunk('RIFF', [Buffer.from('WEBP', 'latin1'), ...kept])
}

function flagExif(chunk: Buffer, hasExif: boolean): Buffer {
  const copy = Buffer.from(chunk)
  const flags = copy.readUInt8(8) & ~(webpFlags.exif | webpFlags.xmp)
  copy.writeUInt8(hasExif ? flags | webpFlags.exif : flags, 8)
  return copy
}

function riffChunk(name: string, body: readonly Buffer[]): Buffer[] {
  const bytes = body.reduce((sum, piece) => sum + piece.length, 0)
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(bytes, 4)
  return [head, ...body, Buffer.alloc(bytes % 2)]
}

const gifLooping = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0'])

function stripGif(file: Buffer): Buffer[] {
  const headEnd = 13 + colorTableBytes(file.readUInt8(10))
  const kept = [file.subarray(0, headEnd)]
  let framesEnd = 0
  for (let at = headEnd; at < file.length;) {
    const block = file.readUInt8(at)
    if (block === 0x3b) return [...kept, file.subarray(at, at + 1)]
    if (block !== 0x21 && block !== 0x2c) break
    const dataAt = block === 0x21 ? at + 2 : at + 11 + colorTableBytes(file.readUInt8(at + 9))
    const end = skipSubBlocks(file, dataAt)
    if (end > file.length || file[end - 1] !== 0) break
    if (block === 0x2c || isShownByGif(file.subarray(at, end))) kept.push(file.subarray(at, end))
    if (block === 0x2c) framesEnd = kept.length
    at = end
  }
  if (framesEnd === 0) broken('GIF')
  // Browsers end there too, whatever else may follow.
  return [...kept.slice(0, framesEnd), Buffer.from([0x3b])]
}

/** Timing and transparency stay, and how often an animation loops; comments and other programs' data go. */
const isShownByGif = (extension: Buffer): boolean =>
  extension[1] === 0xf9 || (extension[1] === 0xff && gifLooping.has(extension.toString('latin1', 3, 14)))
