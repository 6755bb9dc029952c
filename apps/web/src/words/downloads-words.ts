// The words of bulk downloads in the language in use.
import { enDownloads } from './en-downloads.ts'
import { inLanguage } from './translation.ts'

export const downloadsWords = inLanguage(enDownloads, {
  tr: async () => (await import('./tr-downloads.ts')).trDownloads,
})
