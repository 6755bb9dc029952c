// A stored object as the parsers see it: aligned blocks, each fetched once, neighbours in one read, and a bound on how
// much a file can make us fetch, and for how long it is read. Used by the reader's process and by the planners of `play`.

export const blockBytes = 64 * 1024
/** Of one read of whoever reads all of a file. */
export const windowBytes = 2 * 2 ** 20

/** Reads bytes `start` up to but not including `end`. */
export type FetchRange = (start: number, end: number) => Promise<Uint8Array>

export type ReadBudget = {
  readonly bytesMax: number
  readonly readsMax: number
  /** Asked at every read, also of what is here: looking through it takes time as well. */
  readonly isLate?: () => boolean
}

/** The file led its reader further than any honest file does. */
export class BudgetSpent extends Error {
  override name = 'BudgetSpent'
}

/** Nothing is known of the file: its reader was too slow. */
export class OutOfTime extends BudgetSpent {
  override name = 'OutOfTime'
}

/** Whoever asks for the last bytes of a file asks next for what they end: an index, tags, the last second. */
const tailBlocks = 9

/** Memory for blocks that may be asked for again; the oldest go first. */
const cachedBlocksMax = 512

/** What a parser sees of it. */
export type ByteView = Pick<BlockSource, 'bytes' | 'read'>

export class BlockSource {
  bytesRead = 0
  readsMade = 0
  /** How much one read fetches at least. Set before reading a file from one end to the other. */
  readAheadBytes = 0
  readonly #bytes: number
  readonly #fetch: FetchRange
  #budget: ReadBudget
  readonly #head: Uint8Array
  readonly #blocks = new Map<number, Promise<Uint8Array>>()

  /** @param head the first bytes, where they are known already: whoever wants no more of the beginning fetches nothing */
  constructor(bytes: number, fetch: FetchRange, budget: ReadBudget, head: Uint8Array = new Uint8Array()) {
    this.#bytes = bytes
    this.#fetch = fetch
    this.#budget = budget
    this.#head = head
  }

  get bytes(): number {
    return this.#bytes
  }

  set budget(budget: ReadBudget) {
    this.#budget = budget
  }

  /** More than was allowed before: whoever reads a file from one end to the other says so. */
  allow({ bytes, reads }: { readonly bytes: number; readonly reads: number }): void {
    const { bytesMax, readsMax } = this.#budget
    this.#budget = { ...this.#budget, bytesMax: bytesMax + bytes, readsMax: readsMax + reads }
  }

  /** Before a file is read from one end to the other: each byte once, and the neighbours of what changes. */
  readThrough(): void {
    this.readAheadBytes = windowBytes
    this.allow({ bytes: Math.ceil(this.#bytes * 1.25), reads: Math.ceil(this.#bytes / windowBytes) * 2 })
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    if (this.#budget.isLate?.() === true) throw new OutOfTime('no time left')
    if (end - start > this.#budget.bytesMax) throw new BudgetSpent(`one read of ${end - start} bytes`)
    if (end <= this.#head.length) return Uint8Array.from(this.#head.subarray(start, end))
    const first = Math.floor(start / blockBytes)
    const last = Math.floor((end - 1) / blockBytes)
    this.#fetchMissing(end === this.#bytes ? this.#beginTail(first, last) : first, last)
    const blocks = []
    for (let index = first; index <= last; index += 1)
      blocks.push(this.#blocks.get(index) ?? Promise.resolve(undefined))
    const parts = await Promise.all(blocks)
    this.#forgetOldest()
    const target = new Uint8Array(end - start)
    parts.forEach((part, n) => {
      if (part === undefined) throw new Error('a block was dropped while it was needed')
      const blockStart = (first + n) * blockBytes
      const from = Math.max(start, blockStart)
      const to = Math.min(end, blockStart + part.length)
      target.set(part.subarray(from - blockStart, to - blockStart), from - start)
    })
    return target
  }

  /** One read for each run of blocks that are not here yet. */
  #fetchMissing(first: number, last: number): void {
    for (let index = first; index <= last; index += 1) {
      if (this.#blocks.has(index)) continue
      let runEnd = index + 1
      while (runEnd <= last && !this.#blocks.has(runEnd)) runEnd += 1
      const aheadEnd = index + Math.floor(this.readAheadBytes / blockBytes)
      while (runEnd > last && runEnd < aheadEnd && !this.#blocks.has(runEnd)) runEnd += 1
      this.#fetchRun(index, runEnd)
      index = runEnd - 1
    }
  }

  /** Where a read to the end of the file begins that takes in what stands before. */
  #beginTail(first: number, last: number): number {
    if (this.#blocks.has(first)) return first
    let begin = first
    while (begin > 0 && begin > last + 1 - tailBlocks && !this.#blocks.has(begin - 1)) begin -= 1
    return begin
  }

  #fetchRun(firstBlock: number, endBlock: number): void {
    const start = firstBlock * blockBytes
    const end = Math.min(this.#bytes, endBlock * blockBytes)
    const [bytesRead, readsMade] = [this.bytesRead + end - start, this.readsMade + 1]
    if (bytesRead > this.#budget.bytesMax || readsMade > this.#budget.readsMax)
      throw new BudgetSpent(`${readsMade} reads, ${bytesRead} bytes`)
    this.bytesRead = bytesRead
    this.readsMade = readsMade
    const run = this.#fetch(start, end)
    for (let index = firstBlock; index * blockBytes < end; index += 1) {
      const offset = index * blockBytes - start
      const block = run.then((bytes) => bytes.subarray(offset, offset + blockBytes))
      block.catch(() => {})
      this.#blocks.set(index, block)
    }
  }

  #forgetOldest(): void {
    for (const index of this.#blocks.keys()) {
      if (this.#blocks.size <= cachedBlocksMax) return
      this.#blocks.delete(index)
    }
  }
}
