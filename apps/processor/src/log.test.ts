import { expect, test } from 'vitest'
import { DrizzleQueryError } from 'drizzle-orm'
import { describeError } from './log.ts'

test('of what the database refused its reason is logged, and neither the statement nor its parameters', () => {
  const refused = new DrizzleQueryError('insert into mails values ($1)', ['a@b.example'], new Error('no room'))
  expect(refused.message).toContain('a@b.example')
  expect(describeError(refused)).toBe('Error: no room')
})

test('an error that nothing stands behind is described by itself', () => {
  expect(describeError(new TypeError('not a number'))).toBe('TypeError: not a number')
  expect(describeError('why')).toBe('why')
})
