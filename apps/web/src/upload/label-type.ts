import { findMediaType, mediaFormats } from '@shoebox/shared/media/kinds.ts'
import { uploadWords } from '../words/upload-words.ts'

/** What people call a type: "JPEG" for `image/jpeg`. */
export function labelOf(mimeName: string): string {
  const type = findMediaType(mimeName)
  if (type !== null) return mediaFormats[type].label
  const others: Readonly<Record<string, string>> = uploadWords.otherTypes
  return others[mimeName] ?? mimeName
}
