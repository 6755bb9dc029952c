// What people agree to and what becomes of their data, in English: the text that was agreed to.
import { privacyNotice, termsOfUse, type TermsSection } from '@shoebox/shared/account/terms.ts'
import type { termsVersion } from '@shoebox/shared/account/terms-version.ts'

export type Terms = {
  readonly termsOfUse: readonly TermsSection[]
  readonly privacyNotice: readonly TermsSection[]
  /** Above a translation. Of which English text it is, so that a new one does not compile until it is translated. */
  readonly translation: { readonly of: typeof termsVersion; readonly decides: string } | null
}

export const enTerms: Terms = { termsOfUse, privacyNotice, translation: null }
