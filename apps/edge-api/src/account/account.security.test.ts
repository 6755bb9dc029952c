import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { sessions, users, verifications } from '@shoebox/db/schema/accounts.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { stayInWindow } from '@shoebox/testing/stay-in-window.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, password, signUpForm, signUpVisitor, Visitor, wrongCode } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

async function begin(visitor: Visitor, email: string): Promise<string> {
  const { data } = await visitor.mutate('account.signUp', signUpForm(email))
  return (data as { verificationId: string }).verificationId
}

describe('signing up', () => {
  test('opens no session before the code, and a whole one after it', async () => {
    const visitor = new Visitor(edge)
    const verificationId = await begin(visitor, 'New@Example.org')
    expect(visitor.cookie).toBeNull()
    expect(visitor.device).toBeNull()
    const code = codeFor(edge, 'new@example.org')
    const opened = await visitor.mutate('account.verifySignUp', { verificationId, code })
    expect(opened.data).toMatchObject({ user: { name: 'Ann', email: 'new@example.org' } })
    // Both arrive, in one answer: what the session and what the browser is known by.
    const [session = '', device = '', ...more] = opened.headers.getSetCookie()
    expect(session).toMatch(/^__Host-shoebox=[a-z2-7]{40}; /)
    expect(device).toMatch(/^__Host-shoebox-device=[\w-]{43}; /)
    expect(more).toEqual([])
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=']) {
      expect(session).toContain(attribute)
      expect(device).toContain(attribute)
    }
    expect(session).toContain('Max-Age=2592000')
    expect(session + device).not.toContain('Domain')
    expect((await visitor.query('account.me')).data).toMatchObject({ user: { email: 'new@example.org' } })
  })

  test('answers the same for a known address, mails its owner, and no code opens the attempt', async () => {
    const owner = await signUpVisitor(edge, 'Owner')
    const visitor = new Visitor(edge)
    const known = await visitor.mutate('account.signUp', signUpForm(owner.email))
    const unknown = await new Visitor(edge).mutate('account.signUp', signUpForm('nobody-yet@example.org'))
    expect(Object.keys(known.data as object)).toEqual(Object.keys(unknown.data as object))
    expect(known.status).toBe(unknown.status)
    expect([...known.headers.keys()]).toEqual([...unknown.headers.keys()])
    expect(edge.mails().at(-2)).toMatchObject({ template: 'already-signed-up', to: owner.email })

    const { verificationId } = known.data as { verificationId: string }
    const right = codeFor(edge, owner.email)
    for (const code of ['000000', right]) {
      const { refusal } = await visitor.mutate('account.verifySignUp', { verificationId, code })
      expect(refusal).toEqual({ code: 'wrong_code' })
    }
    expect(visitor.cookie).toBeNull()
  })

  test.each([
    [{ confirmPassword: 'something else!' }, 'passwords_differ'],
    [{ password: 'short', confirmPassword: 'short' }, 'password_too_short'],
    [{ password: 'password123', confirmPassword: 'password123' }, 'password_too_common'],
    [{ password: 'x'.repeat(201), confirmPassword: 'x'.repeat(201) }, 'password_too_long'],
    [
      { email: 'longaddress@example.org', password: 'longaddress', confirmPassword: 'longaddress' },
      'password_is_address',
    ],
  ])('refuses %o as %s, and mails nothing', async (change, code) => {
    const before = edge.mails().length
    const { refusal, status } = await new Visitor(edge).mutate('account.signUp', {
      ...signUpForm('p@example.org'),
      ...change,
    })
    expect({ status, refusal }).toEqual({ status: 422, refusal: { code } })
    expect(edge.mails()).toHaveLength(before)
  })

  test('refuses names that would forge a line of the mail', async () => {
    for (const name of ['Ann\r\nBcc: all@example.org', 'Ann\u2028Eve', '   ', 'x'.repeat(61)]) {
      const { refusal } = await new Visitor(edge).mutate('account.signUp', { ...signUpForm('n@example.org'), name })
      expect(refusal).toEqual({ code: 'invalid_input', fields: ['name'] })
    }
  })

  test('sends three codes a minute to an address and from a network, then says when to come back', async () => {
    await stayInWindow()
    for (let n = 0; n < 3; n += 1)
      expect((await new Visitor(edge).mutate('account.signUp', signUpForm('busy@example.org'))).status).toBe(200)
    const toAddress = await new Visitor(edge).mutate('account.signUp', signUpForm('busy@example.org'))
    expect(toAddress.status).toBe(429)
    expect(toAddress.refusal).toMatchObject({ code: 'rate_limited', retryAfterSeconds: expect.any(Number) })
    expect(Number(toAddress.headers.get('retry-after'))).toBe(toAddress.refusal?.['retryAfterSeconds'])

    const network = new Visitor(edge)
    for (let n = 0; n < 3; n += 1)
      expect((await network.mutate('account.signUp', signUpForm(`n${n}@example.org`))).status).toBe(200)
    expect((await network.mutate('account.signUp', signUpForm('n3@example.org'))).refusal).toMatchObject({
      code: 'rate_limited',
    })
  })
})

describe('entering a code', () => {
  test('allows five attempts, however many are made at once', async () => {
    const visitor = new Visitor(edge)
    const verificationId = await begin(visitor, 'guessed@example.org')
    const right = codeFor(edge, 'guessed@example.org')
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () =>
        visitor.mutate('account.verifySignUp', { verificationId, code: wrongCode(right) }),
      ),
    )
    const codes = guesses.map(({ refusal }) => refusal?.['code'])
    expect(codes.filter((code) => code === 'wrong_code')).toHaveLength(5)
    expect(codes.filter((code) => code === 'code_spent')).toHaveLength(15)
    expect((await visitor.mutate('account.verifySignUp', { verificationId, code: right })).refusal).toEqual({
      code: 'code_spent',
    })
  })

  test('takes a replayed code once', async () => {
    const visitor = new Visitor(edge)
    const verificationId = await begin(visitor, 'replayed@example.org')
    const entered = { verificationId, code: codeFor(edge, 'replayed@example.org') }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => new Visitor(edge).mutate('account.verifySignUp', entered)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ refusal }) => refusal?.['code'] === 'code_spent')).toHaveLength(5)
    expect(answers.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1)
  })

  test("does not open one attempt with another attempt's code", async () => {
    const [mine, theirs] = [new Visitor(edge), new Visitor(edge)]
    const verificationId = await begin(mine, 'victim@example.org')
    await begin(theirs, 'victim@example.org')
    const newest = codeFor(edge, 'victim@example.org')
    expect((await mine.mutate('account.verifySignUp', { verificationId, code: newest })).refusal).toEqual({
      code: 'wrong_code',
    })
  })

  test('of two finished attempts for an address the second is refused', async () => {
    const visitors = [new Visitor(edge), new Visitor(edge)]
    const entered = []
    for (const visitor of visitors) {
      const verificationId = await begin(visitor, 'twice@example.org')
      entered.push({ verificationId, code: codeFor(edge, 'twice@example.org') })
    }
    const answers = await Promise.all(entered.map((input, n) => visitors[n]!.mutate('account.verifySignUp', input)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422])
  })

  test('a new code makes the old one worthless', async () => {
    const visitor = new Visitor(edge)
    const verificationId = await begin(visitor, 'resent@example.org')
    const old = codeFor(edge, 'resent@example.org')
    expect((await visitor.mutate('account.resendCode', { verificationId })).data).toEqual({})
    const newest = codeFor(edge, 'resent@example.org')
    if (old !== newest) {
      expect((await visitor.mutate('account.verifySignUp', { verificationId, code: old })).refusal).toEqual({
        code: 'wrong_code',
      })
    }
    expect((await visitor.mutate('account.verifySignUp', { verificationId, code: newest })).status).toBe(200)
    expect((await visitor.mutate('account.resendCode', { verificationId })).refusal).toEqual({ code: 'code_spent' })
  })

  test('an attempt that does not exist is not found, and new codes are limited too', async () => {
    await stayInWindow()
    const visitor = new Visitor(edge)
    const verificationId = numberedId('verification', 1)
    const { refusal } = await visitor.mutate('account.verifySignUp', { verificationId, code: '123456' })
    expect(refusal).toEqual({ code: 'not_found' })
    for (let n = 0; n < 3; n += 1) {
      expect((await visitor.mutate('account.resendCode', { verificationId })).refusal).toEqual({ code: 'not_found' })
    }
    expect((await visitor.mutate('account.resendCode', { verificationId })).refusal).toMatchObject({
      code: 'rate_limited',
    })
  })

  test('resending to an address is limited whoever asks', async () => {
    await stayInWindow()
    const verificationId = await begin(new Visitor(edge), 'nagged@example.org')
    const resend = () => new Visitor(edge).mutate('account.resendCode', { verificationId })
    expect([(await resend()).status, (await resend()).status, (await resend()).status]).toEqual([200, 200, 429])
  })
})

describe('signing in and out', () => {
  test('answers unknown address and wrong password alike', async () => {
    const { email } = await signUpVisitor(edge)
    const wrong = await new Visitor(edge).mutate('account.signIn', { email, password: 'not the password' })
    const unknown = await new Visitor(edge).mutate('account.signIn', { email: 'no-one@example.org', password })
    expect(wrong.refusal).toEqual({ code: 'wrong_credentials' })
    expect({ ...unknown, headers: null, text: '' }).toEqual({ ...wrong, headers: null, text: '' })
    const withoutId = (text: string) => text.replace(/[0-9a-f-]{36}/, '')
    expect(withoutId(unknown.text)).toBe(withoutId(wrong.text))
  })

  test('gives a new token each time and ends the session that the browser had', async () => {
    const visitor = await signUpVisitor(edge)
    const first = visitor.cookie
    expect((await visitor.mutate('account.signIn', { email: visitor.email.toUpperCase(), password })).status).toBe(200)
    expect(visitor.cookie).not.toBe(first)
    expect((await visitor.query('account.me')).data).toMatchObject({ user: { email: visitor.email } })
    expect((await visitor.query('account.me', undefined, { cookie: first })).data).toMatchObject({ user: null })
  })

  test('never accepts a token that was planted before', async () => {
    const { email } = await signUpVisitor(edge)
    const planted = `__Host-shoebox=${'a'.repeat(40)}`
    const visitor = new Visitor(edge)
    visitor.cookie = planted
    await visitor.mutate('account.signIn', { email, password })
    expect(visitor.cookie).not.toBe(planted)
    expect((await visitor.query('account.me', undefined, { cookie: planted })).data).toMatchObject({ user: null })
  })

  test('keeps only a hash of the token', async () => {
    const visitor = await signUpVisitor(edge)
    const token = visitor.cookie?.split('=')[1] ?? ''
    const rows = await db.select().from(sessions)
    expect(JSON.stringify(rows)).not.toContain(token)
    const [stored] = rows.filter((row) => row.userAgent !== '').toReversed()
    expect(
      (await visitor.query('account.me', undefined, { cookie: `__Host-shoebox=${stored?.id}` })).data,
    ).toMatchObject({
      user: null,
    })
  })

  test('keeps passwords and codes as hashes of their kind', async () => {
    await signUpVisitor(edge)
    const [user] = await db.select().from(users).limit(1)
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const attempts = await db.select().from(verifications)
    expect(attempts.every((row) => /^[\w-]{43}$/.test(row.codeHash))).toBe(true)
  })

  test('signing out deletes the session, also for a copy of the cookie', async () => {
    const visitor = await signUpVisitor(edge)
    const copy = visitor.cookie
    const answer = await visitor.mutate('account.signOut')
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-shoebox=;.*Max-Age=0/)
    expect((await visitor.query('account.me', undefined, { cookie: copy })).data).toMatchObject({ user: null })
    expect((await visitor.mutate('account.signOut')).status).toBe(200)
  })

  test('stops guessing at an account, and does not lock its owner elsewhere out', async () => {
    await stayInWindow()
    const owner = await signUpVisitor(edge)
    const guesser = new Visitor(edge)
    const guess = () => guesser.mutate('account.signIn', { email: owner.email, password: 'guess number one' })
    const answers = []
    for (let n = 0; n < 11; n += 1) answers.push((await guess()).status)
    expect(answers).toEqual([...Array<number>(10).fill(401), 429])
    expect((await owner.mutate('account.signIn', { email: owner.email, password })).status).toBe(200)
  })

  test('an expired session is nobody, its row goes, and its cookie stays: it may be another sign-in’s by now', async () => {
    const visitor = await signUpVisitor(edge)
    const own = await sessionOf(visitor)
    await db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(own)
    const answer = await visitor.query('account.me')
    expect(answer.data).toMatchObject({ user: null })
    expect(answer.headers.getSetCookie()).toEqual([])
    await expect.poll(() => db.$count(sessions, own)).toBe(0)
  })

  test('a session in its second half slides and gets its cookie anew', async () => {
    const visitor = await signUpVisitor(edge)
    const own = await sessionOf(visitor)
    const tenDays = new Date(Date.now() + 10 * 86_400_000)
    await db.update(sessions).set({ expiresAt: tenDays }).where(own)
    const answer = await visitor.query('account.me')
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=2592000')
    const expiresAt = async () => (await db.select().from(sessions).where(own))[0]?.expiresAt.getTime()
    await expect.poll(expiresAt).toBeGreaterThan(tenDays.getTime())
  })
})

async function sessionOf(visitor: { email: string }) {
  const [user] = await db.select().from(users).where(eq(users.email, visitor.email))
  return eq(sessions.userId, user!.id)
}
