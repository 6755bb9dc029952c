// Which language the words of the page are in. Each part of the dictionary is in a chunk with the screens that say it, in
// English; where the page speaks another language, the same part of that one is fetched and takes its place. A screen is
// drawn when that is done: lazily loaded code is imported through `withWords` or `lazyPart`, which a lint rule sees to.
import { findLanguage } from './language.ts'
import type { Language } from './language-names.ts'

type Translated = Exclude<Language, 'en'>
type Part = { readonly [key: string]: unknown }

let language = findLanguage()
const coming = new Set<Promise<void>>()

/**
 * A part of the dictionary in use: English until the translation is there, and where it cannot be loaded. It is written
 * over in place: groups of words may be kept from the beginning, a single one is read where it is shown.
 */
export function inLanguage<Words extends Part>(
  english: Words,
  translations: Record<Translated, () => Promise<Words>>,
): Words {
  if (language === 'en') return english
  const loading: Promise<void> = translations[language]()
    .then(
      (translation) => replace(english, translation),
      // Whatever is loaded from now on is in English too.
      () => void (language = 'en'),
    )
    .finally(() => coming.delete(loading))
  coming.add(loading)
  return english
}

function replace(part: Part, by: Part): void {
  for (const [key, value] of Object.entries(by)) {
    const old = part[key]
    if (isPart(old) && isPart(value)) replace(old, value)
    else Object.assign(part, { [key]: value })
  }
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a chunk brings, when its words are there too. */
export async function withWords<Chunk>(chunk: Promise<Chunk>): Promise<Chunk> {
  const brought = await chunk
  await Promise.all(coming)
  return brought
}

/** The language of the words there are: `en` where those of another could not be loaded. */
export const spokenLanguage = (): Language => language
