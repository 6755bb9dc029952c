// Elements of a Matroska heading or cluster (RFC 9559) that lie in memory.
import { headerBytesMax, readElement } from './ebml.ts'

/** The body of an element, or a run of elements. Stops, without complaint, at the first that is not whole. */
export class Nested {
  readonly bytes: Uint8Array
  readonly id: number

  constructor(bytes: Uint8Array, id = 0) {
    this.bytes = bytes
    this.id = id
  }

  /** @param steppedInto elements whose children are walked in their place */
  *walk(steppedInto?: number): Generator<Nested> {
    for (let at = 0; at < this.bytes.length;) {
      const element = readElement(this.bytes.subarray(at, at + headerBytesMax), at)
      if (element === null) return
      if (element.id === steppedInto) {
        at = element.bodyStart
        continue
      }
      if (element.end === null || element.end > this.bytes.length) return
      yield new Nested(this.bytes.subarray(element.bodyStart, element.end), element.id)
      at = element.end
    }
  }

  *children(id: number): Generator<Nested> {
    for (const child of this.walk()) if (child.id === id) yield child
  }

  first(): Nested | null {
    for (const child of this.walk()) return child
    return null
  }

  child(id: number): Nested | null {
    for (const child of this.children(id)) return child
    return null
  }

  /** An unsigned number, or null for what is none that counts here. */
  value(): number | null {
    const { length } = this.bytes
    if (length === 0 || length > 8) return null
    const value = this.bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    return Number.isSafeInteger(value) ? value : null
  }

  uint(id: number): number | null {
    return this.child(id)?.value() ?? null
  }

  text(id: number): string | null {
    const child = this.child(id)
    return child === null ? null : new TextDecoder().decode(child.bytes).replaceAll('\0', '')
  }
}
