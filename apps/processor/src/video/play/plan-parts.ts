// How to make a copy with a few bytes changed out of multipart pieces: what is unchanged is copied inside S3, what is
// changed passes through here. Pure.
import { patchLength, type Patch } from './scrub.ts'

export type Part = {
  /** `copy` is done by S3 from the stored file; `send` is fetched, changed and uploaded. */
  readonly way: 'copy' | 'send'
  readonly start: number
  readonly end: number
}

const MiB = 2 ** 20

/** S3 takes no smaller part, except the last. */
export const partBytesMin = 5 * MiB

const cellsOf = (start: number, end: number): number[] => {
  const first = Math.floor(start / partBytesMin)
  return Array.from({ length: Math.floor((end - 1) / partBytesMin) - first + 1 }, (_, n) => first + n)
}

const cellsChangedBy = (patch: Patch): number[] => cellsOf(patch.at, patch.at + patchLength(patch))

/**
 * Parts that cover the file in order. Boundaries lie on a grid of the smallest part, so that every part but the last is
 * large enough, and as little as possible is fetched around each change.
 */
export function planParts(fileBytes: number, patches: readonly Patch[]): Part[] {
  const changed = new Set(patches.flatMap(cellsChangedBy))
  const parts: Part[] = []
  for (let start = 0; start < fileBytes; start += partBytesMin) {
    const way = changed.has(start / partBytesMin) ? 'send' : 'copy'
    const end = Math.min(fileBytes, start + partBytesMin)
    const previous = parts.at(-1)
    // Copied runs grow; sent parts stay small enough to hold several in memory.
    if (way === 'copy' && previous?.way === 'copy') parts[parts.length - 1] = { ...previous, end }
    else parts.push({ way, start, end })
  }
  return parts
}

/** Finds what changes a range, in its order: of a whole film that can be a million places. */
export function indexPatches(patches: readonly Patch[]): (start: number, end: number) => Iterable<Patch> {
  const cells = new Map<number, Patch[]>()
  for (const patch of patches)
    for (const cell of cellsChangedBy(patch)) {
      const there = cells.get(cell)
      if (there === undefined) cells.set(cell, [patch])
      else there.push(patch)
    }
  return (start, end) => new Set(cellsOf(start, end).flatMap((cell) => cells.get(cell) ?? []))
}

/** The bytes of one range of the file with the changes made. */
export function applyPatches(bytes: Uint8Array, start: number, patches: Iterable<Patch>): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const end = start + bytes.length
  for (const patch of patches) {
    const from = Math.max(start, patch.at)
    const to = Math.min(end, patch.at + patchLength(patch))
    if (to <= from) continue
    if ('bytes' in patch) changed.set(patch.bytes.subarray(from - patch.at, to - patch.at), from - start)
    else changed.fill(0, from - start, to - start)
  }
  return changed
}
