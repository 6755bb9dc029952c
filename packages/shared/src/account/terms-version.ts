/** The day the present texts in terms.ts are from. Whoever accepted another version is asked again. */
export const termsVersion = '2026-11-23'
