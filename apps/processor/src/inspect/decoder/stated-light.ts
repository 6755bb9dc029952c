// What the numbers of an AVIF or HEIC picture mean where it carries no colour profile: its `nclx` property (ISO/IEC
// 23008-12 and 23091-2). Without this, pictures in PQ and HLG come out grey and dull, wide colours pale.
import { mapTones, type Transfer, type WideGamut } from '../../video/frame/tone-map.ts'
import { findMainColors } from '../heif-items.ts'

export type StatedLight = { readonly transfer: Transfer; readonly gamut: WideGamut | null }

const transferByCode: Readonly<Record<number, Transfer>> = { 16: 'pq', 18: 'hlg' }
const gamutByCode: Readonly<Record<number, WideGamut>> = { 9: 'bt2020', 11: 'display-p3', 12: 'display-p3' }

/** Null for a picture that can be shown as it is, and for one whose boxes cannot be followed. */
export function findStatedLight(file: Buffer): StatedLight | null {
  const colors = findMainColors(file)
  const transfer = transferByCode[colors?.readUInt16BE(6) ?? 0] ?? 'sdr'
  const gamut = gamutByCode[colors?.readUInt16BE(4) ?? 0] ?? null
  return transfer === 'sdr' && gamut === null ? null : { transfer, gamut }
}

/** @param rgb16 16 bits a channel, without alpha */
export const showLight = (rgb16: Uint16Array, { transfer, gamut }: StatedLight): Buffer =>
  Buffer.from(mapTones(rgb16, transfer, gamut).buffer)
