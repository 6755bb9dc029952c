// Roughly where something was taken: the country around a position and the nearest larger city in it. Called once per
// item by inspect and video; the exact position ends here. The maps cost 75 ms of CPU once, and only for a file that has
// a place.
import type { CaptureDetails } from '@shoebox/shared/messages/capture-details.schema.ts'

/** Degrees, WGS 84. Lives in memory only: it is neither stored nor logged. */
export type Position = { readonly latitude: number; readonly longitude: number }

type Place = NonNullable<CaptureDetails['place']>

/** Beyond this a city says nothing about the place. */
const kilometresMax = 100

/** Null at sea, and for numbers that are no position. */
export async function findPlace({ latitude, longitude }: Position): Promise<Place | null> {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  const [{ iso1A2Code }, { cityMapping }] = await Promise.all([
    import('@rapideditor/country-coder'),
    import('city-timezones'),
  ])
  // Greenland, not Denmark; Puerto Rico, not the United States.
  const country = iso1A2Code([longitude, latitude], { level: 'territory' })
  if (country === null || !/^[A-Z]{2}$/.test(country)) return null
  let nearest: { readonly city: string; readonly kilometres: number } | null = null
  for (const { iso2, city, lat, lng } of cityMapping) {
    if (iso2 !== country) continue
    const kilometres = measureKilometres({ latitude, longitude }, { latitude: lat, longitude: lng })
    if (kilometres <= (nearest?.kilometres ?? kilometresMax)) nearest = { city, kilometres }
  }
  return { country, city: nearest?.city ?? null, latitude: round(latitude), longitude: round(longitude) }
}

/** To a tenth of a degree; and no -0, which JSON does not know. */
const round = (degrees: number): number => Math.round(degrees * 10) / 10 + 0

const earthRadiusKilometres = 6371

function measureKilometres(a: Position, b: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [north, east] = [radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2]
  const chord =
    Math.sin(north) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east) ** 2
  return 2 * earthRadiusKilometres * Math.asin(Math.min(1, Math.sqrt(chord)))
}
