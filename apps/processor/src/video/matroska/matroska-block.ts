import { matroskaIds as ids } from './matroska-ids.ts'
import type { Nested } from './matroska-elements.ts'

export type Block = {
  readonly track: number
  /** From the time of its cluster. */
  readonly offsetTicks: number
  readonly durationTicks: number | null
  readonly payload: Uint8Array
}

const lacing = 0x06

/** One cue, alone or in its group; null for anything else. */
export function readBlock(element: Nested | null): Block | null {
  if (element === null) return null
  if (element.id === ids.simpleBlock) return readBody(element, null)
  const block = element.id === ids.blockGroup ? element.child(ids.block) : null
  return block === null ? null : readBody(block, element.uint(ids.blockDuration))
}

/** The track's number, of one or two bytes; when; flags; the rest. */
function readBody({ bytes }: Nested, durationTicks: number | null): Block | null {
  const first = bytes[0] ?? 0
  const isShort = (first & 0x80) !== 0
  const at = isShort ? 1 : 2
  if ((!isShort && (first & 0x40) === 0) || bytes.length < at + 3 || ((bytes[at + 2] ?? 0) & lacing) !== 0) return null
  return {
    track: isShort ? first & 0x7f : ((first & 0x3f) << 8) | (bytes[1] ?? 0),
    offsetTicks: (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16)) >> 16,
    durationTicks,
    payload: bytes.subarray(at + 3),
  }
}
