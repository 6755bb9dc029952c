import { expect, test } from 'vitest'
import { densities, planRows } from '@shoebox/shared/media/lay-out-rows.ts'
import { crowdOf, roomAround } from './crowd.ts'

const phone = { widthPx: 352, heightPx: 740 }
const desktop = { widthPx: 1160, heightPx: 800 }
const crowds = ({ widthPx, heightPx }: typeof phone) =>
  densities.map((across) => crowdOf(planRows(widthPx, across), heightPx))

test('tiles have all that fits while few are on a screen, and one element each when there are very many', () => {
  expect(crowds(phone)).toEqual(['roomy', 'roomy', 'crowded', 'tiny', 'tiny'])
  expect(crowds(desktop)).toEqual(['roomy', 'roomy', 'roomy', 'roomy', 'crowded'])
})

test('the more tiles there are on a screen, the less is drawn around it', () => {
  const rooms = [4, 6, 8].map((across) => roomAround(planRows(1160, across as 4), 800))
  expect(rooms).toEqual([...rooms].sort((a, b) => b - a))
  expect(roomAround(planRows(352, 8), 10_000)).toBe(0)
})
