import { expect, test } from 'vitest'
import { findMediaType } from '@shoebox/shared/media/kinds.ts'
import { Shot } from '../upload/shot.ts'
import { toFile } from './name-shot.ts'
import { chooseClipType } from './record-clip.ts'

test.each([
  ['Safari', /mp4/, 'video/mp4;codecs=avc1.640028,mp4a.40.2'],
  ['Chromium without AAC', /avc1\.42E01E,opus|webm/, 'video/mp4;codecs=avc1.42E01E,opus'],
  ['Firefox', /webm;codecs=vp8/, 'video/webm;codecs=vp8,opus'],
])('%s records the type that plays in most places', (_, supported, type) => {
  expect(chooseClipType((one) => supported.test(one))).toBe(type)
})

test('a browser that records nothing we take records nothing', () => {
  expect(chooseClipType(() => false)).toBeNull()
})

test.each(['image/jpeg', 'image/png', 'video/mp4;codecs=avc1', 'video/webm;codecs=vp9,opus'])(
  'what is taken as %s has a type that is allowed, and the moment as its name',
  (type) => {
    const file = toFile(new Blob(['x'], { type }), new Date(2026, 5, 5, 4, 3, 2))
    expect(file.name).toMatch(/^2026-06-05 04\.03\.02\.(jpg|png|mp4|webm)$/)
    expect(findMediaType(file.type)).toBe(file.type)
    // Kept on the device while it waits, however large.
    expect(file).toBeInstanceOf(Shot)
  },
)
