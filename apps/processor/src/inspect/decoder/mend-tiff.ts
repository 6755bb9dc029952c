// Leaves out of a TIFF what does not draw. libtiff refuses a whole picture for a tag that others pass over: layers that
// an editor keeps beside the picture, once they take more than it may hold, a turn or a unit that does not exist. Called
// by decode-image, after a failure, which has searched all of the file by then; the left out bytes stay where they are.
import { isPackedByLzw } from '../tiff-tags.ts'

/** Where TIFF 6.0 (section 2) and BigTIFF, which is number 43, keep what. */
const forms = {
  classic: { startAt: 4, countBytes: 2, entryBytes: 12, offsetBytes: 4 },
  big: { startAt: 8, countBytes: 8, entryBytes: 20, offsetBytes: 8 },
} as const
const bigNumber = 43
/** More than any writer makes. */
const entriesMax = 4096

/** Sizes, packing, colours and where the pixels lie. */
const drawing: ReadonlySet<number> = new Set([
  256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325, 332, 334, 338, 339,
  347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34_675, 37_439,
])
/** Camera, moment and place, which are read besides. */
const told: ReadonlySet<number> = new Set([271, 272, 306, 700, 34_665, 34_853])
const toldCountMax = 65_536
const orientation = 274

/** Null where there is nothing to mend, and where its first directory cannot be followed. */
export function mendTiff(file: Buffer): Buffer | null {
  try {
    const left = leaveOut(file)
    return isPackedByLzw(file) ? lendByte(left ?? file) : left
  } catch (error) {
    // It points out of the file.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The last byte of LZW says no more than that it ends: some writers count it and do not write it. */
const lendByte = (file: Buffer): Buffer => Buffer.concat([file, Buffer.alloc(1)])

function leaveOut(file: Buffer): Buffer | null {
  const view = viewOf(file)
  const isLittle = file[0] === 0x49
  const isBig = view.getUint16(2, isLittle) === bigNumber
  const { startAt, countBytes, entryBytes, offsetBytes } = isBig ? forms.big : forms.classic
  const start = isBig ? Number(view.getBigUint64(startAt, isLittle)) : view.getUint32(startAt, isLittle)
  const count = isBig ? Number(view.getBigUint64(start, isLittle)) : view.getUint16(start, isLittle)
  const end = start + countBytes + count * entryBytes
  if (count > entriesMax || end + offsetBytes > file.length) return null
  const entries = Array.from({ length: count }, (_, n) => {
    const at = start + countBytes + n * entryBytes
    return file.subarray(at, at + entryBytes)
  })
  const kept = entries.filter((entry) => isNeeded(viewOf(entry), isLittle, isBig))
  if (kept.length === count) return null
  const counted = Buffer.alloc(countBytes)
  if (isBig) viewOf(counted).setBigUint64(0, BigInt(kept.length), isLittle)
  else viewOf(counted).setUint16(0, kept.length, isLittle)
  const directory = Buffer.concat([counted, ...kept, file.subarray(end, end + offsetBytes)])
  return Buffer.concat([file.subarray(0, start), directory, file.subarray(start + directory.length)])
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

function isNeeded(entry: DataView, isLittle: boolean, isBig: boolean): boolean {
  const tag = entry.getUint16(0, isLittle)
  if (tag === orientation) {
    const turn = entry.getUint16(isBig ? 12 : 8, isLittle)
    return turn >= 1 && turn <= 8
  }
  const count = isBig ? Number(entry.getBigUint64(4, isLittle)) : entry.getUint32(4, isLittle)
  return drawing.has(tag) || (told.has(tag) && count <= toldCountMax)
}
