// What others do with the same picture, and the least that libvips itself must do. Used by B1, and by B18 for their sizes.
import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { decodeHeif } from '@shoebox/processor/src/inspect/decoder/decode-heif.ts'
import { fromPixels } from '@shoebox/processor/src/inspect/decoder/pixels.ts'

const thumbhashOf = async (image: Sharp): Promise<Uint8Array> => {
  const small = image.resize(100, 100, { fit: 'inside' }).ensureAlpha().raw()
  const { data, info } = await small.toBuffer({ resolveWithObject: true })
  return rgbaToThumbHash(info.width, info.height, data)
}

const immichFit = { fit: 'outside', withoutEnlargement: true } as const
const immichJpeg = { quality: 80, chromaSubsampling: '4:4:4' } as const

/** Immich keeps wide-gamut pictures wide, in a 16-bit pipeline; by default everything that is not sRGB counts as such. */
async function findImmichColors(file: Buffer) {
  const isWide = (await sharp(file).metadata()).icc !== undefined
  const [pipeline, profile] = isWide ? (['rgb16', 'p3'] as const) : (['srgb', 'srgb'] as const)
  return (image: Sharp) => image.pipelineColourspace(pipeline).withIccProfile(profile)
}

/** Immich's outputs (1440 px JPEG, 250 px WebP, thumbhash, at its default settings), each decoded from the file. */
export async function renderLikeImmichOnce(file: Buffer): Promise<void> {
  const color = await findImmichColors(file)
  const open = () => color(sharp(file, { failOn: 'error', limitInputPixels: false }).autoOrient())
  await open().resize(1440, 1440, immichFit).jpeg(immichJpeg).toBuffer()
  await open().resize(250, 250, immichFit).webp({ quality: 80 }).toBuffer()
  await thumbhashOf(open())
}

/** The same outputs as newer versions of Immich make them: one decode to 1440 px, and the rest from those pixels. */
export async function renderLikeImmich(file: Buffer): Promise<{ preview: Buffer; thumbnail: Buffer }> {
  const color = await findImmichColors(file)
  const decoded = color(sharp(file, { failOn: 'error', limitInputPixels: false }).autoOrient())
  const { data, info } = await decoded.resize(1440, 1440, immichFit).raw().toBuffer({ resolveWithObject: true })
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } } as const
  const [preview, thumbnail] = await Promise.all([
    color(sharp(data, raw)).jpeg(immichJpeg).toBuffer(),
    color(sharp(data, raw)).resize(250, 250, immichFit).webp({ quality: 80 }).toBuffer(),
    thumbhashOf(sharp(data, raw)),
  ])
  return { preview, thumbnail }
}

/** The usual handler: the whole file in a buffer, and a pipeline with default settings for each output. */
export async function renderPerOutput(file: Buffer): Promise<void> {
  for (const boxPx of [1600, 640, 320]) {
    await sharp(file, { limitInputPixels: false })
      .autoOrient()
      .resize(boxPx, boxPx, { fit: 'inside' })
      .webp({ quality: 80 })
      .toBuffer()
  }
  await thumbhashOf(sharp(file, { limitInputPixels: false }))
}

/** One decode to the largest output, then the encodes and nothing else: no checks, no hash, no colour. */
export async function renderFromOneDecode(file: Buffer): Promise<void> {
  await encodeAll(sharp(file, { limitInputPixels: false, sequentialRead: true }))
}

/** The same of a picture that sharp does not decode: libheif, and nothing around it. */
export async function renderFromOneHeif(file: Buffer): Promise<void> {
  const { width, height } = await sharp(file).metadata()
  await encodeAll(fromPixels(await decodeHeif(file, { widthPx: width, heightPx: height, hasAlpha: false })))
}

async function encodeAll(picture: Sharp): Promise<void> {
  const { data, info } = await picture
    .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } } as const
  await sharp(data, raw).webp({ quality: 80, effort: 2 }).toBuffer()
  await sharp(data, raw).resize(640, 640, { fit: 'inside' }).webp({ quality: 76, effort: 2 }).toBuffer()
  await sharp(data, raw).resize(320, 320, { fit: 'inside' }).webp({ quality: 72, effort: 2 }).toBuffer()
}
