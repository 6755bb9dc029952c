// Finds files that are a picture and something else at once: an archive, program, PDF or page of script in the same
// bytes. What cameras leave behind a picture (motion photos, further views, padding, maker notes) is harmless and passes.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { findImageEnd } from './find-image-end.ts'

/** A picture that has no certain end is searched at both ends only. */
const headBytes = 64 * 1024
const tailBytes = 1024 * 1024
/** PDF readers accept their header anywhere in the first kilobyte. */
const pdfHeaderBytes = 1024

/** What is hidden in the file besides the picture, as a word for the log, or null. */
export function findHiddenContent(file: Buffer, type: MediaType): string | null {
  if (file.subarray(0, pdfHeaderBytes).includes('%PDF-')) return 'pdf'
  if (endsAsZip(file)) return 'zip'
  if (readsAsScript(file, type)) return 'script'
  const end = findImageEnd(file, type)
  if (end !== null) return findForeign(file.subarray(end))
  return findForeign(file.subarray(0, headBytes)) ?? findForeign(file.subarray(Math.max(0, file.length - tailBytes)))
}

/** The same for a file of which only both ends are at hand. What may stand in a sound track is only looked for in the tail. */
export function findForeignAtEnds(head: Buffer, tail: Buffer): string | null {
  if (head.subarray(0, pdfHeaderBytes).includes('%PDF-')) return 'pdf'
  if (endsAsZip(tail)) return 'zip'
  return markup.test(tail.toString('latin1')) ? 'html' : null
}

/** Signatures long enough not to occur by chance in camera data. */
const foreignSignatures: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['zip', Buffer.from('PK\x03\x04', 'latin1')],
  ['rar', Buffer.from('Rar!\x1a\x07', 'latin1')],
  ['7z', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
  ['cabinet', Buffer.from('MSCF\0\0\0\0', 'latin1')],
  ['elf', Buffer.from('\x7fELF\x01\x01\x01', 'latin1')],
  ['elf', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
  ['exe', Buffer.from('This program cannot be run in DOS mode', 'latin1')],
  ['pdf', Buffer.from('%PDF-1.', 'latin1')],
  ['pdf', Buffer.from('%PDF-2.', 'latin1')],
  ['wasm', Buffer.from('\0asm\x01\0\0\0', 'latin1')],
]

/** Short signatures, believed only where the foreign data begins. */
const foreignBeginnings: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['exe', Buffer.from('MZ')],
  ['gzip', Buffer.from([0x1f, 0x8b, 0x08])],
  ['script', Buffer.from('#!')],
  ['java', Buffer.from([0xca, 0xfe, 0xba, 0xbe])],
]

/** What ends the comment that a picture's binary was hidden in, then code. */
const scriptAfterComment = /^\*\/[\s\x20-\x7e]{2}/

const markup = /<(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|\?php)[\s>]/i

/** What foreign data holds, or null when it is none of what may not travel with a picture. */
function findForeign(data: Buffer): string | null {
  let start = 0
  while (start < data.length && (data[start] === 0 || data[start] === 0xff)) start += 1
  const rest = data.subarray(start)
  if (rest.length === 0) return null
  for (const [name, bytes] of foreignBeginnings) if (rest.subarray(0, bytes.length).equals(bytes)) return name
  if (scriptAfterComment.test(rest.toString('latin1', 0, 16))) return 'script'
  for (const [name, bytes] of foreignSignatures) if (isFound(rest, bytes, name)) return name
  return markup.test(rest.toString('latin1')) ? 'html' : null
}

function isFound(data: Buffer, signature: Buffer, name: string): boolean {
  for (let at = data.indexOf(signature); at >= 0; at = data.indexOf(signature, at + 1)) {
    // Four bytes can occur by chance in a motion photo: a real entry also has a plausible version and method.
    if (name !== 'zip' || looksLikeZipEntry(data, at)) return true
  }
  return false
}

function looksLikeZipEntry(data: Buffer, at: number): boolean {
  if (at + 30 > data.length) return false
  const versionNeeded = data.readUInt16LE(at + 4)
  const method = data.readUInt16LE(at + 8)
  return versionNeeded <= 63 && (method <= 20 || (method >= 93 && method <= 99)) && data.readUInt16LE(at + 26) <= 1024
}

/** True when a ZIP reader, which starts at the end, would open the file: wherever inside the picture its entries lie. */
function endsAsZip(file: Buffer): boolean {
  const endRecordBytes = 22
  const from = Math.max(0, file.length - endRecordBytes - 0xffff)
  for (let at = file.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= from; at = lastBefore(file, at)) {
    if (at + endRecordBytes > file.length) continue
    const directoryBytes = file.readUInt32LE(at + 12)
    const directoryAt = at - directoryBytes
    const isEmpty = directoryBytes === 0 && at + endRecordBytes + file.readUInt16LE(at + 20) === file.length
    if (isEmpty || (directoryAt >= 0 && file.toString('latin1', directoryAt, directoryAt + 4) === 'PK\x01\x02'))
      return true
  }
  return false
}

const lastBefore = (file: Buffer, at: number): number =>
  at === 0 ? -1 : file.lastIndexOf('PK\x05\x06', at - 1, 'latin1')

/**
 * True when a script engine could read the file from its first byte: `GIF89a` and JPEG's first markers are names to
 * it, and a width or a segment length that spells `/*`, or an assignment, turns the picture into a comment or a string.
 */
function readsAsScript(file: Buffer, type: MediaType): boolean {
  if (type === 'image/gif') return /^(?:\/\*|=\/\*|=["'`]|[=;(][\t\n\r -~]{3})/.test(file.toString('latin1', 6, 10))
  if (type === 'image/jpeg') return file.toString('latin1', 4, 6) === '/*' && file.includes('*/=')
  return false
}
