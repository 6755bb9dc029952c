import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { formatCursor, parseCursor, positionAt } from './feed-cursor.ts'

const id = numberedId('media', 1)

test.each([0, 1, 1_780_000_000_000, 8.64e15])('a cursor at %d reads back as it was written', (publishedAtMs) => {
  const cursor = formatCursor({ publishedAtMs, id })
  expect(cursor).toMatch(/^[\w-]{20,100}$/)
  expect(parseCursor(cursor)).toEqual({ publishedAtMs, id })
})

test('every change of a cursor makes it something else or nothing, never the same place under another name', () => {
  const cursor = formatCursor({ publishedAtMs: 1_780_000_000_000, id })
  for (let at = 0; at < cursor.length; at += 1) {
    for (const sign of 'Ab9_-=+/ ') {
      const changed = cursor.slice(0, at) + sign + cursor.slice(at + 1)
      if (changed === cursor) continue
      const position = parseCursor(changed)
      if (position !== null) expect(formatCursor(position)).toBe(changed)
    }
  }
})

test('the end of time and what is not a number are no cursors', () => {
  for (const text of ['1y2p0ij32e8e8', '-1', '1.5', '', 'z'.repeat(12)].map((time) => btoa(`${time}.${id.slice(4)}`))) {
    expect(parseCursor(text.replace(/=+$/, ''))).toBeNull()
  }
})

test('an empty feed has a place that is before everything published from then on', () => {
  expect(parseCursor(formatCursor(positionAt(5)))).toEqual(positionAt(5))
})
