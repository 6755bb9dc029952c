// When a picture was taken, from what the camera wrote. Local wall-clock time, with the offset only where the file
// says so: guessing a zone would move the picture to another day.
import type { Metadata } from 'sharp'
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { ExifTags } from './parse-exif.ts'

type TakenAt = NonNullable<ReadyOutcome['takenAt']>

export const readTakenAt = (exif: ExifTags | null, { xmp, iptc }: Pick<Metadata, 'xmp' | 'iptc'>): TakenAt | null =>
  readFromExif(exif?.Photo?.DateTimeOriginal, exif?.Photo?.OffsetTimeOriginal) ??
  readFromExif(exif?.Photo?.DateTimeDigitized, exif?.Photo?.OffsetTimeDigitized) ??
  readFromXmp(xmp) ??
  readFromIptc(iptc) ??
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
    const noted = noteMoment(text.length === 16 ? `${text}:00` : text, offset)
    if (noted !== null) return noted
  }
  return null
}

/** IIM 4.2, 2:55 and 2:60. A zone has to be written there: programs that know none write that of Greenwich. */
const iptcDate = /\x1c\x02\x37\0\x08(\d{4})(\d\d)(\d\d)/
const iptcTime = /\x1c\x02\x3c\0[\x06\x0b](\d\d)(\d\d)(\d\d)([+-](?!0000)\d{4})?/

function readFromIptc(iptc: Buffer | undefined): TakenAt | null {
  const words = iptc?.toString('latin1') ?? ''
  const date = iptcDate.exec(words)?.slice(1)
  const time = iptcTime.exec(words)?.slice(1)
  if (date === undefined || time === undefined) return null
  return noteMoment(`${date.join('-')}T${time.slice(0, 3).join(':')}`, time[3])
}

/** The programs that write XMP wrote IPTC before. */
function noteMoment(local: string, offset: unknown): TakenAt | null {
  const isReal = readMoment(new Date(`${local}Z`)) === local
  return isReal ? { local, offsetMinutes: readOffset(offset), source: 'xmp' } : null
}

function readOffset(offset: unknown): number | null {
  if (offset === 'Z') return 0
  const parts = typeof offset === 'string' ? /^([+-])(\d\d):?(\d\d)/.exec(offset) : null
  if (parts === null) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return minutes > 14 * 60 ? null : parts[1] === '-' ? -minutes : minutes
}
