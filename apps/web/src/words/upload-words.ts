// The upload panel's part of the dictionary in use; see translation.ts.
import { enUpload } from './en-upload.ts'
import { inLanguage } from './translation.ts'

export const uploadWords = inLanguage(enUpload, { tr: async () => (await import('./tr-upload.ts')).trUpload })
