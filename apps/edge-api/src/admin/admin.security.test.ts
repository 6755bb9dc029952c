import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, signUpVisitor, Visitor } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

type Account = Visitor & { email: string }

const userOf = async ({ email }: { email: string }) => (await db.select().from(users).where(eq(users.email, email)))[0]!

async function stepUp(visitor: Account): Promise<void> {
  const { verificationId } = (await visitor.mutate('sessions.requestStepUp')).data as { verificationId: string }
  const { status } = await visitor.mutate('sessions.stepUp', { verificationId, code: codeFor(edge, visitor.email) })
  if (status !== 200) throw new Error('stepping up failed')
}

/** Every call of an administrator, about somebody. */
async function refusalsOf(visitor: Visitor, about: Account): Promise<unknown[]> {
  const { id: userId } = await userOf(about)
  const answers = [
    await visitor.query('admin.findAccount', { email: about.email }),
    await visitor.query('admin.system'),
    await visitor.mutate('admin.setPlan', { userId, plan: 'pro' }),
    await visitor.mutate('admin.setRole', { userId, role: 'moderator' }),
  ]
  return answers.map(({ status, refusal }) => refusal?.['code'] ?? status)
}

const all = (answer: unknown) => [answer, answer, answer, answer]

test('what administrators do is not there for anybody else, stepped up or not', async () => {
  const [about, member, moderator] = [await signUpVisitor(edge), await signUpVisitor(edge), await signUpVisitor(edge)]
  await db.update(users).set({ role: 'moderator' }).where(eq(users.email, moderator.email))
  await stepUp(moderator)
  await stepUp(member)
  expect(await refusalsOf(new Visitor(edge), about)).toEqual(all('sign_in_needed'))
  expect(await refusalsOf(member, about)).toEqual(all('not_found'))
  expect(await refusalsOf(moderator, about)).toEqual(all('not_found'))
  expect(await refusalsOf(about, about)).toEqual(all('not_found'))
  expect(await userOf(about)).toMatchObject({ plan: 'free', role: 'member' })
})

test('an administrator is asked for a code first, and again when it is too long ago or the role is gone', async () => {
  const [admin, about] = [await signUpVisitor(edge, 'Admin'), await signUpVisitor(edge)]
  await db.update(users).set({ role: 'administrator' }).where(eq(users.email, admin.email))
  expect(await refusalsOf(admin, about)).toEqual(all('step_up_needed'))
  await stepUp(admin)
  expect(await refusalsOf(admin, about)).toEqual(all(200))
  expect(await userOf(about)).toMatchObject({ plan: 'pro', role: 'moderator' })
  expect((await about.query('account.usage')).data).toMatchObject({
    plan: 'pro',
    total: { limitBytes: quotaPlans.pro.totalBytesMax },
  })

  const { id } = await userOf(admin)
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() - 1) })
    .where(eq(sessions.userId, id))
  expect(await refusalsOf(admin, about)).toEqual(all('step_up_needed'))
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() + 60_000) })
    .where(eq(sessions.userId, id))
  await db.update(users).set({ role: 'member' }).where(eq(users.id, id))
  expect(await refusalsOf(admin, about)).toEqual(all('not_found'))
})

test('the last administrator cannot give the role up', async () => {
  await db.update(users).set({ role: 'member' })
  const admin = await signUpVisitor(edge, 'Last')
  await db.update(users).set({ role: 'administrator' }).where(eq(users.email, admin.email))
  await stepUp(admin)
  const { id: userId } = await userOf(admin)
  const { refusal } = await admin.mutate('admin.setRole', { userId, role: 'member' })
  expect(refusal).toEqual({ code: 'last_administrator' })
  expect((await admin.query('admin.findAccount', { email: 'no-one@example.org' })).refusal).toEqual({
    code: 'not_found',
  })
})
