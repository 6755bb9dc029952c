// The opened item's part of the dictionary in use; see words.ts.
import { enViewer } from './en-viewer.ts'
import { translated } from './translation.ts'

export type ViewerWords = typeof enViewer

export const viewerWords: ViewerWords = translated('viewer', enViewer)
