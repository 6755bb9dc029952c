import type { DecodableType } from '../inspect/decoder/picture.ts'

const signatures: readonly (readonly [type: DecodableType, pattern: RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/gif', /^GIF8[79]a/],
]

/** The type of an embedded cover by its own bytes: what the tag calls it is often wrong. Null for what covers never are. */
export function sniffCover(bytes: Uint8Array): DecodableType | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return signatures.find(([, pattern]) => pattern.test(head))?.[0] ?? null
}
