// How a copy crosses from the decoder to the inspector, who has just sent the file: most of a copy is stretches of it, and
// a stretch is told by where it lies. Used by both ends, decoder.child and decoder-process.
import type { Picture, PictureCopy } from '../decoder/picture.ts'

/** Bytes `start` up to, not including, `end` of the file. */
type Stretch = { readonly start: number; readonly end: number }
type SentPiece = Uint8Array | Stretch

export type SentPicture = Omit<Picture, 'copy'> & {
  readonly copy: (Omit<PictureCopy, 'pieces'> & { readonly pieces: readonly SentPiece[] }) | null
}

export function referToFile(picture: Picture, file: Buffer): SentPicture {
  const { copy } = picture
  if (copy === null) return { ...picture, copy }
  const pieces: SentPiece[] = []
  for (const piece of copy.pieces) {
    if (piece.buffer !== file.buffer) {
      pieces.push(piece)
      continue
    }
    const start = piece.byteOffset - file.byteOffset
    const end = start + piece.length
    const last = pieces.at(-1)
    if (last !== undefined && 'end' in last && last.end === start)
      pieces[pieces.length - 1] = { start: last.start, end }
    else pieces.push({ start, end })
  }
  return { ...picture, copy: { ...copy, pieces } }
}

/** @param file what was sent, in order */
export function takeFromFile(picture: SentPicture, file: readonly Uint8Array[]): Picture {
  const { copy } = picture
  if (copy === null) return { ...picture, copy }
  const pieces = copy.pieces.flatMap((piece) => ('end' in piece ? cut(file, piece) : [piece]))
  const bytes = file.reduce((sum, chunk) => sum + chunk.length, 0)
  const isFile =
    copy.pieces.length === 1 && copy.pieces.some((piece) => 'end' in piece && piece.end - piece.start === bytes)
  return { ...picture, copy: { ...copy, pieces, isFile } }
}

function cut(file: readonly Uint8Array[], { start, end }: Stretch): Uint8Array[] {
  const cuts: Uint8Array[] = []
  let at = 0
  for (const chunk of file) {
    if (at < end && at + chunk.length > start) cuts.push(chunk.subarray(Math.max(0, start - at), end - at))
    at += chunk.length
  }
  return cuts
}
