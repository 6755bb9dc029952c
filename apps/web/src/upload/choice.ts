// Files that were added together. Where they need more than one pre-flight and do not all fit into what is left of the
// plan, none is sent before every one has its answer: people are told what does not go before a byte of it travels. Only
// the answers say which, since what is there already takes no room.
import type { Outputs } from '../api/client.ts'
import type { ToSend } from './send-line.ts'

export type ChoiceDeps = {
  /** How many bytes the plan still takes, today and in all. */
  readonly readRoom: () => Promise<number>
  readonly onReserved: (next: ToSend) => void
}

type Limits = Record<'day' | 'total', Pick<Outputs['account']['usage']['day'], 'usedBytes' | 'limitBytes'>>

/** How many bytes the plan still takes: whichever of its limits leaves less. */
export const roomOf = ({ day, total }: Limits): number =>
  Math.min(day.limitBytes - day.usedBytes, total.limitBytes - total.usedBytes)

export class Choice {
  readonly #deps: ChoiceDeps
  #bytes: number
  #openBatches = 0
  #isTight = false
  /** Reserved, and not sent before it is known that all fits or what does not. Null: nothing waits any more. */
  #held: ToSend[] | null

  constructor(deps: ChoiceDeps, bytes: number, batchCount: number) {
    this.#deps = deps
    this.#bytes = bytes
    this.#held = batchCount > 1 ? [] : null
  }

  /** So much of it has its room already. */
  discount(bytes: number): void {
    this.#bytes -= bytes
  }

  /** One of its batches waits for answers. */
  open(): void {
    this.#openBatches += 1
  }

  close(): void {
    this.#openBatches -= 1
    if (this.#openBatches === 0) this.letGo()
  }

  reserve(next: ToSend): void {
    if (this.#held === null) this.#deps.onReserved(next)
    else this.#held.push(next)
  }

  /** True also where nobody can say. One call alone answers all of its files at once, and needs no question. */
  async fits(): Promise<boolean> {
    if (this.#held === null) return true
    if (!this.#isTight) {
      const room = await this.#deps.readRoom().catch(() => Number.POSITIVE_INFINITY)
      this.#isTight = this.#bytes > room
    }
    return !this.#isTight
  }

  letGo(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const next of held) this.#deps.onReserved(next)
  }
}
