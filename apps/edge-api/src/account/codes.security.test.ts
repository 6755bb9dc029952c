// The ways in and back by mailed code, as strangers would try them.
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { users, verifications } from '@shoebox/db/schema/accounts.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { stayInWindow } from '@shoebox/testing/stay-in-window.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, password, signUpVisitor, Visitor, wrongCode } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

const other = 'another fine password'
const codeless = { verificationId: numberedId('verification', 1), code: '123456' }

async function ask(visitor: Visitor, procedure: string, input?: unknown): Promise<string> {
  const { data, text } = await visitor.mutate(procedure, input)
  const id = (data as { verificationId?: string } | undefined)?.verificationId
  if (id === undefined) throw new Error(text)
  return id
}

/** Mails about changes go out after the answer. */
const mailTo = (email: string, template: string) =>
  pollUntil(
    () => Promise.resolve(edge.mails().findLast((mail) => mail['to'] === email && mail['template'] === template)),
    {
      what: `a ${template} mail to ${email}`,
    },
  )

const whoIs = async (visitor: Visitor) => ((await visitor.query('account.me')).data as { user: unknown }).user

describe('signing in with a code', () => {
  test('opens a session for the address that the code went to, once', async () => {
    const { email } = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    const verificationId = await ask(visitor, 'account.requestSignInCode', { email })
    const entered = { verificationId, code: codeFor(edge, email) }
    expect((await visitor.mutate('account.signInWithCode', entered)).data).toMatchObject({ user: { email } })
    expect(await whoIs(visitor)).toMatchObject({ email })
    const again = await new Visitor(edge).mutate('account.signInWithCode', entered)
    expect(again.refusal).toEqual({ code: 'code_spent' })
    expect(again.headers.getSetCookie()).toEqual([])
  })

  test.each(['account.requestSignInCode', 'account.requestReset'])(
    '%s answers, works and mails alike for a known and an unknown address',
    async (procedure) => {
      const { email } = await signUpVisitor(edge)
      const workOf = async (address: string) => {
        edge.neon.resetCounts()
        const before = edge.mails().length
        const { status, data, headers } = await new Visitor(edge).mutate(procedure, { email: address })
        const shape = Object.keys(data as object)
        return { status, shape, headers: [...headers.keys()], ...edge.neon.counts, mails: edge.mails().length - before }
      }
      const unknown = `unknown-${procedure.length}@example.org`
      expect(await workOf(email)).toEqual(await workOf(unknown))
      expect(edge.mails().at(-1)).toMatchObject({ template: 'no-account', to: unknown, name: '' })
      expect(edge.mails().at(-1)).not.toHaveProperty('code')
    },
  )

  test('a decoy answers like any wrong code, to its end', async () => {
    const visitor = new Visitor(edge)
    const verificationId = await ask(visitor, 'account.requestSignInCode', { email: 'no-such@example.org' })
    const codes = []
    for (let n = 0; n < 6; n += 1) {
      codes.push((await visitor.mutate('account.signInWithCode', { verificationId, code: '123456' })).refusal?.['code'])
    }
    expect(codes).toEqual([...Array<string>(5).fill('wrong_code'), 'code_spent'])
    expect(visitor.cookie).toBeNull()
  })

  test('a code opens nothing but what it was asked for', async () => {
    const { email } = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    const verificationId = await ask(visitor, 'account.requestReset', { email })
    const entered = { verificationId, code: codeFor(edge, email) }
    for (const procedure of ['account.signInWithCode', 'account.verifySignUp']) {
      expect((await visitor.mutate(procedure, entered)).refusal).toEqual({ code: 'not_found' })
    }
    const [row] = await db.select().from(verifications).where(eq(verifications.email, email)).orderBy(verifications.id)
    expect(row?.attempts).toBeLessThanOrEqual(1)
  })

  test('an unknown id, a code over its attempts and a code too often asked for are refused', async () => {
    await stayInWindow()
    const { email } = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    expect((await visitor.mutate('account.signInWithCode', codeless)).refusal).toEqual({ code: 'not_found' })
    const verificationId = await ask(visitor, 'account.requestSignInCode', { email })
    const right = codeFor(edge, email)
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () =>
        new Visitor(edge).mutate('account.signInWithCode', { verificationId, code: wrongCode(right) }),
      ),
    )
    expect(guesses.filter(({ refusal }) => refusal?.['code'] === 'wrong_code')).toHaveLength(5)
    expect((await visitor.mutate('account.signInWithCode', { verificationId, code: right })).status).toBe(422)
    // One was sent at sign-up, one above.
    expect((await new Visitor(edge).mutate('account.requestReset', { email })).status).toBe(200)
    const fourth = await new Visitor(edge).mutate('account.requestSignInCode', { email })
    expect(fourth.refusal).toMatchObject({ code: 'rate_limited' })
  })

  test('cannot be done by following a link', async () => {
    for (const procedure of ['account.signInWithCode', 'account.undoChange', 'account.requestSignInCode']) {
      expect((await new Visitor(edge).query(procedure, codeless)).status).toBe(405)
    }
  })
})

describe('a reset', () => {
  test('sets the password, ends every other session, and mails a way back', async () => {
    const owner = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    const verificationId = await ask(visitor, 'account.requestReset', { email: owner.email })
    const code = codeFor(edge, owner.email)
    const input = { verificationId, code, password: other, confirmPassword: other }
    const answer = await visitor.mutate('account.reset', input)
    expect(answer.data).toMatchObject({ user: { email: owner.email } })
    expect(await whoIs(visitor)).toMatchObject({ email: owner.email })
    expect(await whoIs(owner)).toBeNull()
    expect((await owner.mutate('account.signIn', { email: owner.email, password })).refusal).toEqual({
      code: 'wrong_credentials',
    })
    expect(await mailTo(owner.email, 'password-changed')).toMatchObject({ undoToken: expect.any(String) })
    expect((await visitor.mutate('account.reset', input)).refusal).toEqual({ code: 'code_spent' })
  })

  test('that cannot be spends no attempt', async () => {
    const owner = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    const verificationId = await ask(visitor, 'account.requestReset', { email: owner.email })
    const code = codeFor(edge, owner.email)
    const tries: [string, string, string][] = [
      [other, 'not the same', 'passwords_differ'],
      ['short', 'short', 'password_too_short'],
      [owner.email, owner.email, 'password_is_address'],
    ]
    for (const [chosen, again, refusal] of [...tries, ...tries]) {
      const input = { verificationId, code, password: chosen, confirmPassword: again }
      expect((await visitor.mutate('account.reset', input)).refusal).toEqual({ code: refusal })
    }
    const input = { verificationId, code, password: other, confirmPassword: other }
    expect((await visitor.mutate('account.reset', input)).status).toBe(200)
    const unknown = { ...input, verificationId: codeless.verificationId }
    expect((await visitor.mutate('account.reset', unknown)).refusal).toEqual({ code: 'not_found' })
  })
})

describe('changing the password', () => {
  const change = { currentPassword: password, password: other, confirmPassword: other }

  test('needs a session and the present password, and ends the other sessions', async () => {
    expect((await new Visitor(edge).mutate('account.changePassword', change)).refusal).toEqual({
      code: 'sign_in_needed',
    })
    const owner = await signUpVisitor(edge)
    const elsewhere = new Visitor(edge)
    await elsewhere.mutate('account.signIn', { email: owner.email, password })
    const wrong = await owner.mutate('account.changePassword', { ...change, currentPassword: 'not my password' })
    expect(wrong.refusal).toEqual({ code: 'wrong_password' })
    expect((await owner.mutate('account.changePassword', change)).data).toEqual({})
    expect(await whoIs(owner)).toMatchObject({ email: owner.email })
    expect(await whoIs(elsewhere)).toBeNull()
  })

  test('cannot be guessed at with a stolen session', async () => {
    await stayInWindow()
    const owner = await signUpVisitor(edge)
    const thief = () => Object.assign(new Visitor(edge), { cookie: owner.cookie })
    const statuses = []
    for (let n = 0; n < 11; n += 1) {
      const input = { ...change, currentPassword: `guess number ${n}` }
      statuses.push((await thief().mutate('account.changePassword', input)).status)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429])
  })
})

describe('changing the address', () => {
  test('needs the password and the code from the new address, in the session that asked', async () => {
    const owner = await signUpVisitor(edge)
    const email = 'moved-to@example.org'
    const asked = { email, password }
    const stranger = new Visitor(edge)
    expect((await stranger.mutate('account.requestAddressChange', asked)).refusal).toEqual({ code: 'sign_in_needed' })
    const wrong = await owner.mutate('account.requestAddressChange', { email, password: 'not my password' })
    expect(wrong.refusal).toEqual({ code: 'wrong_password' })

    const verificationId = await ask(owner, 'account.requestAddressChange', asked)
    const entered = { verificationId, code: codeFor(edge, email) }
    expect((await stranger.mutate('account.confirmAddressChange', entered)).refusal).toEqual({ code: 'sign_in_needed' })
    const thief = await signUpVisitor(edge, 'Thief')
    expect((await thief.mutate('account.confirmAddressChange', entered)).refusal).toEqual({ code: 'code_spent' })
    expect((await owner.mutate('account.confirmAddressChange', entered)).data).toMatchObject({ user: { email } })
    expect(await whoIs(owner)).toMatchObject({ email })
    expect(await mailTo(owner.email, 'address-changed')).toHaveProperty('undoToken')
  })

  test('answers alike when the address is taken, tells its owner, and leads nowhere', async () => {
    const [owner, taken] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Taken')]
    const verificationId = await ask(owner, 'account.requestAddressChange', { email: taken.email, password })
    expect(edge.mails().at(-1)).toEqual({ version: 1, template: 'address-taken', to: taken.email, name: '' })
    const entered = { verificationId, code: '123456' }
    expect((await owner.mutate('account.confirmAddressChange', entered)).refusal).toEqual({ code: 'wrong_code' })
  })
})

describe('undoing a change', () => {
  test('gives the account back to the old address and locks everybody out until a reset', async () => {
    const owner = await signUpVisitor(edge)
    const thief = Object.assign(new Visitor(edge), { cookie: owner.cookie })
    const verificationId = await ask(thief, 'account.requestAddressChange', { email: 'thief@example.org', password })
    await thief.mutate('account.confirmAddressChange', { verificationId, code: codeFor(edge, 'thief@example.org') })
    const { undoToken: token } = await mailTo(owner.email, 'address-changed')

    const undone = await new Visitor(edge).mutate('account.undoChange', { token })
    expect(undone.data).toEqual({ email: owner.email })
    expect(await whoIs(thief)).toBeNull()
    for (const email of [owner.email, 'thief@example.org']) {
      expect((await thief.mutate('account.signIn', { email, password })).refusal).toEqual({ code: 'wrong_credentials' })
    }
    expect((await new Visitor(edge).mutate('account.undoChange', { token })).refusal).toEqual({ code: 'link_spent' })

    const back = new Visitor(edge)
    const reset = await ask(back, 'account.requestReset', { email: owner.email })
    const code = codeFor(edge, owner.email)
    const input = { verificationId: reset, code, password: other, confirmPassword: other }
    expect((await back.mutate('account.reset', input)).status).toBe(200)
    expect(await whoIs(back)).toMatchObject({ email: owner.email })
  })

  test('knows no other token, and keeps none in clear', async () => {
    const token = 'A'.repeat(43)
    expect((await new Visitor(edge).mutate('account.undoChange', { token })).refusal).toEqual({ code: 'link_spent' })
    expect((await new Visitor(edge).mutate('account.undoChange', { token: 'short' })).status).toBe(400)
  })
})

describe('a new browser', () => {
  test('is told by mail once, and the one that somebody signed up with never', async () => {
    const owner = await signUpVisitor(edge)
    await owner.mutate('account.signIn', { email: owner.email, password })
    const elsewhere = new Visitor(edge)
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    for (let n = 0; n < 2; n += 1) {
      await elsewhere.mutate('account.signIn', { email: owner.email, password }, { headers })
    }
    expect(await mailTo(owner.email, 'new-device')).toMatchObject({ browser: 'Firefox', system: 'Linux' })
    const told = edge.mails().filter((mail) => mail['to'] === owner.email && mail['template'] === 'new-device')
    expect(told).toHaveLength(1)
  })
})

describe('terms', () => {
  const terms = (visitor: Visitor, version: string) => visitor.mutate('account.acceptTerms', { version })

  test('must be those in force, at sign-up and after', async () => {
    const form = { name: 'Ann', email: 'terms@example.org', password, confirmPassword: password }
    const old = await new Visitor(edge).mutate('account.signUp', { ...form, acceptedTerms: '2020-01-01' })
    expect(old.refusal).toEqual({ code: 'terms_not_accepted' })
    const none = await new Visitor(edge).mutate('account.signUp', form)
    expect(none.refusal).toEqual({ code: 'invalid_input', fields: ['acceptedTerms'] })

    const visitor = await signUpVisitor(edge)
    const [user] = await db.select().from(users).where(eq(users.email, visitor.email))
    expect(user?.termsAcceptedAt).toBeInstanceOf(Date)
    await db.update(users).set({ termsVersion: '2020-01-01' }).where(eq(users.email, visitor.email))
    expect((await visitor.query('account.me')).data).toMatchObject({ mustAcceptTerms: true })
    const like = { mediaId: numberedId('media', 1) }
    expect((await visitor.mutate('likes.like', like)).refusal).toEqual({ code: 'terms_not_accepted' })
    expect((await terms(visitor, '2020-01-01')).refusal).toEqual({ code: 'terms_not_accepted' })
    expect((await terms(new Visitor(edge), user!.termsVersion!)).refusal).toEqual({ code: 'sign_in_needed' })
    expect((await terms(visitor, user!.termsVersion!)).data).toEqual({})
    expect((await visitor.mutate('likes.like', like)).refusal).toEqual({ code: 'not_found' })
  })
})
