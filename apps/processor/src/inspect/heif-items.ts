// The items of an AVIF or HEIC file (ISO/IEC 23008-12), as far as is asked here: which of them is the picture, how it is
// coded, and what is said about it. Used by detection, which sees the beginning of a file, and by the decoder.
import { BoxRegion, readBox, type Box } from '../video/play/boxes.ts'

type Span = Pick<Box, 'bodyStart' | 'end'>

/** Behind version and flags. */
const inFullBox = (box: Box): Span => ({ bodyStart: box.bodyStart + 4, end: box.end })

const boxesMax = 64

/** The first box of this type beside `ftyp`; null where the file, as far as it is here, holds no whole one. */
export function findTopBox(file: Buffer, type: string): Box | null {
  for (let at = 0, count = 0; at + 8 <= file.length && count < boxesMax; count += 1) {
    const box = readBox(file.subarray(at, at + 16), at, file.length)
    if (box === null || box.end > file.length) return null
    if (box.type === type) return box
    at = box.end
  }
  return null
}

/** Made of other items: a grid of tiles, layers, the same turned, a picture and the map that brightens it. */
const derivedTypes = new Set(['grid', 'iovl', 'iden', 'tmap'])
const derivationsMax = 4

/** The codec of the main picture, as the four letters of its item: `hvc1`, `av01` …; null where nothing tells. */
export const findMainCodec = (file: Buffer): string | null => unlessBroken(() => readMainCodec(file))

/** The body of the main picture's `colr` box, if it is of the kind that names numbers. */
export const findMainColors = (file: Buffer): Buffer | null => unlessBroken(() => readMainColors(file))

/** Null for boxes that are shorter than they have to be. */
function unlessBroken<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function readMainCodec(file: Buffer): string | null {
  const meta = findTopBox(file, 'meta')
  if (meta === null) return null
  const region = new BoxRegion(file, 0)
  const types = readItemTypes(file, region, meta)
  let id = readMainId(file, region, meta)
  for (let step = 0; step < derivationsMax; step += 1) {
    const type = types.get(id ?? 0) ?? null
    if (id === null || type === null || !derivedTypes.has(type)) return type
    id = findSource(file, region, meta, id)
  }
  return null
}

/** Where the bytes of an item lie in the file, and what kind of item it is. */
export type ItemBytes = { readonly type: string; readonly start: number; readonly end: number }

/** Twice what the decoder takes. Where they take no bytes to write, a small file can list billions. */
const extentsMax = 2 ** 16

/** The bytes of every item; null where the file does not say, or says what cannot be. */
export const listItemBytes = (file: Buffer): ItemBytes[] | null => unlessBroken(() => readItemBytes(file))

function readItemBytes(file: Buffer): ItemBytes[] | null {
  const meta = findTopBox(file, 'meta')
  if (meta === null) return null
  const region = new BoxRegion(file, 0)
  const iloc = region.find(inFullBox(meta), 'iloc')
  if (iloc === null) return null
  const types = readItemTypes(file, region, meta)
  const idatStart = region.find(inFullBox(meta), 'idat')?.bodyStart ?? 0
  const version = file.readUInt8(iloc.bodyStart)
  let at = iloc.bodyStart + 4
  const read = (bytes: number): number => {
    at += bytes
    if (at > iloc.end) throw new RangeError('iloc is too short')
    if (bytes === 0) return 0
    return bytes === 8 ? Number(file.readBigUInt64BE(at - 8)) : file.readUIntBE(at - bytes, bytes)
  }
  const [lengths, more] = [read(1), read(1)]
  const [offsetBytes, lengthBytes, baseBytes] = [lengths >> 4, lengths & 15, more >> 4]
  const indexBytes = version === 0 ? 0 : more & 15
  const found: ItemBytes[] = []
  for (let left = read(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const type = types.get(read(version < 2 ? 2 : 4)) ?? ''
    const isInIdat = version > 0 && (read(2) & 15) === 1
    read(2)
    const base = read(baseBytes) + (isInIdat ? idatStart : 0)
    for (let extents = read(2); extents > 0; extents -= 1) {
      read(indexBytes)
      const start = base + read(offsetBytes)
      const bytes = read(lengthBytes)
      if (found.push({ type, start, end: bytes === 0 ? file.length : start + bytes }) > extentsMax)
        throw new RangeError('too many extents')
    }
  }
  return found
}

function readMainId(file: Buffer, region: BoxRegion, meta: Box): number | null {
  const pitm = region.find(inFullBox(meta), 'pitm')
  return pitm === null ? null : readId(file, pitm.bodyStart + 4, file[pitm.bodyStart] !== 0)
}

const readId = (file: Buffer, at: number, isWide: boolean): number =>
  isWide ? file.readUInt32BE(at) : file.readUInt16BE(at)

function readItemTypes(file: Buffer, region: BoxRegion, meta: Box): Map<number, string> {
  const types = new Map<number, string>()
  const iinf = region.find(inFullBox(meta), 'iinf')
  if (iinf === null) return types
  const first = iinf.bodyStart + (file[iinf.bodyStart] === 0 ? 6 : 8)
  for (const infe of region.boxes(first, iinf.end)) {
    const version = file[infe.bodyStart] ?? 0
    // The first two versions name no type: no picture was ever stored with them.
    if (infe.type !== 'infe' || version < 2) continue
    const isWide = version > 2
    const typeAt = infe.bodyStart + (isWide ? 10 : 8)
    types.set(readId(file, infe.bodyStart + 4, isWide), region.type(typeAt))
  }
  return types
}

/** The first item that a derived one is made of. */
function findSource(file: Buffer, region: BoxRegion, meta: Box, id: number): number | null {
  const iref = region.find(inFullBox(meta), 'iref')
  if (iref === null) return null
  const isWide = file[iref.bodyStart] !== 0
  const idBytes = isWide ? 4 : 2
  for (const { type, bodyStart } of region.boxes(iref.bodyStart + 4, iref.end))
    if (type === 'dimg' && readId(file, bodyStart, isWide) === id) return readId(file, bodyStart + idBytes + 2, isWide)
  return null
}

/** The name, and three numbers of two bytes. */
const nclxBytes = 10

function readMainColors(file: Buffer): Buffer | null {
  const meta = findTopBox(file, 'meta')
  if (meta === null) return null
  const region = new BoxRegion(file, 0)
  const iprp = region.find(inFullBox(meta), 'iprp')
  const [ipco, ipma] = [iprp && region.find(iprp, 'ipco'), iprp && region.find(iprp, 'ipma')]
  const mainId = readMainId(file, region, meta)
  if (mainId === null || ipco === null || ipma === null) return null
  const properties = [...region.boxes(ipco.bodyStart, ipco.end)]
  const body = listProperties(file, ipma, mainId)
    .map((index) => properties[index - 1])
    .filter((property) => property?.type === 'colr')
    .map((property) => file.subarray(property?.bodyStart, property?.end))
    .find((colr) => colr.toString('latin1', 0, 4) === 'nclx' && colr.length >= nclxBytes)
  return body ?? null
}

/** Numbers, from 1, of the properties that belong to an item. */
function listProperties(file: Buffer, ipma: Box, itemId: number): number[] {
  const [version, areWide] = [file[ipma.bodyStart] ?? 0, ((file[ipma.bodyStart + 3] ?? 0) & 1) === 1]
  let at = ipma.bodyStart + 8
  while (at < ipma.end) {
    const id = readId(file, at, version !== 0)
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
