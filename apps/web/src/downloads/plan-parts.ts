// Cuts a list of files into parts that each fit one zip of 2 GB.
import type { PlannedFile } from './download-part.ts'

/** Old unpackers and FAT file systems end at 2 or 4 GB. Bytes of a whole zip. */
export const zipBytesMax = 2 * 2 ** 30

/** What a zip and its manifest say of a file beside its bytes, at most: names stand in it three times. */
const bytesBesideEach = 1200
/** The same, of the zip. */
const bytesBesideAll = 4096

/** How much of a zip is no file's bytes, at most. */
export const bytesBeside = (files: number): number => bytesBesideAll + files * bytesBesideEach

/**
 * In the order given. A file that alone is larger than a part may be gets one to itself. Sizes are estimates, so the
 * part is measured again while it is written; see stream-part.ts.
 */
export function planParts(files: readonly PlannedFile[], bytesMax = zipBytesMax): PlannedFile[][] {
  const parts: PlannedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const part = parts.at(-1)
    if (part === undefined || bytes + file.bytes + bytesBeside(part.length + 1) > bytesMax) {
      parts.push([file])
      bytes = file.bytes
    } else {
      part.push(file)
      bytes += file.bytes
    }
  }
  return parts
}

export const sumBytes = (files: readonly PlannedFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0)
