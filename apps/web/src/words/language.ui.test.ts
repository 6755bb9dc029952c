import { afterEach, expect, test } from 'vitest'
import { chooseLanguage, findLanguage } from './language.ts'

afterEach(() => chooseLanguage(null))

test.each([
  [['tr-TR', 'en'], 'tr'],
  [['de', 'tr'], 'tr'],
  [['en-GB', 'tr'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
] as const)('of %j the first that there is, is spoken', (wished, language) => {
  expect(findLanguage(wished)).toBe(language)
})

test('what was chosen goes before what the browser wishes, until it is chosen no more', () => {
  chooseLanguage('tr')
  expect(findLanguage(['en'])).toBe('tr')
  chooseLanguage(null)
  expect(findLanguage(['en'])).toBe('en')
})
