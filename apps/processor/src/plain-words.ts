// Words that strangers wrote into their files, before they are stored and shown.
const charactersMax = 200

/** One line of plain text, or null when nothing is left of it. */
export function toPlainWords(text: unknown): string | null {
  if (typeof text !== 'string') return null
  // Control and direction characters could make one line look like another.
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? null : Array.from(plain).slice(0, charactersMax).join('').trim()
}
