// Boxes of an MP4 or QuickTime file (ISO/IEC 14496-12), as they lie in memory.

export type Box = {
  readonly type: string
  /** Offsets in the file. */
  readonly start: number
  readonly bodyStart: number
  readonly end: number
}

/** Names are four bytes; `©` is 0xa9. */
export const boxTypeAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/**
 * Reads one box header.
 * @param bytes at least 8 bytes, 16 for boxes beyond 4 GB
 * @param at where the header begins in the file
 * @param limit where the enclosing box or the file ends; a size of zero means up to there
 */
export function readBox(bytes: Uint8Array, at: number, limit: number): Box | null {
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stated = view.getUint32(0)
  const isLarge = stated === 1
  if (isLarge && bytes.length < 16) return null
  const size = isLarge ? Number(view.getBigUint64(8)) : stated === 0 ? limit - at : stated
  const headerBytes = isLarge ? 16 : 8
  if (size < headerBytes || !Number.isSafeInteger(size)) return null
  return { type: boxTypeAt(bytes, 4), start: at, bodyStart: at + headerBytes, end: at + size }
}

/** A region of the file held in memory, with offsets counted as in the file. */
export class BoxRegion {
  readonly #bytes: Uint8Array
  readonly #base: number
  readonly view: DataView

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes
    this.#base = base
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  slice(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(Math.max(0, start - this.#base), Math.max(0, end - this.#base))
  }

  uint32(at: number): number {
    return this.view.getUint32(at - this.#base)
  }

  uint64(at: number): number {
    return Number(this.view.getBigUint64(at - this.#base))
  }

  type(at: number): string {
    return boxTypeAt(this.#bytes, at - this.#base)
  }

  /** As players take it: one that claims more than `end` ends there. */
  boxAt(at: number, end: number): Box | null {
    const box = readBox(this.slice(at, Math.min(end, at + 16)), at, end)
    return box === null ? null : { ...box, end: Math.min(box.end, end) }
  }

  /** The boxes between two offsets. Stops, without complaint, at the first thing that is not a whole box. */
  *boxes(start: number, end: number): Generator<Box> {
    for (let at = start; at + 8 <= end;) {
      const box = readBox(this.slice(at, Math.min(end, at + 16)), at, end)
      if (box === null || box.end > end) return
      yield box
      at = box.end
    }
  }

  find(parent: Pick<Box, 'bodyStart' | 'end'>, ...path: string[]): Box | null {
    const [first, ...rest] = path
    for (const box of this.boxes(parent.bodyStart, parent.end)) {
      if (box.type === first) return rest.length === 0 ? box : this.find(box, ...rest)
    }
    return null
  }
}
