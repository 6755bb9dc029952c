// Makes the pictures people are shown, from the pixels of the largest one; and the moving preview, which is decoded once
// more, frame by frame. Called by decode-image.
import sharp from 'sharp'
import { derivatives, planFit, type DerivativeName } from '@shoebox/shared/media/derivatives.ts'
import { smallBoxPx } from './describe-colors.ts'
import { isWantOfMemory } from './judge-failure.ts'
import { makeFingerprint } from './make-fingerprint.ts'
import type { EncodedDerivative } from './picture.ts'
import { fromPixels, shrink, type Pixels } from './pixels.ts'
import type { Header } from './read-header.ts'
import { walkImage } from './walk-image.ts'

/** WebP effort 2 takes half the time of the default and makes files 2 % larger. */
const webpEffort = 2

/** Up to here lossless costs nothing, and lossy WebP, which halves the resolution of colour, spoils small drawings. */
const losslessPixelsMax = 128 * 128

/**
 * The moving preview; null when encoding it would take too long, and when a later frame of a GIF that goes on to its end
 * is broken, as browsers pass over it too.
 */
export async function encodeAnimation(
  file: Buffer,
  header: Header,
  seconds: number,
): Promise<EncodedDerivative | null> {
  const { boxPx, quality } = derivatives.preview
  const size = planFit(header.widthPx, header.heightPx, boxPx)
  const endMs = performance.now() + seconds * 1000
  try {
    const body = await sharp(file, { failOn: 'error', limitInputPixels: false, animated: true })
      .resize(size.widthPx, size.heightPx, { fit: 'fill' })
      .timeout({ seconds })
      .webp({ quality, effort: webpEffort })
      .toBuffer()
    return { name: 'preview', ...size, body }
  } catch (error) {
    if (isWantOfMemory(error)) throw error
    // By the clock: what libvips says may be another thread's, or nothing.
    const isTooLong = performance.now() >= endMs
    const isOnlyBroken = header.metadata.format === 'gif' && walkImage(file, 'image/gif').end !== null
    if (isTooLong || isOnlyBroken) return null
    throw error
  }
}

/** Each output is made from the pixels of the next larger one: to shrink 1600 px three times costs more than an encode. */
export async function encodeDerivatives(largest: Pixels, animation: EncodedDerivative | null) {
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
