import { expect, test } from 'vitest'
import { makeDetails, makeItem } from '../../test/make-item.ts'
import type { Details } from './details-query.ts'
import { listFacts } from './details.tsx'

const item = makeItem(1, { takenLocal: '2026-06-15T14:30:05', bytes: 5 * 2 ** 20 })
const details = makeDetails(item)
const valueOf = (name: string, known: Details | undefined = details) =>
  listFacts(item, known).find((fact) => fact.name === name)

test('tells when it was taken on the clock of the place, with the offset and who says so', () => {
  expect(valueOf('Taken')).toEqual({
    name: 'Taken',
    value: 'Jun 15, 2026, 2:30 PM (UTC−03:30)',
    note: 'By the camera’s clock',
  })
  const vague = { ...details, taken: { local: '2026-06-15T14:30:05', offsetMinutes: null, source: 'xmp' } } as const
  expect(valueOf('Taken', vague)?.value).toContain('time zone not recorded')
})

test('tells with what, how and near where', () => {
  expect(valueOf('Camera')?.value).toBe('Apple iPhone 15 Pro')
  expect(valueOf('Exposure')?.value).toBe('1/121 s · f/1.8 · ISO 64 · 6.9 mm (24 mm on 35 mm film)')
  expect(valueOf('Near')).toMatchObject({ value: 'Berlin, Germany', note: 'Only you see this.' })
  expect(valueOf('Near', { ...details, place: { country: 'GL', city: null } })?.value).toBe('Greenland')
})

test('tells the format of a film', () => {
  const film = { ...details, videoCodec: 'hevc', audioCodec: 'aac', frameRate: 29.97, isHdr: true }
  expect(valueOf('Format', film)?.value).toBe('HEVC · AAC · 29.97 frames a second · High dynamic range')
})

test('leaves out what is not known, and needs nothing beyond the feed to begin with', () => {
  expect(listFacts(item, undefined).map(({ name }) => name)).toEqual([
    'Taken',
    'Type',
    'Dimensions',
    'Size',
    'Added by',
    'Added',
  ])
})
