// The share page's part of the dictionary in use; see words.ts.
import { enShare } from './en-share.ts'
import { translated } from './translation.ts'

export const shareWords: typeof enShare = translated('share', enShare)
