// Where the bytes of objects and parts lie: files that are written once and never changed. What is made of bytes that
// are here already (a copy, a finished upload) is a list of pieces of them, under names of its own for the same files
// (hard links): a byte goes when the last name does, and nobody's deletion harms anybody else.
import { closeSync, linkSync, mkdirSync, openSync, read, readdirSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A run of bytes in the file `file`, whose name belongs to one object or part alone. */
export type Piece = { file: string; start: number; bytes: number }

/** The same, opened: it can be read though the name goes meanwhile. */
export type OpenPiece = { fd: number; start: number; bytes: number }

export type BlobFiles = ReturnType<typeof openBlobFiles>

export function openBlobFiles(folder: string) {
  mkdirSync(folder, { recursive: true })
  const pathOf = (file: string): string => join(folder, file)
  const remove = (pieces: readonly Piece[]): void => {
    for (const { file } of pieces) rmSync(pathOf(file), { force: true })
  }

  return {
    pathOf,
    remove,
    /** A name for bytes that are on their way. */
    newFile: (): string => randomUUID(),
    /** The same bytes, for another object or part. */
    share: (pieces: readonly Piece[]): Piece[] =>
      pieces.map((piece) => {
        const file = randomUUID()
        linkSync(pathOf(piece.file), pathOf(file))
        return { ...piece, file }
      }),
    /** Opens all at once, before anything is awaited: what is replaced loses its files. See `readPieces`. */
    open: (pieces: readonly Piece[]): OpenPiece[] =>
      pieces.map(({ file, start, bytes }) => ({ fd: openSync(pathOf(file), 'r'), start, bytes })),
    /** Removes what a killed server left: bytes that never became anything, or no longer are. */
    removeOthers(wanted: ReadonlySet<string>): void {
      for (const file of readdirSync(folder)) if (!wanted.has(file)) rmSync(pathOf(file))
    },
  }
}

/** The pieces of bytes `start` to `endInclusive` of all of them together. */
export function cutPieces(pieces: readonly Piece[], start: number, endInclusive: number): Piece[] {
  let at = 0
  return pieces.flatMap(({ file, start: from, bytes }) => {
    const first = Math.max(0, start - at)
    const end = Math.min(bytes, endInclusive + 1 - at)
    at += bytes
    return first < end ? [{ file, start: from + first, bytes: end - first }] : []
  })
}

const readInto = promisify(read)

/** A quarter of the CPU of 64 KB at a time. */
const bufferBytes = 1024 * 1024
/** Used again: at a megabyte of garbage a request, the collector would need more of the CPU than the reading. */
const idle: Buffer[] = []

/** Yields the bytes in order and closes the files. Whoever keeps what was yielded copies it: the next is in its place. */
export async function* readPieces(pieces: readonly OpenPiece[]): AsyncGenerator<Buffer, void, undefined> {
  const buffer = idle.pop() ?? Buffer.allocUnsafeSlow(bufferBytes)
  try {
    for (const { fd, start, bytes } of pieces) {
      for (let at = 0; at < bytes;) {
        const { bytesRead } = await readInto(fd, buffer, 0, Math.min(bufferBytes, bytes - at), start + at)
        if (bytesRead === 0) throw new Error('A file of the store is shorter than it was')
        yield buffer.subarray(0, bytesRead)
        at += bytesRead
      }
    }
  } finally {
    for (const { fd } of pieces) closeSync(fd)
    idle.push(buffer)
  }
}
