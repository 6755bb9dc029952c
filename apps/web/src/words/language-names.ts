/** Every language there is, as it calls itself. */
export const languageNames = { en: 'English', tr: 'Türkçe' } as const
export type Language = keyof typeof languageNames
