// How a mail looks. Plain text first; the HTML says the same and asks for no pictures and no scripts.

export type Mail = {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Beside the ones that every mail has. */
  readonly headers?: Readonly<Record<string, string>>
}

export type Paragraph =
  | string
  | { readonly emphasis: string }
  | { readonly link: string; readonly label: string }
  | { readonly title: string; readonly lines: readonly string[] }

export function lay(subject: string, paragraphs: readonly Paragraph[]): Mail {
  return {
    subject,
    text: `${paragraphs.map(writeText).join('\n\n')}\n\nShoebox\n`,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(subject)}</title><body style="font:16px/1.5 sans-serif;max-width:32em;margin:2em auto;padding:0 1em">${paragraphs.map(writeHtml).join('')}<p>Shoebox</p></body></html>`,
  }
}

function writeText(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return paragraph
  if ('title' in paragraph) return [paragraph.title, ...paragraph.lines.map((line) => `- ${line}`)].join('\n')
  return 'link' in paragraph ? `${paragraph.label}: ${paragraph.link}` : `    ${paragraph.emphasis}`
}

function writeHtml(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return `<p>${escapeHtml(paragraph)}</p>`
  if ('title' in paragraph)
    return `<h2 style="font-size:1.1em;margin-bottom:0">${escapeHtml(paragraph.title)}</h2><ul>${paragraph.lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
  if ('link' in paragraph) return `<p><a href="${escapeHtml(paragraph.link)}">${escapeHtml(paragraph.label)}</a></p>`
  return `<p style="font-size:1.75em;letter-spacing:.2em"><strong>${escapeHtml(paragraph.emphasis)}</strong></p>`
}

/**
 * Names come from strangers, and may be put on somebody else's address: no line of a mail is written by one, and one
 * that could be an address or a link is left out, or the mail would carry its message.
 */
export function greet(name: string): string {
  const plain = nameOr(name, '')
  return plain === '' ? 'Hello,' : `Hello ${plain},`
}

/** A name for a mail, or what to say instead of one that could be an address or a link. */
export function nameOr(name: string, otherwise: string): string {
  const plain = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return plain === '' || /[:/@<>]|\.\p{L}/u.test(plain) ? otherwise : plain
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
