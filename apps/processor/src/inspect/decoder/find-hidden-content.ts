// Finds files that are a picture and something else at once: an archive, program, PDF or page of script in the same
// bytes. What cameras leave in and behind a picture (motion photos, further views, padding, maker notes) passes.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { endsAsZip, findForeign, findForeignAmongSamples, opensAsPdf } from '../find-foreign.ts'
import { walkImage } from './walk-image.ts'

/** A picture that has no certain end is searched for everything at both ends only. */
const headBytes = 64 * 1024
const tailBytes = 1024 * 1024

/** What is hidden in the file besides the picture, as a word for the log, or null. */
export function findHiddenContent(file: Buffer, type: MediaType): string | null {
  if (opensAsPdf(file)) return 'pdf'
  if (endsAsZip(file)) return 'zip'
  if (readsAsScript(file, type)) return 'script'
  const { end, sideData } = walkImage(file, type)
  const pieces =
    end === null && sideData.length === 0
      ? [file.subarray(0, headBytes), file.subarray(Math.max(0, file.length - tailBytes))]
      : [...sideData, file.subarray(end ?? file.length)]
  const found = pieces.map(findForeign).find((name) => name !== null) ?? null
  return found ?? (sampled.has(type) ? findAmongSamples(file) : null)
}

const windowBytes = 8 * 1024 * 1024
/** Longer than any signature with what is read behind it. */
const overlapBytes = 64

/** Any byte of a TIFF may belong to it, and an item of a HEIF is a picture because it says so. */
const sampled: ReadonlySet<MediaType> = new Set(['image/tiff', 'image/heic', 'image/avif'])

/**
 * The whole is searched for what does not occur in pixels, compressed or not. Editors keep documents that were placed in
 * a picture beside its layers, so a PDF in between is none of that.
 */
function findAmongSamples(file: Buffer): string | null {
  for (let at = 0; at < file.length; at += windowBytes) {
    const found = findForeignAmongSamples(file.subarray(at, at + windowBytes + overlapBytes), true)
    if (found !== null) return found
  }
  return null
}

/**
 * True when a script engine could read the file from its first byte: `GIF89a` and JPEG's first markers are names to
 * it, and a width or a segment length that spells `/*`, or an assignment, turns the picture into a comment or a string.
 */
function readsAsScript(file: Buffer, type: MediaType): boolean {
  if (type === 'image/gif') return /^(?:\/\*|=\/\*|=["'`]|[=;(][\t\n\r -~]{3})/.test(file.toString('latin1', 6, 10))
  if (type === 'image/jpeg') return file.toString('latin1', 4, 6) === '/*' && file.includes('*/=')
  return false
}
