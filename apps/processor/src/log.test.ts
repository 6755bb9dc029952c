import { expect, test } from 'vitest'
import { DrizzleQueryError } from 'drizzle-orm'
import { describeError } from './log.ts'

test('of what the database refused its reason is logged, and neither the statement nor its parameters', () => {
  const refused = new DrizzleQueryError('insert into mails values ($1)', ['a@b.example'], new Error('no room'))
  expect(refused.message).toContain('a@b.example')
  expect(describeError(refused)).toBe('Error: no room')
})

test('a host with several addresses is described by the first that did not answer', () => {
  const refused = new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:5432'), new Error('connect ETIMEDOUT')])
  expect(describeError(new Error('Failed query', { cause: refused }))).toBe(
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
  )
})

test('an error that nothing stands behind is described by itself', () => {
  expect(describeError(new TypeError('not a number'))).toBe('TypeError: not a number')
  expect(describeError('why')).toBe('why')
})
