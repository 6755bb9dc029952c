// The groups' part of the dictionary in use; see translation.ts.
import { enGroups } from './en-groups.ts'
import { inLanguage } from './translation.ts'

export const groupWords = inLanguage(enGroups, { tr: async () => (await import('./tr-groups.ts')).trGroups })
