// The first directory of a TIFF (TIFF 6.0, section 2). Tells raw files, which open as TIFF with a thumbnail, from
// pictures, and lays the words of a camera into a block as small as that of a JPEG: a tag may be as large as the file,
// and exif-reader reads every one.

type Entry = { readonly tag: number; readonly type: number; readonly count: number; readonly value: Buffer }

const tags = {
  subfileType: 254,
  compression: 259,
  make: 271,
  model: 272,
  moment: 306,
  extraSamples: 338,
  exif: 34_665,
  gps: 34_853,
} as const

/** By type, from 1: the bytes of one value. */
const valueBytes = [1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
const valueBytesMax = 1024
const entriesMax = 256

/** True when the first picture of the file is a small one of another: cameras' raw files. */
export function opensAsRaw(head: Buffer): boolean {
  if (head.toString('latin1', 8, 12) === 'IIII') return true
  const kind = readDirectory(head, 4)?.find(({ tag }) => tag === tags.subfileType)
  return kind !== undefined && (readNumber(head, kind) & 1) === 1
}

const packings = { lzw: 5, lzma: 34_925 } as const

export const isPackedByLzw = (file: Buffer): boolean => isPackedAs(file, packings.lzw)

/** True when the pixels of the file are XZ archives in themselves: a form that libtiff invented and few read. */
export const isPackedAsXz = (file: Buffer): boolean => isPackedAs(file, packings.lzma)

function isPackedAs(file: Buffer, number: number): boolean {
  const packing = readDirectory(file, 4)?.find(({ tag }) => tag === tags.compression)
  return packing !== undefined && readNumber(file, packing) === number
}

/** True when alpha is the first channel behind the colours, and those count as multiplied by it (TIFF 6.0, section 18). */
export function isMultipliedByAlpha(file: Buffer): boolean {
  const extra = readDirectory(file, 4)?.find(({ tag }) => tag === tags.extraSamples)
  return extra !== undefined && readNumber(file, extra) === 1
}

/** The tags that a camera writes, as an Exif block; undefined when there are none that can be read. */
export function collectTags(file: Buffer): Buffer | undefined {
  const image = readDirectory(file, 4)
  if (image === null) return undefined
  const kept = image.filter(({ tag }) => tag === tags.make || tag === tags.model || tag === tags.moment)
  const parts = [file.subarray(0, 8)]
  let end = 8
  for (const tag of [tags.exif, tags.gps]) {
    const pointer = image.find((entry) => entry.tag === tag)
    const entries = pointer === undefined ? null : readDirectory(file, readNumber(file, pointer), true)
    if (entries === null) continue
    const directory = layDirectory(file, entries, end)
    kept.push({ tag, type: 4, count: 1, value: number32(file, end) })
    parts.push(directory)
    end += directory.length
  }
  parts[0] = Buffer.concat([file.subarray(0, 4), number32(file, end)])
  return kept.length === 0 ? undefined : Buffer.concat([...parts, layDirectory(file, kept, end)])
}

const isLittle = (file: Buffer): boolean => file[0] === 0x49
const viewOf = (file: Buffer): DataView => new DataView(file.buffer, file.byteOffset, file.length)

function number32(file: Buffer, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  viewOf(bytes).setUint32(0, value, isLittle(file))
  return bytes
}

const readNumber = (file: Buffer, { type, value }: Entry): number =>
  type === 3 ? viewOf(value).getUint16(0, isLittle(file)) : viewOf(value).getUint32(0, isLittle(file))

/** Null for what is no directory. @param at where its offset stands, or where it begins itself */
function readDirectory(file: Buffer, at: number, isItself = false): Entry[] | null {
  try {
    const view = viewOf(file)
    const little = isLittle(file)
    const start = isItself ? at : view.getUint32(at, little)
    const count = Math.min(entriesMax, view.getUint16(start, little))
    return Array.from({ length: count }, (_, n) => readEntry(file, view, start + 2 + 12 * n)).filter(
      (entry) => entry !== null,
    )
  } catch (error) {
    // It points out of the file.
    if (error instanceof RangeError) return null
    throw error
  }
}

function readEntry(file: Buffer, view: DataView, at: number): Entry | null {
  const little = isLittle(file)
  const [tag, type, count] = [
    view.getUint16(at, little),
    view.getUint16(at + 2, little),
    view.getUint32(at + 4, little),
  ]
  const bytes = (valueBytes[type - 1] ?? Number.NaN) * count
  if (!(bytes <= valueBytesMax)) return null
  const start = bytes <= 4 ? at + 8 : view.getUint32(at + 8, little)
  const value = file.subarray(start, start + Math.max(4, bytes))
  return value.length < bytes ? null : { tag, type, count, value }
}

function layDirectory(file: Buffer, entries: readonly Entry[], start: number): Buffer {
  const little = isLittle(file)
  const table = Buffer.alloc(2 + 12 * entries.length + 4)
  const view = viewOf(table)
  view.setUint16(0, entries.length, little)
  const values: Buffer[] = []
  let end = start + table.length
  for (const [n, { tag, type, count, value }] of entries.entries()) {
    const at = 2 + 12 * n
    view.setUint16(at, tag, little)
    view.setUint16(at + 2, type, little)
    view.setUint32(at + 4, count, little)
    if (value.length <= 4) value.copy(table, at + 8)
    else {
      view.setUint32(at + 8, end, little)
      values.push(value)
      end += value.length
    }
  }
  return Buffer.concat([table, ...values])
}
