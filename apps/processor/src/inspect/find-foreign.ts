// Recognises what may not travel inside a picture, film or sound: archives, programs, documents, pages and scripts. Bytes
// that are not the media itself (metadata, padding, what lies behind the end) are asked for everything; compressed pixels
// and samples, in which short signatures occur by chance, for the long ones. What cameras leave there is harmless and
// passes.

/** What is searched piece by piece is searched with so much of the next: no signature with what is read behind it is longer. */
export const overlapBytes = 64

/** What a piece of side data holds, or null when it is none of what may not travel with media. */
export function findForeign(data: Buffer): string | null {
  let start = 0
  while (start < data.length && (data[start] === 0 || data[start] === 0xff)) start += 1
  const rest = data.subarray(start)
  if (rest.length === 0) return null
  const beginning = rest.toString('latin1', 0, 512)
  for (const [name, pattern] of beginnings) if (pattern.test(beginning)) return name
  if (isProgram(rest)) return 'exe'
  return findWritten(data, null) ?? (page.test(data.toString('latin1', start, start + pageBytes)) ? 'html' : null)
}

/**
 * The same for bytes that may be samples, compressed or not: only what does not occur in gigabytes of them by chance.
 * @param mayHoldDocuments editors keep a PDF or a drawing that was placed in a picture beside its layers
 */
export const findForeignAmongSamples = (data: Buffer, mayHoldDocuments = false): string | null =>
  findWritten(data, mayHoldDocuments ? 'documents' : null)

/**
 * Goes over the bytes once, whatever is looked for: a search for each took a third of a picture's decoding. It looks at
 * each third pair of bytes: everything that is looked for has four bytes or more, so one of its first three pairs is among
 * them.
 */
function findWritten(data: Buffer, allowed: 'documents' | null): string | null {
  for (let at = 2; at + 1 < data.length; at += 3) {
    if (pairs[((data[at] ?? 0) << 8) | (data[at + 1] ?? 0)] === 0) continue
    for (let start = at - 2; start <= at; start += 1) {
      const found = data[start] === lessThan ? readMarkup(data, start, allowed) : readSignature(data, start)
      if (found !== null && (found !== 'pdf' || allowed === null)) return found
    }
  }
  return data.length <= wideTextBytesMax && hasWideCode(data) ? 'html' : null
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Long enough not to occur by chance in camera data. */
const signatures: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['zip', latin1('PK\x03\x04')],
  ['rar', latin1('Rar!\x1a\x07\0')],
  ['rar', latin1('Rar!\x1a\x07\x01\0')],
  ['7z', latin1('7z\xbc\xaf\x27\x1c\0')],
  ['xz', latin1('\xfd7zXZ\0\0')],
  ['cabinet', latin1('MSCF\0\0\0\0')],
  ['tar', latin1('ustar\x0000')],
  ['tar', latin1('ustar  \0')],
  ['elf', latin1('\x7fELF\x01\x01\x01')],
  ['elf', latin1('\x7fELF\x02\x01\x01')],
  ['exe', latin1('This program cannot be run in DOS mode')],
  ['ole', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['pdf', latin1('%PDF-1.')],
  ['pdf', latin1('%PDF-2.')],
  ['wasm', latin1('\0asm\x01\0\0\0')],
  ['dex', latin1('dex\n035\0')],
  ['phar', latin1('__HALT_COMPILER();')],
]

/** Short signatures, believed only where the foreign data begins. */
const beginnings: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['gzip', /^\x1f\x8b\x08[\0-\x1f]/],
  ['bzip2', /^BZh[1-9]1AY&SY/],
  ['zstd', /^\x28\xb5\x2f\xfd/],
  ['script', /^#! ?\/[\x20-\x7e]/],
  ['java', /^\xca\xfe\xba\xbe\0/],
  ['mach-o', /^(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/],
  ['rtf', /^\{\\rtf1/],
  // What ends the comment that a picture's binary was hidden in, then code.
  ['script', /^\*\/[\s\x20-\x7e]{6}/],
]

/** `MZ`, and where DOS looks on for it a sensible place for the rest. */
const isProgram = (data: Buffer): boolean =>
  data.length >= 64 && data.toString('latin1', 0, 2) === 'MZ' && data.readUInt32LE(0x3c) < 0x1_0000

/** No browser runs a script before its end tag, wherever that stands. Its opening alone is what a talk is about. */
const writtenCode = String.raw`<(?:/script[\s/>]|\?php[\s=][\s\x20-\x7e]{8})`
const code = new RegExp(`^${writtenCode}`, 'i')
const wideCode = new RegExp(writtenCode, 'i')

/** A page that begins where one can: at the start, on a line of its own, behind a tag or a byte that is no text. */
const tags = [String.raw`!doctype\s+html`, 'html', 'head', 'body', 'iframe', 'svg', 'object', 'embed']
const tag = String.raw`<(?:${tags.join('|')})[\s>]`
const page = new RegExp(String.raw`(?<=(?:^|[\0-\x1f>\x7f-\xff]) *)${tag}`, 'i')
/** The same with words behind it. A bare `<svg>` stands once in 25 GB of samples: often enough to refuse some films. */
const writtenTag = new RegExp(String.raw`^${tag}[\s\x20-\x7e]{12}`, 'i')
/** Enough for a piece that begins as a page. */
const pageBytes = 4096
/** Enough for a tag and the words behind it. */
const tagBytes = 64

/** Larger pieces are not text in two bytes a letter. */
const wideTextBytesMax = 2 ** 20

function hasWideCode(data: Buffer): boolean {
  if (!data.includes('<\0', 0, 'latin1')) return false
  return wideCode.test(data.toString('latin1').replaceAll('\0', ''))
}

const [lessThan, space, greaterThan, firstOfText, lastOfText] = [0x3c, 0x20, 0x3e, 0x20, 0x7e]

function readMarkup(data: Buffer, at: number, allowed: 'documents' | null): string | null {
  const text = data.toString('latin1', at, at + tagBytes)
  if (code.test(text)) return 'html'
  return allowed === null && writtenTag.test(text) && mayBegin(data, at) ? 'html' : null
}

/** Spaces before a tag belong to no other tag: all of them together are gone over once. */
function mayBegin(data: Buffer, at: number): boolean {
  let before = at
  while (before > 0 && data[before - 1] === space) before -= 1
  const last = data[before - 1] ?? 0
  return before === 0 || last < firstOfText || last > lastOfText || last === greaterThan
}

const byOpening = Map.groupBy(signatures, ([, bytes]) => bytes.readUInt16BE())
const openings = signatures.map(([, bytes]) => bytes.toString('latin1', 0, 4))
openings.push('</sc', '<?ph', ...tags.map((name) => `<${name.slice(0, 3)}`))
/** Of two bytes, whether they are a pair among the first four of something that is looked for, in either case. */
const pairs = new Uint8Array(2 ** 16)
for (const opening of openings)
  for (const at of [0, 1, 2])
    for (const first of bothCases(opening.charAt(at)))
      for (const second of bothCases(opening.charAt(at + 1))) pairs[(first << 8) | second] = 1

function bothCases(letter: string): Buffer {
  return latin1(letter.toLowerCase() + letter.toUpperCase())
}

function readSignature(data: Buffer, at: number): string | null {
  for (const [name, bytes] of byOpening.get(data.readUInt16BE(at)) ?? []) {
    // Four bytes can occur by chance in a motion photo: a real entry also has a plausible version and method.
    if (standsHere(data, at, bytes) && (name !== 'zip' || looksLikeZipEntry(data, at))) return name
  }
  return null
}

function standsHere(data: Buffer, at: number, signature: Buffer): boolean {
  for (let i = 2; i < signature.length; i += 1) if (data[at + i] !== signature[i]) return false
  return true
}

function looksLikeZipEntry(data: Buffer, at: number): boolean {
  if (at + 30 > data.length) return false
  const versionNeeded = data.readUInt16LE(at + 4)
  const method = data.readUInt16LE(at + 8)
  return versionNeeded <= 63 && (method <= 20 || (method >= 93 && method <= 99)) && data.readUInt16LE(at + 26) <= 1024
}

/** PDF readers accept their header anywhere in the first kilobyte, whatever stands there. */
export const opensAsPdf = (head: Buffer): boolean => head.subarray(0, 1024).includes('%PDF-')

/**
 * True when a ZIP reader, which starts at the end, would open the file: wherever inside the media its entries lie.
 * @param file all of it, or as much of its end as is here
 */
export function endsAsZip(file: Buffer): boolean {
  const from = Math.max(0, file.length - endRecordBytes - 0xffff)
  for (let at = file.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= from; at = lastBefore(file, at))
    if (at + endRecordBytes <= file.length && isEndRecord(file, at)) return true
  return false
}

const endRecordBytes = 22
const zip64LocatorBytes = 20

/** Four bytes can occur by chance: a real end record reaches to the end, or something of an archive stands where it says. */
function isEndRecord(file: Buffer, at: number): boolean {
  const [directoryBytes, directoryAt] = [file.readUInt32LE(at + 12), file.readUInt32LE(at + 16)]
  return (
    at + endRecordBytes + file.readUInt16LE(at + 20) === file.length ||
    standsAt(file, at - directoryBytes, 'PK\x01\x02') ||
    standsAt(file, directoryAt, 'PK\x01\x02') ||
    standsAt(file, at - zip64LocatorBytes, 'PK\x06\x07')
  )
}

const standsAt = (file: Buffer, at: number, signature: string): boolean =>
  at >= 0 && file.toString('latin1', at, at + signature.length) === signature

const lastBefore = (file: Buffer, at: number): number =>
  at === 0 ? -1 : file.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
