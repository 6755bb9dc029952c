// A file in memory of which only what is not zero is kept: a film of 2 GB whose pictures are padded takes a few hundred MB.

/** A file as whoever reads ranges of it sees it. */
export type RangedFile = {
  readonly bytes: number
  /** Bytes `start` up to but not including `end`. */
  read(start: number, end: number): Uint8Array
}

const chunkBytes = 1024
const zeros = Buffer.alloc(chunkBytes)

export class SparseFile implements RangedFile {
  bytes = 0
  readonly #chunks = new Map<number, Buffer>()

  write(at: number, data: Buffer): void {
    this.bytes = Math.max(this.bytes, at + data.length)
    for (const { index, from, length, offset } of walkChunks(at, at + data.length)) {
      const piece = data.subarray(offset, offset + length)
      const isEmpty = !this.#chunks.has(index) && piece.equals(zeros.subarray(0, length))
      if (!isEmpty) this.#open(index).set(piece, from)
    }
  }

  read(start: number, end: number): Uint8Array {
    const target = Buffer.alloc(Math.min(end, this.bytes) - start)
    for (const { index, from, length, offset } of walkChunks(start, start + target.length))
      this.#chunks.get(index)?.copy(target, offset, from, from + length)
    return target
  }

  #open(index: number): Buffer {
    const chunk = this.#chunks.get(index) ?? Buffer.alloc(chunkBytes)
    this.#chunks.set(index, chunk)
    return chunk
  }
}

/** The chunks of a range: from where in each, how much of it, and how far into the range that is. */
function* walkChunks(start: number, end: number) {
  for (let at = start; at < end;) {
    const index = Math.floor(at / chunkBytes)
    const from = at - index * chunkBytes
    const length = Math.min(chunkBytes - from, end - at)
    yield { index, from, length, offset: at - start }
    at += length
  }
}
