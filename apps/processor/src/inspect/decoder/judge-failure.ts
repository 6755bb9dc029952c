// What an error on the way to a picture means: damage, a form that is not read here, a file made to be slow, or a fault
// of ours, which is thrown.
import { refuse } from '@shoebox/shared/result.ts'
import { LibheifMissing, LibheifRefusal } from './decode-heif.ts'
import type { PictureRefusal } from './picture.ts'

export const refuseImage = (reason: PictureRefusal['reason'], detail: string) =>
  refuse<PictureRefusal>({ reason, detail })

export function judgeFailure(error: unknown) {
  if (error instanceof LibheifMissing) throw error
  if (!(error instanceof LibheifRefusal) && isWantOfMemory(error)) throw error
  return refuseFailure(error)
}

/** Nothing was decoded yet: whatever goes wrong is the file's doing. */
export function refuseFailure(error: unknown) {
  if (isTimeout(error)) return refuseImage('image_too_slow', describe(error))
  return refuseImage(isRareForm(error) ? 'image_unsupported' : 'image_damaged', describe(error))
}

/**
 * sharp ends the work first and says why afterwards: where another thread of libvips notices the end in between, its
 * line comes first, or alone.
 */
const isTimeout = (error: unknown): boolean => /timeout|killed for image/i.test(wordsOf(error))

/** Not the file's fault: it is tried again elsewhere. */
export const isWantOfMemory = (error: unknown): boolean =>
  /out of memory|unable to allocate|cannot allocate/i.test(wordsOf(error))

/** What libvips, libtiff and libjpeg say of a picture that is whole and that they were not made for. */
const rareForms =
  /separate planes not supported|support is not configured|not a whole number of bytes|not \d bands|bad labq|data precision|samples out of range|unsupported tiff image type|unsupported color conversion/i

const isRareForm = (error: unknown): boolean => rareForms.test(wordsOf(error))

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : '')

const describe = (error: unknown): string => wordsOf(error).split('\n', 1)[0] ?? ''
