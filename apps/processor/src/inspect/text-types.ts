// Names the kinds of text that people try to pass off as pictures, so that the refusal can say what the file is.
// Binary types are file-type's business; text has no magic number.

const scannedBytes = 4096

const xmlOpening = /^<\?xml[^>]*>\s*/i
const svgDoctype = /^<!doctype\s+svg[^>]*>\s*/i
const svg = /^<svg[\s>:]/i
const html = /^<(?:!doctype\s+html|html|head|body|script|iframe|title|style|table|a|div)[\s>]/i

/** The MIME name of a text file by how it begins; `text/plain` for other text; null when it is not text. */
export function nameText(head: Uint8Array): string | null {
  const text = decodeText(head.subarray(0, scannedBytes))
  if (text === null) return null
  const start = text.trimStart()
  if (svg.test(skipComments(start.replace(xmlOpening, '')).replace(svgDoctype, ''))) return 'image/svg+xml'
  if (html.test(skipComments(start))) return 'text/html'
  if (/^<\?xml\s/i.test(start)) return 'application/xml'
  return start.startsWith('#!') ? 'text/x-shellscript' : 'text/plain'
}

/** Comment by comment: a pattern that takes any number of them tries every way to divide them, which doubles with each. */
function skipComments(text: string): string {
  const comment = /<!--[\s\S]*?-->\s*/y
  let at = 0
  while (comment.test(text)) at = comment.lastIndex
  return text.slice(at)
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
