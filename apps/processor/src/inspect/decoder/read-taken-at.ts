// When a picture was taken, from what the camera wrote. Local wall-clock time, with the offset only where the file
// says so: guessing a zone would move the picture to another day.
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { ExifTags } from './parse-exif.ts'

type TakenAt = NonNullable<ReadyOutcome['takenAt']>

export const readTakenAt = (exif: ExifTags | null, xmp: Buffer | undefined): TakenAt | null =>
  (exif === null ? null : readFromExif(exif)) ?? readFromXmp(xmp)

function readFromExif({ Photo: photo, Image: image }: ExifTags): TakenAt | null {
  const candidates: readonly (readonly [moment: unknown, offset: unknown])[] = [
    [photo?.DateTimeOriginal, photo?.OffsetTimeOriginal],
    [photo?.DateTimeDigitized, photo?.OffsetTimeDigitized],
    [image?.DateTime, photo?.OffsetTime],
  ]
  for (const [moment, offset] of candidates) {
    const local = readMoment(moment)
    if (local !== null) return { local, offsetMinutes: readOffset(offset), source: 'exif' }
  }
  return null
}

/** exif-reader hands out a Date whose UTC fields are the wall clock, also where the text was no date at all. */
function readMoment(moment: unknown): string | null {
  if (!(moment instanceof Date) || Number.isNaN(moment.getTime())) return null
  const year = moment.getUTCFullYear()
  // An empty date, 0000:00:00, comes out as the end of 1899.
  return year > 1900 && year <= 9999 ? moment.toISOString().slice(0, 19) : null
}

const xmpMoment =
  /(?:exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate)(?:="|>)\s*(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?/

function readFromXmp(xmp: Buffer | undefined): TakenAt | null {
  const found = xmp === undefined ? null : xmpMoment.exec(xmp.toString('utf8'))
  const text = found?.[1]
  if (text === undefined) return null
  const local = text.length === 16 ? `${text}:00` : text
  const isReal = readMoment(new Date(`${local}Z`)) === local
  return isReal ? { local, offsetMinutes: readOffset(found?.[2] ?? null), source: 'xmp' } : null
}

function readOffset(offset: unknown): number | null {
  if (offset === 'Z') return 0
  const parts = typeof offset === 'string' ? /^([+-])(\d\d):(\d\d)/.exec(offset) : null
  if (parts === null) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return minutes > 14 * 60 ? null : parts[1] === '-' ? -minutes : minutes
}
