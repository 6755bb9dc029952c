import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { users } from '@shoebox/db/schema/accounts.ts'
import { startEdge, type Edge } from '../../test/start-edge.ts'
import { codeFor, password, signUpVisitor, Visitor } from '../../test/visitor.ts'

let edge: Edge
let db: PoolDatabase

beforeAll(async () => {
  edge = await startEdge()
  db = connectPool({ connectionString: edge.databaseUrl, connectionsMax: 2 })
})

afterAll(async () => {
  await db.$client.end()
  await edge.stop()
})

const isThere = async ({ email }: { email: string }) => (await db.$count(users, eq(users.email, email))) === 1

test('an account is deleted by nobody else, and not by its session alone', async () => {
  const [owner, other] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Other')]
  expect((await new Visitor(edge).mutate('account.delete', { password })).refusal).toEqual({ code: 'sign_in_needed' })
  expect((await new Visitor(edge).mutate('account.delete', { password: null })).refusal).toEqual({
    code: 'sign_in_needed',
  })
  expect((await new Visitor(edge).query('account.previewDeletion')).refusal).toEqual({ code: 'sign_in_needed' })
  const wrong = await owner.mutate('account.delete', { password: 'not my password' })
  expect(wrong.refusal).toEqual({ code: 'wrong_password' })
  expect((await owner.mutate('account.delete', { password: null })).refusal).toEqual({ code: 'step_up_needed' })
  const forged = await owner.mutate('account.delete', { password, userId: 'usr_00000000-0000-7000-8000-000000000001' })
  expect(forged.refusal).toEqual({ code: 'invalid_input', fields: ['userId'] })
  expect([await isThere(owner), await isThere(other)]).toEqual([true, true])
})

test('the password ends it, with every session and the way back in', async () => {
  const owner = await signUpVisitor(edge)
  const elsewhere = new Visitor(edge)
  await elsewhere.mutate('account.signIn', { email: owner.email, password })
  expect((await owner.query('account.previewDeletion')).data).toEqual({ items: 0, bytes: 0, ownedGroups: [] })
  const answer = await owner.mutate('account.delete', { password })
  expect(answer.data).toEqual({})
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-shoebox=;/)
  expect((await elsewhere.query('account.me')).data).toMatchObject({ user: null })
  const again = await new Visitor(edge).mutate('account.signIn', { email: owner.email, password })
  expect(again.refusal).toEqual({ code: 'wrong_credentials' })
})

test('so does a code, where there is no password to ask for', async () => {
  const owner = await signUpVisitor(edge)
  await db.update(users).set({ passwordHash: null }).where(eq(users.email, owner.email))
  expect((await owner.mutate('account.delete', { password })).refusal).toEqual({ code: 'wrong_password' })
  const { verificationId } = (await owner.mutate('sessions.requestStepUp')).data as { verificationId: string }
  await owner.mutate('sessions.stepUp', { verificationId, code: codeFor(edge, owner.email) })
  expect((await owner.mutate('account.delete', { password: null })).data).toEqual({})
  expect(await isThere(owner)).toBe(false)
})

test('a group is never left without its owner', async () => {
  const owner = await signUpVisitor(edge)
  const made = await owner.mutate('groups.create', { name: 'Friends' })
  const { groupId } = made.data as { groupId: string }
  const { ownedGroups } = (await owner.query('account.previewDeletion')).data as { ownedGroups: unknown }
  expect(ownedGroups).toEqual([{ id: groupId, name: 'Friends', memberCount: 1 }])
  expect((await owner.mutate('account.delete', { password })).refusal).toEqual({ code: 'owns_groups' })
  expect(await isThere(owner)).toBe(true)
})
