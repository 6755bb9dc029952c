// What hides in the middle of a sound, between frames that players skip to: a sound is read whole for its waveform, so
// it is searched on the way. Only signatures that do not occur by chance in samples count.
import { findForeignAmongSamples, overlapBytes } from '../inspect/find-foreign.ts'
import type { FetchRange } from './reader/block-source.ts'

export function searchAsRead(fetch: FetchRange): { readonly fetch: FetchRange; found(): string | null } {
  let found: string | null = null
  const last = { end: -1, bytes: new Uint8Array() }
  return {
    found: () => found,
    async fetch(start, end) {
      const bytes = await fetch(start, end)
      found ??= findForeignAmongSamples(
        start === last.end
          ? Buffer.concat([last.bytes, bytes])
          : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      )
      last.end = start + bytes.length
      last.bytes = Uint8Array.from(bytes.subarray(-overlapBytes))
      return bytes
    },
  }
}
