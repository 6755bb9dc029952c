// What the numbers of a picture mean where it says so in the codes of films (ISO/IEC 23091-2): an AVIF or HEIC without a
// colour profile in its `nclx` property (ISO/IEC 23008-12), a PNG in its `cICP` chunk. Without this, pictures in PQ and
// HLG come out grey and dull, wide colours pale.
import { mapTones, type Transfer, type WideGamut } from '../../video/frame/tone-map.ts'
import { findMainColors } from '../heif-items.ts'
import type { DeepPixels, Pixels } from './pixels.ts'
import { findPngChunk } from './png-chunks.ts'

export type StatedLight = { readonly transfer: Transfer; readonly gamut: WideGamut | null }

const transferByCode: Readonly<Record<number, Transfer>> = { 16: 'pq', 18: 'hlg' }
const gamutByCode: Readonly<Record<number, WideGamut>> = { 9: 'bt2020', 11: 'display-p3', 12: 'display-p3' }

/** Null for a picture that can be shown as it is, and for one whose boxes cannot be followed. */
export function findStatedLight(file: Buffer): StatedLight | null {
  const colors = findMainColors(file)
  const transfer = transferByCode[colors?.readUInt16BE(6) ?? 0] ?? 'sdr'
  const gamut = gamutByCode[colors?.readUInt16BE(4) ?? 0] ?? null
  return notPlain({ transfer, gamut })
}

/** Browsers are exact about the curve of films in a PNG, and nowhere else. */
const pngTransferByCode: Readonly<Record<number, Transfer>> = {
  ...transferByCode,
  ...{ 1: 'bt1886', 4: 'sdr', 6: 'bt1886', 8: 'linear', 13: 'sdr', 14: 'bt1886', 15: 'bt1886' },
}
const narrowGamuts: ReadonlySet<number> = new Set([1, 5, 6, 7])

/**
 * Before every other chunk that says something of colours (PNG, third edition, 4.3). Null light is shown as it is; null
 * where there is no such chunk, and where browsers pass over it: of brightness in parts of the range, of codes for none.
 */
export function findPngLight(png: Buffer): { readonly light: StatedLight | null } | null {
  const codes = findPngChunk(png, 'cICP')
  if (codes?.length !== 4) return null
  const [primaries = 0, curve = 0, matrix, isFullRange] = codes
  const transfer = pngTransferByCode[curve]
  const gamut = gamutByCode[primaries] ?? null
  if (transfer === undefined || (gamut === null && !narrowGamuts.has(primaries))) return null
  return matrix === 0 && isFullRange === 1 ? { light: notPlain({ transfer, gamut }) } : null
}

const notPlain = (light: StatedLight): StatedLight | null =>
  light.transfer === 'sdr' && light.gamut === null ? null : light

export function showLight({ data, channels, widthPx, heightPx }: DeepPixels, { transfer, gamut }: StatedLight): Pixels {
  return { data: Buffer.from(mapTones(data, transfer, gamut, channels).buffer), channels, widthPx, heightPx }
}
