// One thing of a camera's track that is set to more or less, where the track offers it.
import { createSignal } from 'solid-js'

export type DialName = 'zoom' | 'exposureCompensation'
export type DialRange = { readonly min: number; readonly max: number; readonly step: number }

export class Dial {
  readonly #name: DialName
  readonly #constrain: (wish: Partial<Record<DialName, number>>) => Promise<unknown>
  readonly #range = createSignal<DialRange | null>(null)
  readonly #value = createSignal(0)
  /** What the track in use is asked: one wish at a time, which a camera may take its time for. */
  #line = { isBusy: false }

  constructor(name: DialName, constrain: (wish: Partial<Record<DialName, number>>) => Promise<unknown>) {
    this.#name = name
    this.#constrain = constrain
  }

  /** Null where there is nothing to set. */
  readonly range = () => this.#range[0]()
  readonly value = () => this.#value[0]()

  /** From another track on. */
  take(offered: Partial<Record<DialName, DialRange>>, settings: Partial<Record<DialName, number>>): void {
    const range = offered[this.#name]
    this.#range[1](range !== undefined && range.max > range.min ? range : null)
    this.#value[1](settings[this.#name] ?? this.#within(0))
    this.#line = { isBusy: false }
  }

  /** Of values that come while the camera is busy with one, it is asked for the last alone. */
  async set(value: number): Promise<void> {
    if (this.range() === null) return
    this.#value[1](this.#within(value))
    const line = this.#line
    if (line.isBusy) return
    line.isBusy = true
    let asked: number
    do {
      asked = this.value()
      await this.#constrain({ [this.#name]: asked })
    } while (line === this.#line && asked !== this.value())
    line.isBusy = false
  }

  #within(value: number): number {
    const { min, max } = this.range() ?? { min: value, max: value }
    return Math.min(Math.max(value, min), max)
  }
}
