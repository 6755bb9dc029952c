// Finds files that are a picture and something else at once: an archive, program, PDF or page of script in the same
// bytes. What cameras leave in and behind a picture (motion photos, further views, padding, maker notes) passes.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { endsAsZip, findForeign, findForeignAmongSamples, opensAsPdf, overlapBytes } from '../find-foreign.ts'
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
  return found ?? findAmongSamples(file, type)
}

const windowBytes = 8 * 1024 * 1024

/**
 * The whole is searched for what does not occur in pixels, compressed or not: decoders pass over more than a walk can
 * tell, such as data behind the end of an image's own.
 */
function findAmongSamples(file: Buffer, type: MediaType): string | null {
  for (let at = 0; at < file.length; at += windowBytes) {
    const found = findForeignAmongSamples(file.subarray(at, at + windowBytes + overlapBytes), type === 'image/tiff')
    if (found !== null) return found
  }
  return null
}

/**
 * True when a script engine could read the file from its first byte: `GIF89a`, `RIFF` and JPEG's first markers are names
 * to it, and a width or a length that spells `/*`, or an assignment, turns the picture into a comment or a string.
 */
function readsAsScript(file: Buffer, type: MediaType): boolean {
  if (type === 'image/gif') return /^(?:\/\*|=\/\*|=["'`]|[=;(][\t\n\r -~]{3})/.test(file.toString('latin1', 6, 10))
  if (type === 'image/jpeg') return file.toString('latin1', 4, 6) === '/*' && file.includes('*/=')
  return type === 'image/webp' && opensComment(file)
}

/** A length of four bytes that a comment or a string begins in, behind what may follow a name. */
const opening = /^[\s=;(,]{0,2}?(\/\*|\/\/|(?<=[=;(,]\s?)["']|`)/
const closings: Readonly<Record<string, string>> = { '/*': '*/', '//': '\n' }
/** Random bytes go on like this once in 20,000 times. */
const goesOnAsCode = /^(?:[\s\x20-\x7e]{16}|[\s\x20-\x7e]{0,15}(?:\/[*/]|$))/

/** Any length may spell a quote: what follows once it is closed has to read on as code. */
function opensComment(file: Buffer): boolean {
  const opened = opening.exec(file.toString('latin1', 4, 8))
  const mark = opened?.[1]
  if (opened === null || mark === undefined) return false
  const closing = closings[mark] ?? mark
  const at = file.indexOf(closing, 4 + opened[0].length, 'latin1')
  return at >= 0 && goesOnAsCode.test(file.toString('latin1', at + closing.length, at + closing.length + 32))
}
