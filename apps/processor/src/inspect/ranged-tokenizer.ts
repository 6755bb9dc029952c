// Lets file-type read a stored object as if it were a local file: 64 KB blocks, each fetched once, and a bound on how
// many. A file that leads the parser further than that is not identified; it cannot make us download it.
import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3/core'

export const blockBytes = 64 * 1024

/** 4 MB of one file at most, whatever its headers promise. */
const blocksMax = 64

/** Reads bytes `start` to `endInclusive` of the object under inspection. */
export type ReadRange = (start: number, endInclusive: number) => Promise<Uint8Array>

export class RangedTokenizer extends AbstractTokenizer {
  override fileInfo: { size: number }
  /** The first failed read. Parsers may take any error for the end of the file; whoever uses them asks here after. */
  fault: unknown = null
  readonly #read: ReadRange
  readonly #blocks = new Map<number, Promise<Uint8Array>>()

  /** @param head the first block, where it has been read already */
  constructor(bytes: number, read: ReadRange, head?: Uint8Array) {
    super({ maxBufferSize: blocksMax * blockBytes })
    this.fileInfo = { size: bytes }
    this.#read = read
    if (head !== undefined) this.#blocks.set(0, Promise.resolve(head))
  }

  get readsMade(): number {
    return this.#blocks.size
  }

  supportsRandomAccess(): boolean {
    return true
  }

  setPosition(position: number): void {
    this.position = position
  }

  async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    if (options?.position !== undefined) this.position = options.position
    const count = await this.peekBuffer(target, options)
    this.position += count
    return count
  }

  async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options)
    const available = Math.max(0, this.fileInfo.size - position)
    if (length > available && !mayBeLess) throw new EndOfStreamError()
    const wanted = Math.min(length, available)
    for (let done = 0; done < wanted;) {
      const at = position + done
      const block = await this.block(Math.floor(at / blockBytes))
      const part = block.subarray(at % blockBytes, (at % blockBytes) + wanted - done)
      if (part.length === 0) throw new EndOfStreamError()
      target.set(part, done)
      done += part.length
    }
    return wanted
  }

  /** One block of the file, fetched at most once. */
  block(index: number): Promise<Uint8Array> {
    const known = this.#blocks.get(index)
    if (known !== undefined) return known
    const fetched = this.#fetch(index, 1)
    this.#blocks.set(index, fetched)
    return fetched
  }

  /** The last two blocks of a file that has as many, in one read. */
  async lastTwo(): Promise<Uint8Array> {
    const last = Math.floor((this.fileInfo.size - 1) / blockBytes)
    if (this.#blocks.has(last - 1) || this.#blocks.has(last))
      return Buffer.concat([await this.block(last - 1), await this.block(last)])
    return this.#fetch(last - 1, 2)
  }

  #fetch(index: number, count: number): Promise<Uint8Array> {
    if (this.#blocks.size >= blocksMax) return Promise.reject(new EndOfStreamError())
    const start = index * blockBytes
    const fetched = this.#read(start, Math.min(this.fileInfo.size, start + count * blockBytes) - 1)
    fetched.catch((error: unknown) => {
      this.fault ??= error
    })
    return fetched
  }
}
