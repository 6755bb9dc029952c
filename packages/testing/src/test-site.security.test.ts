import { expect, test } from 'vitest'
import { numberedId } from './numbered-ids.ts'
import { newVisitor, readMailsTo, signUpForTest } from './test-site.ts'

test('gives each test somebody of its own, signed in by the code that was mailed', async () => {
  const [ann, ben] = await Promise.all([signUpForTest({ name: 'Ann' }), signUpForTest({ name: 'Ben' })])
  expect(await ann.client.api.account.me.query()).toMatchObject({ user: { name: 'Ann', id: ann.id } })
  expect(await ben.client.api.account.me.query()).toMatchObject({ user: { name: 'Ben', id: ben.id } })
  expect(await readMailsTo(ann.email)).toHaveLength(1)
})

test('a visitor without a cookie is nobody', async () => {
  expect((await newVisitor().query('account.me')).data).toEqual({ user: null })
})

test('limits meant for one visitor do not reach another', async () => {
  const [one, other] = [newVisitor(), newVisitor()]
  const guess = { verificationId: numberedId('verification', 1), code: '000000' }
  const answers = []
  for (let i = 0; i < 31; i += 1) answers.push(await one.mutate('account.verifySignUp', guess))
  expect(answers.at(-1)?.refusal?.code).toBe('rate_limited')
  expect((await other.mutate('account.verifySignUp', guess)).refusal?.code).not.toBe('rate_limited')
})
