import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chooseLanguage } from './language.ts'
import type * as Translation from './translation.ts'

/** As a page that was just opened. */
const openPage = (): Promise<typeof Translation> => {
  vi.resetModules()
  return import('./translation.ts')
}

const turkish = async () => ({ close: 'Kapat', kinds: { image: 'Fotoğraf' }, list: ['bir'] })
const english = () => ({ close: 'Close', kinds: { image: 'Photo' }, list: ['one', 'two'] })

beforeEach(() => chooseLanguage('tr'))
afterEach(() => chooseLanguage(null))

test('whoever waits for a chunk has its words in the language of the page, and so has who kept a group of them', async () => {
  const { inLanguage, spokenLanguage, withWords } = await openPage()
  let words: ReturnType<typeof english> | undefined
  let kinds: { image: string } | undefined
  const load = async () => {
    words = inLanguage(english(), { tr: turkish })
    kinds = words.kinds
    return 'the chunk'
  }
  expect(await withWords(load())).toBe('the chunk')
  expect(words).toEqual(await turkish())
  expect(kinds).toEqual({ image: 'Fotoğraf' })
  expect(spokenLanguage()).toBe('tr')
})

test('a page in English loads no other language', async () => {
  chooseLanguage('en')
  const { inLanguage } = await openPage()
  const load = vi.fn(turkish)
  expect(inLanguage(english(), { tr: load })).toEqual(english())
  expect(load).not.toHaveBeenCalled()
})

test('where a translation cannot be loaded the words are English, and so are those that come later', async () => {
  const { inLanguage, spokenLanguage, withWords } = await openPage()
  const words = inLanguage(english(), { tr: () => Promise.reject(new Error('no network')) })
  await withWords(Promise.resolve())
  expect(words).toEqual(english())
  expect(spokenLanguage()).toBe('en')
  expect(inLanguage(english(), { tr: turkish })).toEqual(english())
})
