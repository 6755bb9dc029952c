// TIFFs of 32 bits a channel. libvips shows floating point as the light that it is, and takes whole numbers for ones from
// 0 to 255.
import type { Metadata, Sharp } from 'sharp'

/** libvips applies a profile to smaller numbers only: of light next to nothing would be left. */
export const isWide = ({ depth }: Metadata): boolean => depth === 'uint' || depth === 'float'

/** The same with its numbers where libvips expects them. */
export const scaleWide = (pipeline: Sharp, { depth, channels }: Metadata): Sharp =>
  depth === 'uint' ? pipeline.linear(repeat(2 ** -24, channels), repeat(0, channels)) : pipeline

const repeat = (value: number, times: number): number[] => Array.from({ length: times }, () => value)
