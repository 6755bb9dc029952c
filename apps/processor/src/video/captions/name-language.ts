/** The tag that browsers know a language by, from what a container calls it (`deu`, `ger`, `de-CH`); null for none. */
export function nameLanguage(code: string | null): string | null {
  try {
    const [tag = 'und'] = Intl.getCanonicalLocales(code ?? 'und')
    return /^(und|mis|mul|zxx)\b/.test(tag) || tag.length > 35 ? null : tag
  } catch {
    return null
  }
}
