import { keptVorbisFields } from './kept-words.ts'

/**
 * A Vorbis comment (vendor, then `FIELD=value` entries, each led by its length) in which fields that may not stay have
 * become `X=` and spaces, so that nothing moves. Returns the changed copy; damaged comments come back without words.
 */
export function scrubVorbisComment(comment: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(comment)
  const view = new DataView(changed.buffer, changed.byteOffset, changed.byteLength)
  let at = 0
  const take = (): Uint8Array | null => {
    if (at + 4 > changed.length) return null
    const length = view.getUint32(at, true)
    if (at + 4 + length > changed.length) return null
    const entry = changed.subarray(at + 4, at + 4 + length)
    at += 4 + length
    return entry
  }
  const vendor = take()
  if (vendor === null || at + 4 > changed.length) return changed.fill(0)
  const count = view.getUint32(at, true)
  at += 4
  for (let n = 0; n < count; n += 1) {
    const entry = take()
    if (entry === null) {
      changed.fill(0, at)
      break
    }
    const equals = entry.indexOf(0x3d)
    const field = Buffer.from(entry.subarray(0, Math.max(0, equals)))
      .toString('latin1')
      .toUpperCase()
    if (!keptVorbisFields.has(field) && entry.length >= 2) entry.fill(0x20).set([0x58, 0x3d])
  }
  return changed
}
