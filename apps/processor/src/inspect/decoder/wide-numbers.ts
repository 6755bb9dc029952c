// TIFFs of 32 bits a channel. libvips shows floating point in colour as the light that it is, and takes whole numbers and
// grey for ones from 0 to 255.
import type { Metadata, Sharp } from 'sharp'
import { toPixels } from './pixels.ts'

/** libvips applies a profile to smaller numbers only: of light next to nothing would be left. */
export const isWide = ({ depth }: Metadata): boolean => depth === 'uint' || depth === 'float'

/** The same with its numbers where libvips expects them. */
export async function scaleWide(open: () => Sharp, metadata: Metadata): Promise<() => Sharp> {
  const { depth, channels } = metadata
  const scale = (pipeline: Sharp, factor: number) => pipeline.linear(repeat(factor, channels), repeat(0, channels))
  if (depth === 'uint') return () => scale(open(), 2 ** -24)
  return (await isGreyLight(open, metadata)) ? () => scale(open().gamma(1, screenGamma), 255) : open
}

const screenGamma = 2.2

/** Editors write grey as light from 0 to 1, programs that measure write whatever they measure: the brightest tells. */
async function isGreyLight(open: () => Sharp, { depth, space }: Metadata): Promise<boolean> {
  if (depth !== 'float' || space !== 'b-w') return false
  const { data } = await toPixels(open().resize(probePx, probePx, { fit: 'inside' }))
  return data.every((number) => number <= 1)
}

const probePx = 64

const repeat = (value: number, times: number): number[] => Array.from({ length: times }, () => value)
