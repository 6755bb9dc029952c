// How a file too large for one PUT is cut. A pure function of its length: browser and API come to the same parts
// without telling each other, today and when a file is taken up again another day.

const MB = 2 ** 20

/**
 * S3's own bounds are 5 MB to 5 GB and 10,000 parts. A broken connection loses half a part on average, so the smallest
 * that S3 takes: on a line that breaks every 8 seconds, parts of 8 MB would waste a tenth more of it. What S3 reports as
 * the checksum of a whole object depends on these numbers: change them, and the same film no longer counts as the same.
 */
export const partBytesMin = 5 * MB
export const partBytesMax = 64 * MB
export const partsMax = 10_000

/** Roughly the most parts a file is cut into: 1 GB still goes in the smallest ones, and one call lists them all. */
const partsWanted = 400

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
