import readExif from 'exif-reader'

export type ExifTags = ReturnType<typeof readExif>

/** The tags of an Exif block. A damaged one is no reason to refuse a picture. */
export function parseExif(block: Buffer | undefined): ExifTags | null {
  if (block === undefined) return null
  try {
    return readExif(block)
  } catch {
    return null
  }
}
