// Decoded pixels between two steps of libvips. Used by decode-image and its neighbours only.
import sharp, { type Sharp } from 'sharp'
import { planFit } from '@shoebox/shared/media/derivatives.ts'

/** Straight 8-bit RGB, with or without alpha; sRGB once decode-image has finished with it. */
export type Pixels = {
  readonly data: Buffer
  readonly widthPx: number
  readonly heightPx: number
  readonly channels: 3 | 4
}

export const toPixels = (pipeline: Sharp): Promise<Pixels> =>
  readRaw(pipeline.toColourspace('srgb').raw({ depth: 'uchar' }))

/** 16 bits a channel, as they come out of the decoder. */
export type DeepPixels = Omit<Pixels, 'data'> & { readonly data: Uint16Array }

export async function toDeepPixels(pipeline: Sharp): Promise<DeepPixels> {
  const { data, ...size } = await readRaw(pipeline.toColourspace('rgb16').raw({ depth: 'ushort' }))
  return { ...size, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) }
}

async function readRaw(raw: Sharp): Promise<Pixels> {
  const { data, info } = await raw.toBuffer({ resolveWithObject: true })
  if (info.channels !== 3 && info.channels !== 4) throw new Error(`${info.channels} channels`)
  return { data, widthPx: info.width, heightPx: info.height, channels: info.channels }
}

export const fromPixels = ({ data, widthPx, heightPx, channels }: Pixels): Sharp =>
  sharp(data, { raw: { width: widthPx, height: heightPx, channels } })

/** The same picture fitted to a smaller box; itself when it fits already. */
export async function shrink(pixels: Pixels, boxPx: number): Promise<Pixels> {
  const { widthPx, heightPx } = planFit(pixels.widthPx, pixels.heightPx, boxPx)
  if (widthPx === pixels.widthPx && heightPx === pixels.heightPx) return pixels
  return toPixels(fromPixels(pixels).resize(widthPx, heightPx, { fit: 'fill' }))
}

/** EXIF orientation as turns and mirrors, applied in this order: turn clockwise, then mirror left to right. */
const uprightMoves: Readonly<Record<number, { readonly degrees: number; readonly isMirrored: boolean }>> = {
  2: { degrees: 0, isMirrored: true },
  3: { degrees: 180, isMirrored: false },
  4: { degrees: 180, isMirrored: true },
  5: { degrees: 90, isMirrored: true },
  6: { degrees: 90, isMirrored: false },
  7: { degrees: 270, isMirrored: true },
  8: { degrees: 270, isMirrored: false },
}

export async function turnUpright(pixels: Pixels, orientation: number): Promise<Pixels> {
  const move = uprightMoves[orientation]
  if (move === undefined) return pixels
  const turned = await toPixels(fromPixels(pixels).rotate(move.degrees))
  return move.isMirrored ? toPixels(fromPixels(turned).flop()) : turned
}
