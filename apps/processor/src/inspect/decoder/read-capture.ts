// With what, how and where a picture was taken, from its Exif block. Serial numbers and names of owners are not read.
import type { CaptureDetails } from '@shoebox/shared/messages/capture-details.schema.ts'
import type { Capture } from '../../place/describe-capture.ts'
import type { Position } from '../../place/find-place.ts'
import { nameCamera } from '../../place/name-camera.ts'
import type { ExifTags } from './parse-exif.ts'

type Exposure = NonNullable<CaptureDetails['exposure']>

export function readCapture({ Photo: photo, Image: image, GPSInfo: gps }: ExifTags): Capture {
  return {
    camera: nameCamera(image?.Make, image?.Model),
    lens: nameCamera(photo?.LensMake, photo?.LensModel),
    exposure: readExposure(photo),
    position: readPosition(gps),
  }
}

function readExposure(photo: ExifTags['Photo']): Exposure | null {
  const iso = [photo?.ISOSpeedRatings].flat()[0]
  const said: Exposure = {
    ...within('shutterSeconds', photo?.ExposureTime, 100_000),
    ...within('fNumber', photo?.FNumber, 1000),
    ...within('iso', Number.isInteger(iso) ? iso : undefined, 100_000_000),
    ...within('focalLengthMm', photo?.FocalLength, 100_000),
    ...within('focalLength35Mm', photo?.FocalLengthIn35mmFilm, 100_000),
  }
  return Object.keys(said).length === 0 ? null : said
}

/** Zero is how cameras say that they do not know. */
const within = (name: keyof Exposure, value: unknown, max: number): Exposure =>
  typeof value === 'number' && value > 0 && value <= max ? { [name]: value } : {}

function readPosition(gps: ExifTags['GPSInfo']): Position | null {
  const latitude = readDegrees(gps?.GPSLatitude, gps?.GPSLatitudeRef, 'S')
  const longitude = readDegrees(gps?.GPSLongitude, gps?.GPSLongitudeRef, 'W')
  // Both exactly zero is how some cameras say that they had no signal.
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null
  return { latitude, longitude }
}

/** Degrees, minutes, seconds; the last may be missing. */
function readDegrees(parts: unknown, direction: unknown, negative: 'S' | 'W'): number | null {
  if (!Array.isArray(parts) || parts.length === 0) return null
  const [degrees, minutes = 0, seconds = 0] = parts.map(Number)
  const value = (degrees ?? Number.NaN) + minutes / 60 + seconds / 3600
  if (!Number.isFinite(value) || Math.abs(value) > 180) return null
  return typeof direction === 'string' && direction.startsWith(negative) ? -value : value
}
