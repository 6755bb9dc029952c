import { expect, test } from 'vitest'
import { bytesMaxByKind } from '../media/kinds.ts'
import { judgeDeclaredFile, putBytesMax } from './policy.ts'

const file = { name: 'beach.jpg', type: 'image/jpeg', bytes: 1 }

test('takes a file up to the last byte of its kind, and no further', () => {
  expect(judgeDeclaredFile({ ...file, bytes: bytesMaxByKind.image })).toMatchObject({ ok: true })
  expect(judgeDeclaredFile({ ...file, bytes: bytesMaxByKind.image + 1 })).toEqual({
    ok: false,
    refusal: { code: 'file_too_large', bytesMax: bytesMaxByKind.image },
  })
})

test.each([0, -1])('refuses %i bytes', (bytes) => {
  expect(judgeDeclaredFile({ ...file, bytes })).toEqual({ ok: false, refusal: { code: 'file_empty' } })
})

test.each(['', 'application/octet-stream'])('goes by the name when the browser says %j', (type) => {
  expect(judgeDeclaredFile({ name: 'IMG_1.HEIC', type, bytes: 9 })).toMatchObject({ value: { type: 'image/heic' } })
})

test('does not let a harmless name excuse a refused type', () => {
  expect(judgeDeclaredFile({ ...file, type: 'image/svg+xml' })).toEqual({
    ok: false,
    refusal: { code: 'type_not_allowed' },
  })
})

test('one request up to 16 MB, parts from the next byte on', () => {
  const film = { name: 'film.mp4', type: 'video/mp4' }
  expect(judgeDeclaredFile({ ...film, bytes: putBytesMax })).toMatchObject({ value: { method: 'put' } })
  expect(judgeDeclaredFile({ ...film, bytes: putBytesMax + 1 })).toMatchObject({ value: { method: 'multipart' } })
})
