import { expect, test } from 'vitest'
import { openEdge } from '../test/open-edge.ts'
import { signUpForm, Visitor } from '../test/visitor.ts'

const secret = 'hunter2-in-the-connection-string'
// A database that does not answer as it should: nothing listens on port 1.
const { edge } = await openEdge({
  DATABASE_URL: `postgres://shoebox:${secret}@127.0.0.1:1/none`,
  DATABASE_HTTP_ENDPOINT: 'http://127.0.0.1:1/sql',
})

test('a fault says the id under which it is logged, and nothing else', async () => {
  const answer = await new Visitor(edge).query('feed.item', { mediaId: 'med_01900000-0000-7000-8000-000000000001' })
  expect(answer.status).toBe(500)
  const { error } = JSON.parse(answer.text) as { error: { message: string; data: Record<string, unknown> } }
  expect(error.message).toBe('fault')
  expect(Object.keys(error.data).toSorted()).toEqual(['code', 'httpStatus', 'path', 'refusal', 'requestId'])
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  await expect.poll(() => edge.logged.join('\n')).toContain(String(error.data['requestId']))
  expect(edge.logged.join('\n')).not.toContain(secret)
})

test('a fault never writes addresses or password hashes to the log', async () => {
  const form = signUpForm('logged@example.org')
  const answer = await new Visitor(edge).mutate('account.signUp', form)
  expect(answer.status).toBe(500)
  await expect.poll(() => edge.logged.join('\n')).toContain('account.signUp')
  expect(edge.logged.join('\n')).not.toMatch(/logged@example|argon2|correct horse|insert into/)
})
