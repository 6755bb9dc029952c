import { expect, test } from 'vitest'
import { captureDetailsSchema } from '@shoebox/shared/messages/capture-details.schema.ts'
import { findPlace } from './find-place.ts'

test.each([
  ['Berlin', 52.5163, 13.3777, 'DE', 'Berlin', 52.5, 13.4],
  // Three countries meet here: the nearest city is not the answer, the country's own is.
  ['Basel’s station', 47.5474, 7.5896, 'CH', 'Basel', 47.5, 7.6],
  ['the French side of it', 47.59, 7.55, 'FR', 'Mulhouse', 47.6, 7.6],
  ['Fiji, at the edge of the map', -18.1416, 178.4419, 'FJ', 'Suva', -18.1, 178.4],
  ['Greenwich', 51.4779, -0.0015, 'GB', 'London', 51.5, 0],
])(
  'names country and city of %s, and rounds the rest away',
  async (_, latitude, longitude, country, city, lat, lng) => {
    const place = await findPlace({ latitude, longitude })
    expect(place).toEqual({ country, city, latitude: lat, longitude: lng })
    expect(captureDetailsSchema.shape.place.parse(place)).toEqual(place)
  },
)

test('names no city far from any', async () => {
  expect(await findPlace({ latitude: 72.58, longitude: -38.46 })).toMatchObject({ country: 'GL', city: null })
})

test.each([
  ['the open sea', 30, -40],
  ['beyond the pole', 91, 0],
  ['no number', Number.NaN, 0],
])('knows no place for %s', async (_, latitude, longitude) => {
  expect(await findPlace({ latitude, longitude })).toBeNull()
})
