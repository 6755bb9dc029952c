// The words of bulk downloads in the language in use.
import { enDownloads } from './en-downloads.ts'
import { translated } from './translation.ts'

export const downloadsWords: typeof enDownloads = translated('downloads', enDownloads)
