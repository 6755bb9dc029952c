import { expect, test } from 'vitest'
import { enTerms, type Terms } from './en-terms.ts'
import { trTerms } from './tr-terms.ts'

test('the translation says as much as the text that decides: every section, every paragraph, every amount', () => {
  const outline = ({ termsOfUse, privacyNotice }: Terms) =>
    [termsOfUse, privacyNotice].map((text) =>
      text.map(({ paragraphs }) => paragraphs.map((paragraph) => paragraph.match(/\d+( [MGT]B)?/g))),
    )
  expect(outline(trTerms)).toEqual(outline(enTerms))
})
