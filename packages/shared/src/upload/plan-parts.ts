// How a file too large for one PUT is cut. A pure function of its length: browser and API come to the same parts
// without telling each other, today and when a file is taken up again another day.

const MB = 2 ** 20

/** S3's own bounds are 5 MB to 5 GB and 10,000 parts. A small part is little to send again, a large one few requests. */
export const partBytesMin = 8 * MB
export const partBytesMax = 64 * MB
export const partsMax = 10_000

/** Roughly how many parts a file is cut into: one call signs as many. */
const partsWanted = 100

export type PartPlan = {
  /** Length of every part but the last. */
  readonly partBytes: number
  /** How many there are; they are numbered from 1. */
  readonly parts: number
}

export function planParts(bytes: number): PartPlan {
  const wanted = Math.ceil(bytes / partsWanted / MB) * MB
  const partBytes = Math.min(partBytesMax, Math.max(partBytesMin, wanted))
  const parts = Math.ceil(bytes / partBytes)
  if (!(parts >= 1 && parts <= partsMax)) throw new RangeError(`${bytes} bytes cannot be cut into parts`)
  return { partBytes, parts }
}

/** Where a part lies in its file (`end` exclusive), or null for a number that the plan does not have. */
export function findPart(bytes: number, partNumber: number): { readonly start: number; readonly end: number } | null {
  const { partBytes, parts } = planParts(bytes)
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > parts) return null
  const start = (partNumber - 1) * partBytes
  return { start, end: Math.min(bytes, start + partBytes) }
}
