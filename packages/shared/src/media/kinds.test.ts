import { expect, test } from 'vitest'
import { findMediaType, findMediaTypeByFileName, mediaFormats, mediaTypes } from './kinds.ts'

test('every spelling and extension names exactly one format', () => {
  const names = mediaTypes.flatMap((type) => [type, ...mediaFormats[type].aliases])
  const extensions = mediaTypes.flatMap((type) => [...mediaFormats[type].extensions])
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(extensions).size).toBe(extensions.length)
})

test.each([
  ['image/JPG', 'image/jpeg'],
  [' audio/x-m4a ', 'audio/mp4'],
  ['video/x-matroska', 'video/matroska'],
])('knows %j as %s', (name, type) => {
  expect(findMediaType(name)).toBe(type)
})

test.each(['image/svg+xml', 'text/html', 'application/pdf', 'application/zip', 'application/x-msdownload', ''])(
  'does not take %j',
  (name) => {
    expect(findMediaType(name)).toBeNull()
  },
)

test('guesses from the last extension only', () => {
  expect(findMediaTypeByFileName('holiday.JPEG')).toBe('image/jpeg')
  expect(findMediaTypeByFileName('photo.jpg.exe')).toBeNull()
  expect(findMediaTypeByFileName('no-extension')).toBeNull()
})
