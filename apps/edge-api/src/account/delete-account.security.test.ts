import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { addGroup, addPerson, addPicture } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { codeFor, password, signUpVisitor, Visitor } from '../../test/visitor.ts'

const { edge, db } = await openEdge()

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
  expect((await owner.query('account.previewDeletion')).data).toEqual({
    items: 0,
    bytes: 0,
    ownedGroups: [],
    memberGroups: [],
  })
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
  await stepUp(owner, owner.email)
  expect((await owner.mutate('account.delete', { password: null })).data).toEqual({})
  expect(await isThere(owner)).toBe(false)
})

test('a group is never left without its owner: it is asked what becomes of it', async () => {
  const owner = await signUpVisitor(edge)
  const made = await owner.mutate('groups.create', { name: 'Friends' })
  const { groupId } = made.data as { groupId: string }
  const alone = { id: groupId, name: 'Friends', memberCount: 1, itemCount: 0, successor: null }
  expect((await owner.query('account.previewDeletion')).data).toMatchObject({ ownedGroups: [alone] })
  expect((await owner.mutate('account.delete', { password })).refusal).toEqual({ code: 'owns_groups' })
  const handOver = [{ groupId, choice: 'handOver', successorId: null }]
  const refused = await owner.mutate('account.delete', { password, groups: handOver })
  expect(refused.refusal).toEqual({ code: 'no_successor' })
  expect(await isThere(owner)).toBe(true)
  expect((await owner.mutate('account.delete', { password, groups: [{ groupId, choice: 'end' }] })).data).toEqual({})
  expect(await isThere(owner)).toBe(false)
})

test('what is in groups may stay there, without a name, with whoever owns them then', async () => {
  const [owner, heir, admin] = await Promise.all([addPerson(db, edge), addPerson(db, edge, 'Bob'), addPerson(db, edge)])
  const group = await addGroup(db, [
    [owner, 'owner'],
    [admin, 'admin'],
    [heir, 'contributor'],
  ])
  const theirs = await addGroup(db, [
    [heir, 'owner'],
    [owner, 'contributor'],
  ])
  const [kept, given] = [await addPicture(db, owner, group), await addPicture(db, owner, theirs)]
  const shown = await addPicture(db, owner, null)
  const { visitor } = owner
  expect((await visitor.query('account.previewDeletion')).data).toMatchObject({
    items: 3,
    ownedGroups: [{ id: group, itemCount: 1, successor: { id: admin.userId } }],
    memberGroups: [{ id: theirs, itemCount: 1 }],
  })
  await stepUp(visitor, owner.email)
  const groups = [{ groupId: group, choice: 'handOver', successorId: heir.userId }]
  const deleted = await visitor.mutate('account.delete', { password: null, groups, items: 'handOver' })
  expect(deleted.data).toEqual({})
  for (const mediaId of [kept, given]) {
    const item = (await heir.visitor.query('gallery.item', { mediaId })).data
    expect(item).toMatchObject({ isMine: true })
    expect(JSON.stringify(item)).not.toContain(owner.userId)
  }
  expect((await heir.visitor.query('feed.item', { mediaId: shown })).refusal).toEqual({ code: 'not_found' })
  const found = (await heir.visitor.query('groups.find', { groupId: group })).data
  expect(found).toMatchObject({ me: { role: 'owner' }, group: { memberCount: 2 } })
})

test('a choice for a group of others changes nothing there', async () => {
  const [owner, other] = [await addPerson(db, edge), await addPerson(db, edge)]
  const group = await addGroup(db, [[owner, 'owner']])
  await stepUp(other.visitor, other.email)
  const groups = [{ groupId: group, choice: 'end' }]
  expect((await other.visitor.mutate('account.delete', { password: null, groups })).data).toEqual({})
  expect((await owner.visitor.query('groups.find', { groupId: group })).data).toMatchObject({ me: { role: 'owner' } })
})

test('two choices for one group are none', async () => {
  const owner = await addPerson(db, edge)
  const group = { groupId: await addGroup(db, [[owner, 'owner']]), choice: 'end' }
  const refused = await owner.visitor.mutate('account.delete', { password, groups: [group, group] })
  expect(refused.refusal).toEqual({ code: 'invalid_input', fields: ['groups'] })
})

async function stepUp(visitor: Visitor, email: string): Promise<void> {
  const { verificationId } = (await visitor.mutate('sessions.requestStepUp')).data as { verificationId: string }
  await visitor.mutate('sessions.stepUp', { verificationId, code: codeFor(edge, email) })
}
