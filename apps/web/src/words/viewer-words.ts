// The opened item's part of the dictionary in use; see words.ts.
import { enViewer } from './en-viewer.ts'

export type ViewerWords = typeof enViewer

export const viewerWords: ViewerWords = enViewer
