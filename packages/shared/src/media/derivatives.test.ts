import { expect, test } from 'vitest'
import { derivativeUrl, planFit } from './derivatives.ts'

test.each([
  [4000, 3000, 320, 320, 240],
  [3000, 4000, 320, 240, 320],
  [20_000, 10, 320, 320, 1],
  [100, 50, 320, 100, 50],
  [320, 320, 320, 320, 320],
])('%i × %i fits %i as %i × %i', (width, height, box, fitWidth, fitHeight) => {
  expect(planFit(width, height, box)).toEqual({ widthPx: fitWidth, heightPx: fitHeight })
})

test('one signature opens every derivative of an item', () => {
  const delivery = { base: 'https://media.example/v/med_1/g', query: 'Policy=p&Signature=s' }
  expect(derivativeUrl(delivery, 'tile')).toBe('https://media.example/v/med_1/g/tile.webp?Policy=p&Signature=s')
})
