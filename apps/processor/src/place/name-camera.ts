import { toPlainWords } from '../plain-words.ts'

/** Maker and model as one name, without saying the maker twice: "Canon EOS R5", "NIKON D850", "Apple iPhone 15". */
export function nameCamera(make: unknown, model: unknown): string | null {
  const [maker, name] = [toPlainWords(make), toPlainWords(model)]
  if (maker === null || name === null) return name ?? maker
  const [brand = maker] = maker.split(/[ ,.]/, 1)
  return name.toLowerCase().startsWith(brand.toLowerCase()) ? name : toPlainWords(`${maker} ${name}`)
}
