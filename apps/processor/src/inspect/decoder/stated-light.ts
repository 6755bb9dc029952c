// What the numbers of an AVIF or HEIC picture mean where it carries no colour profile: its `nclx` property (ISO/IEC
// 23008-12 and 23091-2). Without this, pictures in PQ and HLG come out grey and dull, wide colours pale.
import { BoxRegion, readBox, type Box } from '../../video/play/boxes.ts'
import { mapTones, type Transfer, type WideGamut } from '../../video/frame/tone-map.ts'

export type StatedLight = { readonly transfer: Transfer; readonly gamut: WideGamut | null }

const transferByCode: Readonly<Record<number, Transfer>> = { 16: 'pq', 18: 'hlg' }
const gamutByCode: Readonly<Record<number, WideGamut>> = { 9: 'bt2020', 11: 'display-p3', 12: 'display-p3' }

/** Null for a picture that can be shown as it is, and for one whose boxes cannot be followed. */
export function findStatedLight(file: Buffer): StatedLight | null {
  try {
    const colors = findMainColors(file)
    const transfer = transferByCode[colors?.readUInt16BE(6) ?? 0] ?? 'sdr'
    const gamut = gamutByCode[colors?.readUInt16BE(4) ?? 0] ?? null
    return transfer === 'sdr' && gamut === null ? null : { transfer, gamut }
  } catch (error) {
    // A box that is shorter than it has to be.
    if (error instanceof RangeError) return null
    throw error
  }
}

const boxesMax = 64

/** The body of the main picture's `colr` box, if it is of the kind that names numbers. */
function findMainColors(file: Buffer): Buffer | null {
  const meta = findTopBox(file, 'meta')
  if (meta === null) return null
  const region = new BoxRegion(file, 0)
  const inside = { bodyStart: meta.bodyStart + 4, end: meta.end }
  const [pitm, iprp] = [region.find(inside, 'pitm'), region.find(inside, 'iprp')]
  const ipco = iprp === null ? null : region.find(iprp, 'ipco')
  const ipma = iprp === null ? null : region.find(iprp, 'ipma')
  if (pitm === null || ipco === null || ipma === null) return null
  const mainId = file[pitm.bodyStart] === 0 ? file.readUInt16BE(pitm.bodyStart + 4) : region.uint32(pitm.bodyStart + 4)
  const properties = [...region.boxes(ipco.bodyStart, ipco.end)]
  const body = listProperties(file, ipma, mainId)
    .map((index) => properties[index - 1])
    .filter((property) => property?.type === 'colr')
    .map((property) => file.subarray(property?.bodyStart, property?.end))
    .find((colr) => colr.toString('latin1', 0, 4) === 'nclx')
  return body ?? null
}

function findTopBox(file: Buffer, type: string): Box | null {
  for (let at = 0, count = 0; at + 8 <= file.length && count < boxesMax; count += 1) {
    const box = readBox(file.subarray(at, at + 16), at, file.length)
    if (box === null || box.end > file.length) return null
    if (box.type === type) return box
    at = box.end
  }
  return null
}

/** Numbers, from 1, of the properties that belong to an item. */
function listProperties(file: Buffer, ipma: Box, itemId: number): number[] {
  const [version, areWide] = [file[ipma.bodyStart] ?? 0, ((file[ipma.bodyStart + 3] ?? 0) & 1) === 1]
  let at = ipma.bodyStart + 8
  while (at < ipma.end) {
    const id = version === 0 ? file.readUInt16BE(at) : file.readUInt32BE(at)
    at += version === 0 ? 2 : 4
    const count = file.readUInt8(at)
    const first = at + 1
    const bytes = areWide ? 2 : 1
    at = first + count * bytes
    if (id !== itemId) continue
    // The highest bit says whether a reader has to understand the property.
    return Array.from({ length: count }, (_, n) =>
      areWide ? file.readUInt16BE(first + 2 * n) & 0x7fff : file.readUInt8(first + n) & 0x7f,
    )
  }
  return []
}

/** @param rgb16 16 bits a channel, without alpha */
export const showLight = (rgb16: Uint16Array, { transfer, gamut }: StatedLight): Buffer =>
  Buffer.from(mapTones(rgb16, transfer, gamut).buffer)
