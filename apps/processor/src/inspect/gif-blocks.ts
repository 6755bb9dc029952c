// Steps through a GIF, for whoever walks its blocks.

/** GIF packs "has a colour table" into bit 7 and its size into bits 0 to 2. */
export const colorTableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

/** Data comes in sub-blocks, each led by its length; a zero ends them. Returns the offset behind it. */
export function skipSubBlocks(file: Buffer, from: number): number {
  let at = from
  for (let length = file[at]; length !== undefined; length = file[at]) {
    at += 1 + length
    if (length === 0) break
  }
  return at
}
