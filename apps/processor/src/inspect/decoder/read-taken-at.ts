// When a picture was taken, from what the camera wrote. Local wall-clock time, with the offset only where the file
// says so: guessing a zone would move the picture to another day.
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { ExifTags } from './parse-exif.ts'

type TakenAt = NonNullable<ReadyOutcome['takenAt']>

export const readTakenAt = (exif: ExifTags | null, xmp: Buffer | undefined): TakenAt | null =>
  readFromExif(exif?.Photo?.DateTimeOriginal, exif?.Photo?.OffsetTimeOriginal) ??
  readFromExif(exif?.Photo?.DateTimeDigitized, exif?.Photo?.OffsetTimeDigitized) ??
  readFromXmp(xmp) ??
  // When it was changed last.
  readFromExif(exif?.Image?.DateTime, exif?.Photo?.OffsetTime)

function readFromExif(moment: unknown, offset: unknown): TakenAt | null {
  const local = readMoment(moment)
  return local === null ? null : { local, offsetMinutes: readOffset(offset), source: 'exif' }
}

/** exif-reader hands out a Date whose UTC fields are the wall clock, also where the text was no date at all. */
function readMoment(moment: unknown): string | null {
  if (!(moment instanceof Date) || Number.isNaN(moment.getTime())) return null
  const year = moment.getUTCFullYear()
  // An empty date, 0000:00:00, comes out as the end of 1899.
  return year > 1900 && year <= 9999 ? moment.toISOString().slice(0, 19) : null
}

/** When it was shot, when the negative was scanned. */
const xmpMoments = ['exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate'].map(
  (name) => new RegExp(String.raw`${name}(?:="|>)\s*(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?`),
)

function readFromXmp(xmp: Buffer | undefined): TakenAt | null {
  const words = xmp?.toString('utf8') ?? ''
  for (const moment of xmpMoments) {
    const [, text = '', offset = null] = moment.exec(words) ?? []
    const local = text.length === 16 ? `${text}:00` : text
    const isReal = readMoment(new Date(`${local}Z`)) === local
    if (isReal) return { local, offsetMinutes: readOffset(offset), source: 'xmp' }
  }
  return null
}

function readOffset(offset: unknown): number | null {
  if (offset === 'Z') return 0
  const parts = typeof offset === 'string' ? /^([+-])(\d\d):(\d\d)/.exec(offset) : null
  if (parts === null) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return minutes > 14 * 60 ? null : parts[1] === '-' ? -minutes : minutes
}
