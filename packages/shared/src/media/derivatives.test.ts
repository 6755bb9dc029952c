import { expect, test } from 'vitest'
import { chooseDerivative, derivativeUrl, planFit } from './derivatives.ts'
import { planRows, type Density } from './lay-out-rows.ts'

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

const upright = [
  { name: 'preview', heightPx: 1600 },
  { name: 'tile', heightPx: 640 },
  { name: 'thumb', heightPx: 320 },
] as const
const lying = [
  { name: 'thumb', heightPx: 240 },
  { name: 'tile', heightPx: 480 },
  { name: 'preview', heightPx: 1200 },
] as const

test.each<[widthPx: number, ratio: number, across: Density, lying: string, upright: string]>([
  [352, 1, 2, 'thumb', 'thumb'],
  [352, 3, 2, 'tile', 'tile'],
  [422, 3, 2, 'tile', 'tile'],
  [352, 3, 4, 'thumb', 'thumb'],
  [352, 2, 8, 'thumb', 'thumb'],
  [1180, 1, 2, 'tile', 'tile'],
  [1180, 2, 2, 'preview', 'preview'],
  [1180, 1, 4, 'thumb', 'thumb'],
  [1180, 2, 4, 'tile', 'tile'],
  [1180, 2, 8, 'thumb', 'thumb'],
  [3720, 1, 4, 'preview', 'preview'],
  [3720, 1, 8, 'tile', 'tile'],
])('%i px with %i dots each and %i across get a %s, upright a %s', (widthPx, ratio, across, one, other) => {
  const { rowHeightPx } = planRows(widthPx, across)
  expect(chooseDerivative(lying, rowHeightPx, ratio)).toBe(one)
  expect(chooseDerivative(upright, rowHeightPx, ratio)).toBe(other)
})

test('the largest there is is taken where none is sharp, and none where there is none', () => {
  expect(chooseDerivative(lying, 5000, 1)).toBe('preview')
  expect(chooseDerivative([], 100, 1)).toBeNull()
})
