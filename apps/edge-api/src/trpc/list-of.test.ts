import * as z from 'zod/mini'
import { describe, expect, test } from 'vitest'
import { listOf } from './list-of.schema.ts'

const owner = z.strictObject({ id: z.string(), name: z.string() })
const item = z.strictObject({
  id: z.string(),
  owner: z.nullable(owner),
  sizes: z.array(owner),
  note: z.optional(z.string()),
})
const isAnswered = (...items: unknown[]) => z.safeParse(listOf(item), items).success
const good = { id: 'a', owner: { id: 'b', name: 'c' }, sizes: [] }

describe('a list', () => {
  test('of what is declared leaves as it is', () => {
    const items = [good, { ...good, owner: null, note: 'd' }]
    expect(z.parse(listOf(item), items)).toBe(items)
  })

  test.each([
    ['in an item', { ...good, passwordHash: 'x' }],
    ['within a field', { ...good, owner: { ...good.owner, email: 'x' } }],
    ['within a list', { ...good, sizes: [{ id: 'a', name: 'b', path: 'c' }] }],
    ['where a single value stands', { ...good, id: { email: 'x' } }],
    ['where a single value stands, as a list', { ...good, note: ['x'] }],
    ['in place of an item', 'x'],
    ['in place of a field', { ...good, owner: 'x' }],
  ])('with something undeclared %s does not leave', (_, bad) => {
    expect(isAnswered(good, bad)).toBe(false)
  })
})
