import { expect, test } from 'vitest'
import { judgeFailure } from './judge-failure.ts'

test.each([
  ['first', 'timeout: 12% complete'],
  ['behind what another thread noticed', 'VipsImage: killed for image "temp-3"\ntimeout: 12% complete'],
  ['not yet', 'VipsImage: killed for image "temp-3"'],
])('calls a picture too slow whose time is over, whether libvips says so %s', (_, words) => {
  expect(judgeFailure(new Error(words))).toMatchObject({ refusal: { reason: 'image_too_slow' } })
})

test('blames no file for want of memory, in whatever line that stands', () => {
  expect(() => judgeFailure(new Error('webp: unable to decode\nout of memory'))).toThrow('out of memory')
})

test.each(['tiff2vips: unsupported tiff image type', 'VipsJpeg: Unsupported color conversion request'])(
  'knows a form that is not read here from damage: %s',
  (words) => {
    expect(judgeFailure(new Error(words))).toMatchObject({ refusal: { reason: 'image_unsupported' } })
  },
)

test('calls the rest damaged', () => {
  expect(judgeFailure(new Error('VipsJpeg: premature end'))).toMatchObject({ refusal: { reason: 'image_damaged' } })
})
