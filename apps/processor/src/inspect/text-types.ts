// Names the kinds of text that people try to pass off as pictures, so that the refusal can say what the file is.
// Binary types are file-type's business; text has no magic number.

const scannedBytes = 4096

const kinds: readonly (readonly [mime: string, pattern: RegExp])[] = [
  ['image/svg+xml', /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype\s+svg[^>]*>\s*)?<svg[\s>:]/i],
  [
    'text/html',
    /^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|title|style|table|a|div)[\s>]/i,
  ],
  ['application/xml', /^<\?xml\s/i],
  ['text/x-shellscript', /^#!/],
]

/** The MIME name of a text file by how it begins; `text/plain` for other text; null when it is not text. */
export function nameText(head: Uint8Array): string | null {
  const bytes = head.subarray(0, scannedBytes)
  const text = decodeText(bytes)
  if (text === null) return null
  const start = text.trimStart()
  return kinds.find(([, pattern]) => pattern.test(start))?.[0] ?? 'text/plain'
}

function decodeText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = new TextDecoder('utf-8').decode(bytes)
  const strange = Array.from(text).filter(isStrange)
  return strange.length > 1 ? null : text
}

/** Control characters other than white space and escape do not occur in text, nor does what is not UTF-8. */
function isStrange(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code === 0xfffd || (code < 0x20 && !(code >= 0x09 && code <= 0x0d) && code !== 0x1b)
}
