// What is written when somebody acts over HTTP, who sees it, and what is left of it when they are gone. Who may ask at all
// is the matrix; that the chain holds is audit-log.aws.test.ts.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { groups, memberships } from '@shoebox/db/schema/groups.ts'
import { uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { addGroup, addPerson, addPicture, makeModerator, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import type { EntriesOutput } from './audit.schema.ts'

const { edge, db } = await openEdge()
let administrator: Person

beforeAll(async () => {
  administrator = await addPerson(db, edge, 'Root')
  await makeModerator(db, administrator, 'administrator')
})

async function makeGroup() {
  const [owner, admin, member] = [
    await addPerson(db, edge, 'Olga'),
    await addPerson(db, edge, 'Adam'),
    await addPerson(db, edge, 'Mia'),
  ] as const
  const groupId = await addGroup(db, [
    [owner, 'owner'],
    [admin, 'admin'],
    [member, 'contributor'],
  ])
  return { owner, admin, member, groupId }
}

const entriesFor = async ({ visitor }: Person, path: string, input: object): Promise<EntriesOutput['entries']> => {
  const { status, data, text } = await visitor.query(path, input)
  if (status !== 200) throw new Error(text)
  return (data as EntriesOutput).entries
}
const ofGroup = (who: Person, groupId: GroupId, input: object = {}) =>
  entriesFor(who, 'audit.ofGroup', { groupId, ...input })
const ofSite = (input: object = {}) => entriesFor(administrator, 'audit.list', { chain: 'site', ...input })

test('everything that admins of a group do is in its log, with whom they did it to, and what was refused is not', async () => {
  const { owner, admin, member, groupId } = await makeGroup()
  const [guest, item] = [await addPerson(db, edge, 'Gus'), await addPicture(db, member, groupId)]
  const act = async ({ visitor }: Person, path: string, input: object) => {
    const { status, data, text } = await visitor.mutate(path, { groupId, ...input })
    if (status !== 200) throw new Error(`${path}: ${text}`)
    return data
  }
  await act(admin, 'groups.edit', { name: 'Old friends', joining: 'approval' })
  await act(owner, 'groups.setLocationPolicy', { locationPolicy: 'keep' })
  await act(owner, 'groups.setLocationPolicy', { locationPolicy: 'keep' })
  const { invite } = (await act(admin, 'invites.create', { role: 'viewer', needsApproval: true })) as {
    invite: { id: string; code: string }
  }
  await guest.visitor.mutate('invites.join', { code: invite.code })
  await act(admin, 'requests.accept', { userId: guest.userId })
  await act(admin, 'invites.revoke', { inviteId: invite.id })
  await act(admin, 'invites.revoke', { inviteId: invite.id })
  await act(owner, 'groups.setRole', { userId: guest.userId, role: 'contributor' })
  await admin.visitor.mutate('gallery.moveToTrash', { mediaIds: [item] })
  await owner.visitor.mutate('gallery.restore', { mediaIds: [item] })
  await act(admin, 'groups.removeMember', { userId: guest.userId, items: 'keep' })
  expect(
    (await member.visitor.mutate('groups.removeMember', { groupId, userId: admin.userId, items: 'keep' })).status,
  ).toBe(403)
  expect(
    (await admin.visitor.mutate('groups.removeMember', { groupId, userId: owner.userId, items: 'keep' })).status,
  ).toBe(403)
  await member.visitor.mutate('groups.leave', { groupId, items: 'keep' })
  await act(owner, 'groups.handOver', { userId: admin.userId })

  const entries = (await ofGroup(owner, groupId)).toReversed()
  expect(entries.map(({ action, actor, subject }) => [action, actor?.name, subject.kind, subject.name])).toEqual([
    ['group.edited', 'Adam', 'group', 'Old friends'],
    ['group.joining_changed', 'Adam', 'group', 'Old friends'],
    ['group.location_policy_changed', 'Olga', 'group', 'Old friends'],
    ['invite.created', 'Adam', 'invite', null],
    ['member.joined', 'Adam', 'user', 'Gus'],
    ['invite.revoked', 'Adam', 'invite', null],
    ['member.role_changed', 'Olga', 'user', 'Gus'],
    ['item.removed_by_admin', 'Adam', 'media', null],
    ['item.restored_by_admin', 'Olga', 'media', null],
    ['member.removed', 'Adam', 'user', 'Gus'],
    ['member.left', 'Mia', 'user', 'Mia'],
    ['group.handed_over', 'Olga', 'user', 'Adam'],
  ])
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1))
  const detailOf = (wanted: string) => entries.find(({ action }) => action === wanted)?.detail
  expect(detailOf('group.joining_changed')).toEqual({ from: 'open', to: 'approval' })
  expect(detailOf('member.role_changed')).toEqual({ from: 'viewer', to: 'contributor' })
  expect(detailOf('item.removed_by_admin')).toEqual({ owner: uuidOf(member.userId) })
})

test('one takes away what is one’s own without a word in the log', async () => {
  const { owner, member, groupId } = await makeGroup()
  const item = await addPicture(db, member, groupId)
  await member.visitor.mutate('gallery.moveToTrash', { mediaIds: [item] })
  await member.visitor.mutate('gallery.restore', { mediaIds: [item] })
  expect(await ofGroup(owner, groupId)).toEqual([])
})

test('an entry outlives whoever acted, whom they acted on and the group itself', async () => {
  const { owner, admin, member, groupId } = await makeGroup()
  await admin.visitor.mutate('groups.removeMember', { groupId, userId: member.userId, items: 'keep' })
  await db.delete(users).where(eq(users.id, member.userId))
  await db.delete(users).where(eq(users.id, admin.userId))
  const subject = { kind: 'user', id: member.userId, name: null }
  expect(await ofGroup(owner, groupId)).toMatchObject([{ actor: { id: admin.userId, name: null }, subject }])

  expect((await owner.visitor.mutate('groups.remove', { groupId, name: 'Friends' })).status).toBe(200)
  expect(await db.$count(groups, eq(groups.id, groupId))).toBe(0)
  const left = await entriesFor(administrator, 'audit.list', { chain: groupId })
  expect(left.map(({ action, group }) => [action, group])).toEqual([
    ['group.deleted', { id: groupId, name: null }],
    ['member.removed', { id: groupId, name: null }],
  ])
})

test('what becomes of the groups of an account that is deleted is in the log of each', async () => {
  const { owner, admin, groupId } = await makeGroup()
  const endingId = await addGroup(db, [[owner, 'owner']], { name: 'Ending' })
  const soon = new Date(Date.now() + 600_000)
  await db.update(sessions).set({ steppedUpUntil: soon }).where(eq(sessions.userId, owner.userId))
  const kept = { groupId, choice: 'handOver', successorId: null }
  const choices = { password: null, groups: [kept, { groupId: endingId, choice: 'end' }] }
  expect((await owner.visitor.mutate('account.delete', choices)).status).toBe(200)
  expect(await ofGroup(admin, groupId)).toMatchObject([
    { action: 'group.handed_over', actor: { id: owner.userId, name: null }, detail: { to: uuidOf(admin.userId) } },
  ])
  expect(await entriesFor(administrator, 'audit.list', { chain: endingId })).toMatchObject([
    { action: 'group.deleted', detail: { because: 'account_deleted' } },
  ])
})

test('who is admin of a group no more sees its log no more, and no other group’s', async () => {
  const [one, other] = [await makeGroup(), await makeGroup()]
  const refusalOf = async (who: Person, groupId: GroupId) => {
    const { refusal } = await who.visitor.query('audit.ofGroup', { groupId })
    return refusal?.['code']
  }
  expect(await refusalOf(one.admin, other.groupId)).toBe('not_found')
  expect(await ofGroup(one.admin, one.groupId)).toEqual([])
  await db.update(memberships).set({ role: 'viewer' }).where(eq(memberships.userId, one.admin.userId))
  expect(await refusalOf(one.admin, one.groupId)).toBe('role_too_low')
})

test('administrators find entries by action, actor, subject, group and time, and page through them', async () => {
  const [about, groupOwner] = [await addPerson(db, edge, 'Ann'), await makeGroup()]
  for (const plan of ['pro', 'studio', 'free', 'free'])
    await administrator.visitor.mutate('admin.setPlan', { userId: about.userId, plan })
  await administrator.visitor.mutate('admin.setRole', { userId: about.userId, role: 'moderator' })
  await groupOwner.admin.visitor.mutate('invites.create', { groupId: groupOwner.groupId, role: 'viewer' })

  const ofAnn = await ofSite({ subjectId: about.userId })
  expect(ofAnn.map(({ action, detail }) => [action, detail['to']])).toEqual([
    ['role.set', 'moderator'],
    ['plan.set', 'free'],
    ['plan.set', 'studio'],
    ['plan.set', 'pro'],
  ])
  expect(await ofSite({ subjectId: about.userId, action: 'role.set' })).toHaveLength(1)
  expect(await ofSite({ subjectId: about.userId, actorId: groupOwner.owner.userId })).toEqual([])
  expect(
    await ofSite({ actorId: administrator.userId, subjectId: about.userId, from: ofAnn[1]?.at, to: ofAnn[0]?.at }),
  ).toEqual(ofAnn.filter(({ at }) => at >= ofAnn[1]!.at && at < ofAnn[0]!.at))
  expect(await entriesFor(administrator, 'audit.list', { chain: groupOwner.groupId })).toMatchObject([
    { action: 'invite.created', group: { id: groupOwner.groupId, name: 'Friends' } },
  ])
  const paged: unknown[] = []
  let before: string | undefined
  do {
    const { data } = await administrator.visitor.query('audit.list', { subjectId: about.userId, size: 3, before })
    const page = data as EntriesOutput
    paged.push(...page.entries)
    before = page.next ?? undefined
  } while (before !== undefined)
  expect(paged).toEqual(ofAnn)
})

test('an export is itself in the log that it takes from', async () => {
  const { admin, groupId } = await makeGroup()
  expect((await admin.visitor.mutate('audit.beginGroupExport', { groupId, action: 'invite.created' })).status).toBe(200)
  expect(await ofGroup(admin, groupId)).toMatchObject([
    { action: 'export.audit', actor: { name: 'Adam' }, detail: { action: 'invite.created', from: null } },
  ])
  expect((await administrator.visitor.mutate('audit.beginExport', { chain: groupId })).status).toBe(200)
  expect(await ofSite({ action: 'export.audit', subjectId: groupId })).toHaveLength(1)
})

test('the code that an administrator entered runs out for the log too', async () => {
  const late = await addPerson(db, edge, 'Late')
  await makeModerator(db, late, 'administrator')
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() - 1) })
    .where(eq(sessions.userId, late.userId))
  expect((await late.visitor.query('audit.list', {})).refusal).toEqual({ code: 'step_up_needed' })
  expect((await late.visitor.mutate('audit.beginExport', {})).refusal).toEqual({ code: 'step_up_needed' })
  const moderator = await addPerson(db, edge, 'Mod')
  await makeModerator(db, moderator)
  expect((await moderator.visitor.query('audit.list', {})).refusal).toEqual({ code: 'not_found' })
})

test('what is malformed is refused before anything is read', async () => {
  const wrong = [
    { action: 'nothing' },
    { actorId: 'usr_1' },
    { subjectId: "x' or true" },
    { from: 'yesterday' },
    { before: numberedId('user', 1) },
    { size: 101 },
    { chain: 'usr_00000000-0000-7000-8000-000000000000' },
    { more: true },
  ]
  for (const input of wrong) expect((await administrator.visitor.query('audit.list', input)).status).toBe(400)
})
