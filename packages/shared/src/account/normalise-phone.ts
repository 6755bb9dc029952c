/** E.164: a plus, a country code, 8 to 15 digits in all. */
const e164 = /^\+[1-9]\d{7,14}$/

/** A phone number as it is stored, or null for what is none. Spaces, dots, hyphens and brackets are how people write. */
export function normalisePhone(text: string): string | null {
  const plain = text.replace(/[\s().\-\u2010-\u2015]/g, '').replace(/^00/, '+')
  return e164.test(plain) ? plain : null
}
