// The upload panel's part of the dictionary in use; see words.ts.
import { enUpload } from './en-upload.ts'
import { translated } from './translation.ts'

export const uploadWords: typeof enUpload = translated('upload', enUpload)
