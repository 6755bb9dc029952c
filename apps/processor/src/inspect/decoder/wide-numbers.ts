// TIFFs of 32 bits a channel. libvips shows floating point in colour as the light that it is, and takes whole numbers and
// grey for ones from 0 to 255.
import type { Metadata, Sharp } from 'sharp'
import { isMultipliedByAlpha } from '../tiff-tags.ts'
import { toPixels, type Pixels } from './pixels.ts'
import { openFile } from './read-header.ts'

/**
 * All of a picture whose numbers are not where libvips expects them; null for others. Nothing else may be done to it
 * before: sharp would print such inks, lay such alpha on white and shrink it as if of 8 bits.
 */
export async function readWide(file: Buffer, metadata: Metadata): Promise<Pixels | null> {
  const { depth, space, channels } = metadata
  const open = () => openFile(file, true).pipelineColourspace(space)
  const scale = (pipeline: Sharp, factor: number) =>
    toPixels(pipeline.linear(repeat(factor, channels), repeat(0, channels)))
  // What is multiplied by alpha libvips divides by it as it reads, and counts that up to 255.
  if (depth === 'uint') return isMultipliedByAlpha(file) ? toPixels(open()) : scale(open(), 2 ** -24)
  return (await isGreyLight(open, metadata)) ? scale(open().gamma(1, screenGamma), 255) : null
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
