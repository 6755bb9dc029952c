/** Tokens are 25 random bytes in lower-case base32. Anything else in the cookie is not asked of the database. */
export const isToken = (text: string): boolean => /^[a-z2-7]{40}$/.test(text)

/** The id of the session that a visitor says they have. Null: they say nothing that could be one. */
export const sessionIdOf = async (token: string | null): Promise<string | null> =>
  token !== null && isToken(token) ? await hashToken(token) : null

/** What is stored of a token. Unsalted and fast is enough: the token is random, there is nothing to guess. */
export async function hashToken(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
