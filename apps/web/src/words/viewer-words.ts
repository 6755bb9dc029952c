// The opened item's part of the dictionary in use; see translation.ts.
import { enViewer } from './en-viewer.ts'
import { inLanguage } from './translation.ts'

export const viewerWords = inLanguage(enViewer, { tr: async () => (await import('./tr-viewer.ts')).trViewer })
