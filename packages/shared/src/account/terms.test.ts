import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { privacyNotice, termsOfUse } from './terms.ts'
import { termsVersion } from './terms-version.ts'

/** Hash of the texts by the version under which people accept them. A changed text gets a new line, never this one. */
const published: Readonly<Record<string, string>> = {
  '2026-11-22': 'af87b0298cfff3f5',
  '2026-11-23': '2f0f4ed5cc2cd7d4',
}

test('a text is what its version says: whoever accepted it accepted these words', () => {
  const hash = createHash('sha256')
    .update(JSON.stringify([termsOfUse, privacyNotice]))
    .digest('hex')
  expect(hash.slice(0, 16)).toBe(published[termsVersion])
})
