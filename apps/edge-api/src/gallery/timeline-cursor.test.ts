import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { formatPosition, parsePosition } from './timeline-cursor.ts'

const id = numberedId('media', 7)

test.each([0, 1, -1, Date.UTC(1890, 3, 2), Date.UTC(2026, 5, 15), 6e13])(
  'a place at %d ms reads back as it was',
  (atMs) => {
    expect(parsePosition(formatPosition({ atMs, id }))).toEqual({ atMs, id })
  },
)

const good = formatPosition({ atMs: 1000, id })

test.each(['', 'x', `${good}A`, good.slice(1), good.toLowerCase(), formatPosition({ atMs: 7e13, id }), 'a b', '%00'])(
  '%j is not a place',
  (text) => {
    expect(parsePosition(text)).toBeNull()
  },
)
