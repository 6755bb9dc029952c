import { describe, expect, test } from 'vitest'
import { stayInWindow } from '@shoebox/testing/stay-in-window.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, password, signUpVisitor, Visitor, wrongCode } from '../../test/visitor.ts'

const { edge } = await openEdge()

type Listed = { id: string; browser: string | null; system: string | null; isCurrent: boolean }
const list = async (visitor: Visitor) =>
  ((await visitor.query('sessions.list')).data as { sessions: Listed[] }).sessions
const whoIs = async (visitor: Visitor) => ((await visitor.query('account.me')).data as { user: unknown }).user

async function signInElsewhere(email: string): Promise<Visitor> {
  const visitor = new Visitor(edge)
  await visitor.mutate('account.signIn', { email, password })
  return visitor
}

test('nobody who is not signed in has sessions to list, to end or to step up', async () => {
  const visitor = new Visitor(edge)
  const codeless = { verificationId: 'ver_00000000-0000-7000-8000-000000000001', code: '123456' }
  expect((await visitor.query('sessions.list')).refusal).toEqual({ code: 'sign_in_needed' })
  for (const [procedure, input] of [
    ['sessions.revoke', { id: 'A'.repeat(43) }],
    ['sessions.revokeOthers', undefined],
    ['sessions.requestStepUp', undefined],
    ['sessions.stepUp', codeless],
  ] as const) {
    expect((await visitor.mutate(procedure, input)).refusal, procedure).toEqual({ code: 'sign_in_needed' })
  }
})

describe('the list', () => {
  test('has one’s own sessions and says which is this one', async () => {
    const owner = await signUpVisitor(edge)
    await signUpVisitor(edge, 'Other')
    const elsewhere = await signInElsewhere(owner.email)
    const [mine, theirs] = [await list(owner), await list(elsewhere)]
    expect(mine).toHaveLength(2)
    expect(mine.map(({ id }) => id).toSorted()).toEqual(theirs.map(({ id }) => id).toSorted())
    const current = mine.filter(({ isCurrent }) => isCurrent)
    expect(current).toHaveLength(1)
    expect(theirs.find(({ isCurrent }) => isCurrent)?.id).not.toBe(current[0]?.id)
  })

  test('is no way in: what it names is no token', async () => {
    const owner = await signUpVisitor(edge)
    const [{ id } = { id: '' }] = await list(owner)
    const { data } = await owner.query('account.me', undefined, { cookie: `__Host-shoebox=${id}` })
    expect(data).toMatchObject({ user: null })
  })
})

describe('ending sessions', () => {
  test('works for one’s own only', async () => {
    const [owner, stranger] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Stranger')]
    const elsewhere = await signInElsewhere(owner.email)
    const id = (await list(elsewhere)).find(({ isCurrent }) => isCurrent)?.id
    expect((await stranger.mutate('sessions.revoke', { id })).refusal).toEqual({ code: 'not_found' })
    expect(await whoIs(elsewhere)).not.toBeNull()
    expect((await owner.mutate('sessions.revoke', { id })).data).toEqual({})
    expect(await whoIs(elsewhere)).toBeNull()
    expect((await owner.mutate('sessions.revoke', { id })).refusal).toEqual({ code: 'not_found' })
  })

  test('of all others leaves this one and other people’s', async () => {
    const [owner, stranger] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Stranger')]
    const others = [await signInElsewhere(owner.email), await signInElsewhere(owner.email)]
    expect((await owner.mutate('sessions.revokeOthers')).data).toEqual({ ended: 2 })
    for (const other of others) expect(await whoIs(other)).toBeNull()
    expect(await whoIs(owner)).not.toBeNull()
    expect(await whoIs(stranger)).not.toBeNull()
  })

  test('of this one forgets the cookie', async () => {
    const owner = await signUpVisitor(edge)
    const [{ id } = { id: '' }] = await list(owner)
    const answer = await owner.mutate('sessions.revoke', { id })
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-shoebox=;/)
    expect(await whoIs(owner)).toBeNull()
  })
})

describe('stepping up', () => {
  test('takes the code from one’s own mail, in the session that asked', async () => {
    const owner = await signUpVisitor(edge)
    const asked = await owner.mutate('sessions.requestStepUp')
    expect(asked.data).toMatchObject({ email: owner.email })
    const { verificationId } = asked.data as { verificationId: string }
    const code = codeFor(edge, owner.email)
    const stranger = await signUpVisitor(edge, 'Stranger')
    const elsewhere = await signInElsewhere(owner.email)
    for (const visitor of [stranger, elsewhere]) {
      const { refusal } = await visitor.mutate('sessions.stepUp', { verificationId, code })
      expect(refusal).toEqual({ code: 'code_spent' })
    }
    const wrong = await owner.mutate('sessions.stepUp', { verificationId, code: wrongCode(code) })
    expect(wrong.refusal).toEqual({ code: 'wrong_code' })
    const right = await owner.mutate('sessions.stepUp', { verificationId, code })
    const minutes = (Date.parse((right.data as { until: string }).until) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(14)
    expect(minutes).toBeLessThanOrEqual(15)
    expect((await owner.mutate('sessions.stepUp', { verificationId, code })).refusal).toEqual({ code: 'code_spent' })
  })

  test('counts its mails with all others to the address', async () => {
    await stayInWindow()
    const owner = await signUpVisitor(edge)
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await owner.mutate('sessions.requestStepUp')).status)
    expect(statuses).toEqual([200, 200, 429])
  })
})
