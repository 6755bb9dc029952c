// Elements of a Matroska heading or cluster (RFC 9559) that lie in memory.
import { headerBytesMax, readElement } from '../play/ebml.ts'

export const ids = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  flagEnabled: 0xb9,
  trackName: 0x536e,
  language: 0x22b59c,
  languageBcp47: 0x22b59d,
  codecId: 0x86,
  contentEncodings: 0x6d80,
  contentEncoding: 0x6240,
  contentCompression: 0x5034,
  contentCompAlgo: 0x4254,
  contentCompSettings: 0x4255,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  simpleBlock: 0xa3,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cueRelativePosition: 0xf0,
} as const

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
    return length === 0 || length > 6 ? null : Buffer.from(this.bytes).readUIntBE(0, length)
  }

  uint(id: number): number | null {
    return this.child(id)?.value() ?? null
  }

  text(id: number): string | null {
    const child = this.child(id)
    return child === null ? null : new TextDecoder().decode(child.bytes).replaceAll('\0', '')
  }
}
