// Makes libvips show a GIF as browsers do: what no frame paints, or what a frame clears behind itself, is transparent.
// libvips clears to the background colour that the file names, and drops transparency, unless a frame says that one of
// its colours stands for it. So a frame is told so, of a colour that none of its pixels has. Called by decode-image.
import { colorTableBytes, skipSubBlocks } from '../gif-blocks.ts'

type Frame = {
  /** Where its image descriptor begins. */
  readonly at: number
  /** Where its graphic control extension begins; null where it has none. */
  readonly controlAt: number | null
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Where its packed pixels begin: the first sub-block, behind the size of the smallest code. */
  readonly packedAt: number
  readonly codeBits: number
}

const headerBytes = 13
const controlBytes = 8
const descriptorBytes = 10
const clearsBehindItself = 2

/** The file itself where nothing of it is left unpainted, and where it cannot be followed. */
export function mendGif(file: Buffer): Buffer {
  const frames = listFrames(file)
  const unpainted = frames.filter((frame, n) => leavesHole(file, frame, n === 0, frames[n + 1]))
  // One frame that is transparent somewhere is enough for what is never painted, not for what is cleared.
  const [first] = frames
  const needed = unpainted.filter((frame) => frame !== first || !frames.some((one) => isTransparent(file, one)))
  return needed.length === 0 ? file : tellTransparent(file, needed)
}

function leavesHole(file: Buffer, frame: Frame, isFirst: boolean, next: Frame | undefined): boolean {
  const canvas = { left: 0, top: 0, right: file.readUInt16LE(6), bottom: file.readUInt16LE(8) }
  if (isFirst && !covers(frame, canvas)) return true
  if (next === undefined || frame.controlAt === null || isTransparent(file, frame)) return false
  const disposal = (file.readUInt8(frame.controlAt + 3) >> 2) & 7
  return disposal === clearsBehindItself && (!covers(next, frame) || isTransparent(file, next))
}

type Area = Pick<Frame, 'left' | 'top' | 'right' | 'bottom'>

const covers = (one: Area, other: Area): boolean =>
  one.left <= other.left && one.top <= other.top && one.right >= other.right && one.bottom >= other.bottom

const isTransparent = (file: Buffer, { controlAt }: Frame): boolean =>
  controlAt !== null && (file.readUInt8(controlAt + 3) & 1) === 1

function listFrames(file: Buffer): Frame[] {
  const frames: Frame[] = []
  if (file.length < headerBytes) return frames
  let controlAt: number | null = null
  let at = headerBytes + colorTableBytes(file.readUInt8(10))
  while (at + descriptorBytes < file.length) {
    const block = file.readUInt8(at)
    if (block === 0x21) {
      if (file.readUInt8(at + 1) === 0xf9 && at + controlBytes < file.length) controlAt = at
      at = skipSubBlocks(file, at + 2)
    } else if (block === 0x2c) {
      const [left, top] = [file.readUInt16LE(at + 1), file.readUInt16LE(at + 3)]
      const [right, bottom] = [left + file.readUInt16LE(at + 5), top + file.readUInt16LE(at + 7)]
      const codesAt = at + descriptorBytes + colorTableBytes(file.readUInt8(at + 9))
      const packedAt = codesAt + 1
      frames.push({ at, controlAt, left, top, right, bottom, packedAt, codeBits: file[codesAt] ?? 0 })
      controlAt = null
      at = skipSubBlocks(file, packedAt)
    } else break
  }
  return frames
}

function tellTransparent(file: Buffer, frames: readonly Frame[]): Buffer {
  const pieces: Buffer[] = []
  let end = 0
  for (const frame of frames) {
    const color = findUnusedColor(file, frame)
    if (color === null) continue
    const control = Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0])
    if (frame.controlAt !== null) file.copy(control, 0, frame.controlAt, frame.controlAt + controlBytes)
    control[3] = (control[3] ?? 0) | 1
    control[6] = color
    pieces.push(file.subarray(end, frame.controlAt ?? frame.at), control)
    end = frame.controlAt === null ? frame.at : frame.controlAt + controlBytes
  }
  return Buffer.concat([...pieces, file.subarray(end)])
}

const codeBitsMax = 8
const widestCodeBits = 12
const lastColor = 255

/** A colour that no pixel of the frame has; null when all are used. */
function findUnusedColor(file: Buffer, { packedAt, codeBits }: Frame): number | null {
  if (codeBits !== codeBitsMax) return codeBits < codeBitsMax ? lastColor : null
  const isUsed = new Uint8Array(lastColor + 1)
  // A colour stands in the packed pixels as itself before longer codes stand for it: they need not be unpacked.
  for (const code of readCodes(file, packedAt)) if (code <= lastColor) isUsed[code] = 1
  const unused = isUsed.indexOf(0)
  return unused < 0 ? null : unused
}

function* readCodes(file: Buffer, packedAt: number): Generator<number> {
  const [clear, end] = [2 ** codeBitsMax, 2 ** codeBitsMax + 1]
  let [held, heldBits, width, next] = [0, 0, codeBitsMax + 1, end]
  for (let at = packedAt, length = file[at] ?? 0; length > 0; at += 1 + length, length = file[at] ?? 0)
    for (const byte of file.subarray(at + 1, at + 1 + length)) {
      held |= byte << heldBits
      heldBits += 8
      if (heldBits < width) continue
      const code = held & ((1 << width) - 1)
      held >>>= width
      heldBits -= width
      if (code === end) return
      yield code
      // Every code but the first behind a clearing one adds one to the table, and the width grows with it.
      next = code === clear ? end : next + 1
      width = code === clear ? codeBitsMax + 1 : Math.min(widestCodeBits, Math.max(width, 32 - Math.clz32(next)))
    }
}
