// What WMORY got wrong (D-04, D-05, D-06), and who learns what: over HTTP, with the mails that are sent.
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { bans } from '@shoebox/db/schema/bans.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { addPerson, addPicture, makeModerator, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, password, signUpForm, signUpVisitor, Visitor } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

const reason = 'Insults, again and again.'
const banOf = (userId: UserId, change: object = {}) => ({ userId, reason, items: 'keep', days: null, ...change })

async function addModerator(role: 'moderator' | 'administrator' = 'moderator'): Promise<Person> {
  const person = await addPerson(db, edge, 'Judge')
  await makeModerator(db, person, role)
  return person
}

/** Somebody who came in by the front door and has a password. */
async function addMember() {
  const visitor = await signUpVisitor(edge)
  const [user] = await db.select().from(users).where(eq(users.email, visitor.email))
  return { visitor, email: visitor.email, userId: user!.id }
}

async function addBanned(change: object = {}) {
  const [judge, member] = [await addModerator(), await addMember()]
  const answer = await judge.visitor.mutate('bans.ban', banOf(member.userId, change))
  expect(answer.status, answer.text).toBe(200)
  return { ...member, judge, banId: (answer.data as { banId: string }).banId }
}

const mailsTo = (email: string) => edge.mails().filter((mail) => mail['to'] === email)
const lastMailTo = (email: string) => mailsTo(email).at(-1)
const codeOf = (refused: { refusal: Record<string, unknown> | null }) => refused.refusal?.['code']

describe('the desk', () => {
  test('is shut without a code that the server saw, however the role came about', async () => {
    const [person, target] = [await addPerson(db, edge), await addMember()]
    await db.update(users).set({ role: 'moderator' }).where(eq(users.id, person.userId))
    for (const [path, input] of [
      ['bans.ban', banOf(target.userId)],
      ['bans.warn', { userId: target.userId, reason }],
      ['bans.lift', { banId: 'ban_00000000-0000-7000-8000-000000000001' }],
      ['appeals.decide', { appealId: 'apl_00000000-0000-7000-8000-000000000001', outcome: 'granted', answer: 'Yes.' }],
    ] as const)
      expect(codeOf(await person.visitor.mutate(path, input)), path).toBe('step_up_needed')
    expect(codeOf(await person.visitor.query('bans.list', {}))).toBe('step_up_needed')
    // A code of somebody else's, or one that is over, opens nothing.
    await makeModerator(db, person)
    await db
      .update(sessions)
      .set({ steppedUpUntil: new Date(Date.now() - 1) })
      .where(eq(sessions.userId, person.userId))
    expect(codeOf(await person.visitor.mutate('bans.ban', banOf(target.userId)))).toBe('step_up_needed')
    expect(await db.$count(bans, eq(bans.userId, target.userId))).toBe(0)
  })

  test('the code comes by mail, and fifteen minutes is all it gives', async () => {
    const { visitor, email, userId } = await addMember()
    await db.update(users).set({ role: 'moderator' }).where(eq(users.id, userId))
    const asked = await visitor.mutate('sessions.requestStepUp')
    const { verificationId } = asked.data as { verificationId: string }
    const stepped = await visitor.mutate('sessions.stepUp', { verificationId, code: codeFor(edge, email) })
    const until = Date.parse((stepped.data as { until: string }).until)
    expect(until - Date.now()).toBeLessThanOrEqual(15 * 60_000)
    expect((await visitor.query('bans.list', {})).status).toBe(200)
  })

  test('does not judge itself, and moderators do not judge those who look after the site', async () => {
    const [moderator, second, admin] = [await addModerator(), await addModerator(), await addModerator('administrator')]
    expect(codeOf(await moderator.visitor.mutate('bans.ban', banOf(moderator.userId)))).toBe('bans_self')
    expect(codeOf(await admin.visitor.mutate('bans.ban', banOf(admin.userId)))).toBe('bans_self')
    expect(codeOf(await moderator.visitor.mutate('bans.ban', banOf(second.userId)))).toBe('bans_staff')
    expect(codeOf(await moderator.visitor.mutate('bans.ban', banOf(admin.userId)))).toBe('bans_staff')
    expect(codeOf(await moderator.visitor.mutate('bans.warn', { userId: admin.userId, reason }))).toBe('bans_staff')
    expect((await admin.visitor.mutate('bans.ban', banOf(second.userId))).status).toBe(200)
    expect(codeOf(await second.visitor.query('bans.list', {})), 'signed out').toBe('sign_in_needed')
  })

  test.each([
    ['no reason', { reason: ' ' }],
    ['a reason of two lines', { reason: 'One\nTwo' }],
    ['an endless reason', { reason: 'a'.repeat(501) }],
    ['no days', { days: 0 }],
    ['more days than a year has', { days: 367 }],
    ['another choice', { items: 'delete' }],
    ['a forged author', { author: { userId: 'usr_1' } }],
  ])('takes no ban with %s', async (_, change) => {
    const [judge, member] = [await addModerator(), await addMember()]
    expect(codeOf(await judge.visitor.mutate('bans.ban', banOf(member.userId, change)))).toBe('invalid_input')
  })
})

describe('whoever is banned', () => {
  test('is signed out, told by mail, and let in by nothing; the right password says why', async () => {
    const { visitor, email } = await addBanned({ days: 7 })
    expect(lastMailTo(email)).toMatchObject({ template: 'banned', reason, isNew: true, name: 'Ann' })
    expect(codeOf(await visitor.query('account.profile'))).toBe('sign_in_needed')
    const again = new Visitor(edge)
    const refused = await again.mutate('account.signIn', { email, password })
    expect(refused).toMatchObject({ status: 401, refusal: { code: 'banned', ban: { reason } } })
    expect(again.cookie).toBeNull()
    const ban = refused.refusal?.['ban'] as { endsAt: string } | undefined
    expect(Date.parse(ban?.endsAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
    expect(codeOf(await again.mutate('account.signIn', { email, password: 'another password' }))).toBe(
      'wrong_credentials',
    )
  })

  test('gets no code, for whatever they ask one: the answers are a stranger’s, and the mail says why', async () => {
    const shapeOf = (answer: { status: number; data: unknown }) => ({
      status: answer.status,
      keys: Object.keys(answer.data as object),
    })
    for (const path of ['account.requestSignInCode', 'account.requestReset'] as const) {
      const { email } = await addBanned()
      const [told, other] = [
        await new Visitor(edge).mutate(path, { email }),
        await new Visitor(edge).mutate(path, { email: `nobody-${email}` }),
      ]
      expect(shapeOf(told)).toEqual(shapeOf(other))
      expect(lastMailTo(email)).toMatchObject({ template: 'banned', reason, isNew: false, name: '' })
      expect(lastMailTo(email)).not.toHaveProperty('code')
      const { verificationId } = told.data as { verificationId: string }
      const before = mailsTo(email).length
      await new Visitor(edge).mutate('account.resendCode', { verificationId })
      expect(mailsTo(email).slice(before)).toMatchObject([{ template: 'banned' }])
    }
    const { email } = await addBanned()
    const [told, other] = [
      await new Visitor(edge).mutate('account.signUp', signUpForm(email)),
      await new Visitor(edge).mutate('account.signUp', signUpForm(`nobody-${email}`)),
    ]
    expect(shapeOf(told)).toEqual(shapeOf(other))
    expect(lastMailTo(email)).toMatchObject({ template: 'banned', isNew: false })
  })

  test('uses no code that was mailed before, and signs up with no address whose account is gone', async () => {
    const [judge, member] = [await addModerator(), await addMember()]
    const asked = await new Visitor(edge).mutate('account.requestSignInCode', { email: member.email })
    const { verificationId } = asked.data as { verificationId: string }
    const code = codeFor(edge, member.email)
    await judge.visitor.mutate('bans.ban', banOf(member.userId))
    const entered = await new Visitor(edge).mutate('account.signInWithCode', { verificationId, code })
    expect(entered.refusal).toMatchObject({ code: 'banned', ban: { reason, endsAt: null } })

    await db.delete(users).where(eq(users.id, member.userId))
    const begun = await new Visitor(edge).mutate('account.signUp', signUpForm(member.email))
    expect(begun.status).toBe(200)
    expect(lastMailTo(member.email)).toMatchObject({ template: 'banned', reason })
  })

  test('is told with a session that was overlooked, and reads as a visitor what visitors read', async () => {
    const [judge, person] = [await addModerator(), await addPerson(db, edge)]
    const [session] = await db.select().from(sessions).where(eq(sessions.userId, person.userId))
    await judge.visitor.mutate('bans.ban', banOf(person.userId))
    await db.insert(sessions).values(session!)
    expect((await person.visitor.query('account.usage')).refusal).toMatchObject({ code: 'banned', ban: { reason } })
    expect((await person.visitor.mutate('groups.create', { name: 'New' })).refusal).toMatchObject({ code: 'banned' })
    expect((await person.visitor.query('account.me')).data).toMatchObject({ user: null })
    expect((await person.visitor.query('feed.page', {})).status).toBe(200)
  })

  test('has nothing to be seen while it is withdrawn, and has it back when the ban is lifted', async () => {
    const [judge, person] = [await addModerator(), await addPerson(db, edge)]
    const itemId = await addPicture(db, person, null)
    const answer = await judge.visitor.mutate('bans.ban', banOf(person.userId, { items: 'withdraw' }))
    const seen = async () => (await new Visitor(edge).query('feed.item', { mediaId: itemId })).status
    expect(await seen()).toBe(404)
    expect((await db.select().from(media).where(eq(media.id, itemId)))[0]?.listing).toBe('withdrawn')
    const other = await addModerator()
    const { banId } = answer.data as { banId: string }
    expect((await other.visitor.mutate('bans.lift', { banId })).status).toBe(200)
    expect(codeOf(await other.visitor.mutate('bans.lift', { banId }))).toBe('not_found')
    expect(await seen()).toBe(200)
    expect(lastMailTo(person.email)).toMatchObject({ template: 'ban-lifted' })
  })
})

describe('a warning', () => {
  test('waits for its person, shows itself to nobody else, and goes once they took note', async () => {
    const [judge, person, other] = [await addModerator(), await addPerson(db, edge), await addPerson(db, edge)]
    expect((await judge.visitor.mutate('bans.warn', { userId: person.userId, reason })).status).toBe(200)
    const warningOf = async ({ visitor }: Person) =>
      ((await visitor.query('account.me')).data as { warning: { id: string; reason: string } | null }).warning
    const waiting = await warningOf(person)
    expect(waiting).toMatchObject({ reason })
    expect(await warningOf(other)).toBeNull()
    const warningId = waiting?.id
    expect(codeOf(await other.visitor.mutate('bans.acknowledgeWarning', { warningId }))).toBe('not_found')
    expect((await person.visitor.mutate('bans.acknowledgeWarning', { warningId })).status).toBe(200)
    expect(await warningOf(person)).toBeNull()
    const found = await judge.visitor.query('bans.find', { email: person.email })
    expect(found.data).toMatchObject({ isBannable: true, warnings: [{ reason }], bans: [] })
  })
})

describe('an appeal against a ban', () => {
  async function appeal(email: string, text = 'It was not me.') {
    const visitor = new Visitor(edge)
    const asked = await visitor.mutate('appeals.requestCode', { email })
    const { verificationId } = asked.data as { verificationId: string }
    return visitor.mutate('appeals.appealBan', { verificationId, code: codeFor(edge, email), text })
  }
  const openAppealOf = async (judge: Person, userId: UserId) => {
    const { data } = await judge.visitor.query('appeals.list', { size: 100 })
    return (data as { appeals: { id: string; userId: string; isForOthers: boolean }[] }).appeals.find(
      (one) => one.userId === userId,
    )
  }

  test('needs the code and no session, is one at a time, and says nothing about other addresses', async () => {
    const { email } = await addBanned()
    const [asked, other] = [
      await new Visitor(edge).mutate('appeals.requestCode', { email }),
      await new Visitor(edge).mutate('appeals.requestCode', { email: 'not-banned@example.org' }),
    ]
    expect(Object.keys(asked.data as object)).toEqual(Object.keys(other.data as object))
    expect(lastMailTo('not-banned@example.org')).toMatchObject({ template: 'not-banned' })
    expect(lastMailTo('not-banned@example.org')).not.toHaveProperty('code')
    const { verificationId } = asked.data as { verificationId: string }
    const guess = { verificationId, code: '000000', text: 'Why?' }
    expect(codeOf(await new Visitor(edge).mutate('appeals.appealBan', guess))).toMatch(/wrong_code/)
    // A code for one thing opens nothing else.
    const used = { verificationId, code: codeFor(edge, email) }
    expect(codeOf(await new Visitor(edge).mutate('account.signInWithCode', used))).toBe('not_found')
    expect((await new Visitor(edge).mutate('appeals.appealBan', { ...used, text: 'Why?' })).status).toBe(200)
    expect(codeOf(await new Visitor(edge).mutate('appeals.appealBan', { ...used, text: 'Why?' }))).toBe('code_spent')
    expect(codeOf(await appeal(email))).toBe('appeal_open')
  })

  test('is answered by another moderator than the one who banned, once, and granted it lets them in', async () => {
    const { email, userId, judge } = await addBanned()
    expect((await appeal(email)).status).toBe(200)
    const second = await addModerator()
    expect(await openAppealOf(judge, userId)).toMatchObject({ isForOthers: true })
    const found = await openAppealOf(second, userId)
    expect(found).toMatchObject({ isForOthers: false })
    const decision = { appealId: found?.id, outcome: 'granted', answer: 'You are right.' }
    expect(codeOf(await judge.visitor.mutate('appeals.decide', decision))).toBe('own_decision')
    const answers = await Promise.all([1, 2, 3].map(() => second.visitor.mutate('appeals.decide', decision)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(mailsTo(email).filter((mail) => mail['template'] === 'appeal-decided')).toMatchObject([
      { outcome: 'granted', answer: 'You are right.', subject: 'ban' },
    ])
    expect((await new Visitor(edge).mutate('account.signIn', { email, password })).status).toBe(200)
  })

  test('is denied with a sentence, and the ban stays', async () => {
    const { email, userId } = await addBanned()
    await appeal(email)
    const second = await addModerator()
    const found = await openAppealOf(second, userId)
    const decision = { appealId: found?.id, outcome: 'denied', answer: 'We looked again.' }
    expect((await second.visitor.mutate('appeals.decide', decision)).status).toBe(200)
    expect(lastMailTo(email)).toMatchObject({ template: 'appeal-decided', outcome: 'denied' })
    expect(codeOf(await new Visitor(edge).mutate('account.signIn', { email, password }))).toBe('banned')
  })
})

describe('an appeal for an item', () => {
  test('is its owner’s, and granted brings back what was put aside', async () => {
    const [owner, other, judge] = [await addPerson(db, edge), await addPerson(db, edge), await addModerator()]
    const [aside, shown] = [
      await addPicture(db, owner, null, { listing: 'quarantined' }),
      await addPicture(db, owner, null),
    ]
    const text = 'That is my dog.'
    expect(codeOf(await other.visitor.mutate('appeals.appealItem', { mediaId: aside, text }))).toBe('not_found')
    expect(codeOf(await owner.visitor.mutate('appeals.appealItem', { mediaId: shown, text }))).toBe('not_found')
    expect((await owner.visitor.mutate('appeals.appealItem', { mediaId: aside, text })).status).toBe(200)
    expect(codeOf(await owner.visitor.mutate('appeals.appealItem', { mediaId: aside, text }))).toBe('appeal_open')
    const { data } = await judge.visitor.query('appeals.list', { size: 100 })
    const found = (data as { appeals: { id: string; userId: string }[] }).appeals.find(
      (one) => one.userId === owner.userId,
    )
    const decision = { appealId: found?.id, outcome: 'granted', answer: 'A fine dog.' }
    expect((await judge.visitor.mutate('appeals.decide', decision)).status).toBe(200)
    expect((await db.select().from(media).where(eq(media.id, aside)))[0]?.listing).toBe('listed')
    expect(lastMailTo(owner.email)).toMatchObject({ template: 'appeal-decided', subject: 'item' })
  })
})
