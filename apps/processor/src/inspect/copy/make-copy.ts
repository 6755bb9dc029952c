// What others may download of a picture: the file without its metadata where that can be taken out of it, a JPEG of the
// full size for all other kinds. Called by decode-image, after everything people are shown was made.
import type { Sharp } from 'sharp'
import { isStrippable, stripPicture, type Orientation } from './strip-picture.ts'
import { addProfile } from './add-profile.ts'
import { orientationSegment } from './orientation-exif.ts'
import type { DecodableType, PictureCopy } from '../decoder/picture.ts'

export type CopySource = {
  readonly file: Buffer
  readonly type: DecodableType
  readonly orientation: Orientation
  /** The picture as it lies in the file, in full size; turned by nobody. */
  readonly openWhole: () => Promise<Sharp>
  /** The profile that those pixels are still to be seen with. */
  readonly icc: Buffer | null
  readonly passSeconds: number
}

const jpegQuality = 90
/** JPEG has 16 bits for a side. */
const sidePxMax = 65_500

export async function makeCopy(source: CopySource): Promise<PictureCopy> {
  const { file, type, orientation } = source
  if (isStrippable(type)) {
    const pieces = stripPicture(file, type, orientation)
    // Null: it decodes, and its structure is not what its type says. Nothing unknown goes into a copy.
    if (pieces !== null) return { type, pieces }
  }
  return { type: 'image/jpeg', pieces: [await encodeWhole(source)] }
}

async function encodeWhole({ openWhole, orientation, icc, passSeconds }: CopySource): Promise<Buffer> {
  const whole = (await openWhole())
    .flatten({ background: '#ffffff' })
    .resize(sidePxMax, sidePxMax, { fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: passSeconds })
    .jpeg({ quality: jpegQuality })
  const body = await whole.toBuffer()
  const profiled = icc === null ? body : addProfile(body, icc)
  // Not by sharp: to keep one tag it keeps all that the file says, place and owner too.
  return orientation === 1 ? profiled : addOrientation(profiled, orientation)
}

const addOrientation = (jpeg: Buffer, orientation: Orientation): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), orientationSegment(orientation), jpeg.subarray(2)])
