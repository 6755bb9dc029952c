// What becomes of groups and of what is in them when a member's account is deleted, whoever else is busy there.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { users } from '../schema/accounts.ts'
import { groups, invites, memberships } from '../schema/groups.ts'
import { departures } from '../schema/leaving.ts'
import { media } from '../schema/media.ts'
import { quotaDays, quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import { deleteAccount, type DepartureWish } from './departure-store.ts'
import * as inviting from './invite-store.ts'
import * as leaving from './leave-store.ts'
import { clearGroup, findEmptyGroups } from './leave-store.ts'
import * as members from './member-change-store.ts'
import { findFinishedDepartures } from './receipt-store.ts'
import { findLedgersAfter } from './reconcile-store.ts'

const leaveGroup = audited(leaving.leaveGroup)
const handOver = audited(members.handOver)
const removeMember = audited(members.removeMember)
const joinByInvite = audited(inviting.joinByInvite)

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const quotaDay = '2026-06-15'
const { rows, edge } = await openDatabase(start)
let groupCount = 0

async function addGroup(...members: readonly (readonly [Author, Role])[]): Promise<GroupId> {
  const id = numberedId('group', (groupCount += 1))
  const dates = { createdAt: start, activeAt: start }
  await rows.db.insert(groups).values({ id, name: 'Friends', joining: 'open', memberCount: members.length, ...dates })
  await rows.db
    .insert(memberships)
    .values(
      members.map(([{ userId }, role], n) => ({ groupId: id, userId, role, joinedAt: rows.later(n), seenAt: start })),
    )
  return id
}

const addPeople = (count: number) => Promise.all(Array.from({ length: count }, () => rows.addAuthor()))

/** An item in a gallery, counted for its owner. */
async function addToGallery(owner: Author, groupId: GroupId, quotaBytes: number): Promise<MediaId> {
  const id = await rows.addItem(owner, start, { groupId, quotaBytes, quotaDay, bytes: quotaBytes })
  await rows.db
    .insert(quotaTotals)
    .values({ userId: owner.userId, bytes: quotaBytes })
    .onConflictDoUpdate({ target: quotaTotals.userId, set: { bytes: sql`${quotaTotals.bytes} + ${quotaBytes}` } })
  return id
}

const leave = (author: Author, change: Partial<DepartureWish> = {}) =>
  deleteAccount(edge, { author, passwordHash: '-', groups: [], audits: [], items: 'delete', nowMs, ...change })

const rolesIn = async (groupId: GroupId) =>
  Object.fromEntries(
    (await rows.db.select().from(memberships).where(eq(memberships.groupId, groupId))).map((row) => [
      row.userId,
      row.role,
    ]),
  )
const groupOf = async (groupId: GroupId) => (await rows.db.select().from(groups).where(eq(groups.id, groupId)))[0]
const totalOf = async ({ userId }: Author) =>
  (await rows.db.select().from(quotaTotals).where(eq(quotaTotals.userId, userId)))[0]?.bytes
const departureOf = async ({ userId }: Author) =>
  (await rows.db.select().from(departures).where(eq(departures.userId, userId)))[0]
const ownerOf = async (id: MediaId) => (await rows.db.select().from(media).where(eq(media.id, id)))[0]?.ownerId ?? null
const askedToGo = async (ids: readonly MediaId[]) =>
  (
    await rows.db
      .select()
      .from(deletions)
      .where(inArray(deletions.mediaId, [...ids]))
  ).map(({ mediaId }) => mediaId)

async function expectSound(groupId: GroupId): Promise<void> {
  const roles = Object.values(await rolesIn(groupId))
  expect(roles.filter((role) => role === 'owner')).toHaveLength(roles.length === 0 ? 0 : 1)
  // Whoever leaves last takes the group along.
  expect((await groupOf(groupId))?.memberCount ?? 0).toBe(roles.length)
}

describe('a group whose owner deletes their account', () => {
  test('goes to whom they chose, or to who is next in line', async () => {
    const [ann, bob, cid] = await addPeople(3)
    const members = [
      [ann!, 'owner'],
      [bob!, 'viewer'],
      [cid!, 'admin'],
    ] as const
    const [chosen, next] = [await addGroup(...members), await addGroup(...members)]
    const outcome = await leave(ann!, {
      groups: [
        { groupId: chosen, choice: 'handOver', successorId: bob!.userId },
        { groupId: next, choice: 'handOver', successorId: null },
      ],
    })
    expect(outcome).toBe('deleted')
    expect(await rolesIn(chosen)).toEqual({ [bob!.userId]: 'owner', [cid!.userId]: 'admin' })
    expect(await rolesIn(next)).toEqual({ [bob!.userId]: 'viewer', [cid!.userId]: 'owner' })
    for (const group of [chosen, next]) await expectSound(group)
    expect(await departureOf(ann!)).toMatchObject({ groupsHandedOver: 2, groupsEnded: 0 })
  })

  test('ends when they chose that, with what everybody had in it', async () => {
    const [ann, bob] = await addPeople(2)
    const group = await addGroup([ann!, 'owner'], [bob!, 'admin'])
    const items = [await addToGallery(ann!, group, 10), await addToGallery(bob!, group, 20)]
    expect(await leave(ann!, { groups: [{ groupId: group, choice: 'end' }], items: 'handOver' })).toBe('deleted')
    expect(await rolesIn(group)).toEqual({})
    expect(await departureOf(ann!)).toMatchObject({ items: 1, itemsHandedOver: 0, groupsEnded: 1 })
    expect(await findEmptyGroups(rows.db, 100)).toContain(group)
    await clearGroup(rows.db, group, nowMs)
    expect(await groupOf(group)).toBeUndefined()
    expect((await askedToGo(items)).toSorted()).toEqual(items.toSorted())
    expect(await totalOf(bob!)).toBe(0)
  })

  test('keeps it, and the account, when nothing was chosen for it or the chosen one does not belong to it', async () => {
    const [ann, bob, stranger] = await addPeople(3)
    const [group, alone] = [await addGroup([ann!, 'owner'], [bob!, 'admin']), await addGroup([ann!, 'owner'])]
    const ended = { groupId: alone, choice: 'end' } as const
    expect(await leave(ann!, { groups: [ended] })).toBe('owns_groups')
    const toStranger = { groupId: group, choice: 'handOver', successorId: stranger!.userId } as const
    expect(await leave(ann!, { groups: [ended, toStranger] })).toBe('no_successor')
    const toSelf = { groupId: group, choice: 'handOver', successorId: ann!.userId } as const
    expect(await leave(ann!, { groups: [ended, toSelf] })).toBe('no_successor')
    const toNobody = { groupId: alone, choice: 'handOver', successorId: null } as const
    expect(await leave(ann!, { groups: [{ groupId: group, choice: 'end' }, toNobody] })).toBe('no_successor')
    expect(await rolesIn(group)).toEqual({ [ann!.userId]: 'owner', [bob!.userId]: 'admin' })
    expect(await rows.db.$count(users, eq(users.id, ann!.userId))).toBe(1)
  })

  test('is touched by nobody else: a choice for it means nothing', async () => {
    const [ann, bob, eve] = await addPeople(3)
    const [foreign, joined] = [
      await addGroup([bob!, 'owner'], [ann!, 'viewer']),
      await addGroup([bob!, 'owner'], [eve!, 'admin']),
    ]
    const outcome = await leave(eve!, {
      groups: [
        { groupId: foreign, choice: 'end' },
        { groupId: joined, choice: 'end' },
      ],
    })
    expect(outcome).toBe('deleted')
    expect(await rolesIn(foreign)).toEqual({ [bob!.userId]: 'owner', [ann!.userId]: 'viewer' })
    expect(await rolesIn(joined)).toEqual({ [bob!.userId]: 'owner' })
    for (const group of [foreign, joined]) await expectSound(group)
  })
})

describe('items in galleries', () => {
  test('stay with the owners of the groups, and weigh for them; what is public or in the trash goes', async () => {
    const [ann, bob, cid] = await addPeople(3)
    const theirs = await addGroup([bob!, 'owner'], [ann!, 'contributor'])
    const own = await addGroup([ann!, 'owner'], [cid!, 'viewer'])
    const left = await addGroup([bob!, 'owner'])
    const kept = [await addToGallery(ann!, theirs, 100), await addToGallery(ann!, left, 30)]
    const inherited = await addToGallery(ann!, own, 7)
    const isPublic = await rows.addItem(ann!, start)
    const trashed = await rows.addItem(ann!, start, { groupId: theirs, listing: 'trashed', trashedAt: start })
    const outcome = await leave(ann!, {
      groups: [{ groupId: own, choice: 'handOver', successorId: null }],
      items: 'handOver',
    })
    expect(outcome).toBe('deleted')
    expect(await Promise.all(kept.map(ownerOf))).toEqual([bob!.userId, bob!.userId])
    expect(await ownerOf(inherited)).toBe(cid!.userId)
    expect([await totalOf(bob!), await totalOf(cid!)]).toEqual([130, 7])
    expect((await askedToGo([...kept, inherited, isPublic, trashed])).toSorted()).toEqual(
      [isPublic, trashed].toSorted(),
    )
    expect(await departureOf(ann!)).toMatchObject({ items: 2, itemsHandedOver: 3, itemsWithoutRoom: 0 })
  })

  test('go where the new owner has no room for them, the largest first', async () => {
    const [ann, bob] = await addPeople(2)
    const group = await addGroup([bob!, 'owner'], [ann!, 'contributor'])
    await rows.db.insert(quotaTotals).values({ userId: bob!.userId, bytes: quotaPlans.free.totalBytesMax - 100 })
    const large = await addToGallery(ann!, group, 90)
    const small = [await addToGallery(ann!, group, 40), await addToGallery(ann!, group, 60)]
    expect(await leave(ann!, { items: 'handOver' })).toBe('deleted')
    expect(await ownerOf(large)).toBeNull()
    expect(await Promise.all(small.map(ownerOf))).toEqual([bob!.userId, bob!.userId])
    expect(await totalOf(bob!)).toBe(quotaPlans.free.totalBytesMax)
    expect(await departureOf(ann!)).toMatchObject({ items: 1, itemsHandedOver: 2, itemsWithoutRoom: 1 })
  })

  test.each(['delete the account', 'leave the group'])(
    'take nothing of the day of whoever gets them: %s',
    async (how) => {
      const [ann, bob] = await addPeople(2)
      const group = await addGroup([bob!, 'owner'], [ann!, 'contributor'])
      const item = await addToGallery(ann!, group, 100)
      await rows.db.insert(quotaDays).values({ userId: bob!.userId, day: quotaDay, bytes: 10 })
      if (how === 'delete the account') await leave(ann!, { items: 'handOver' })
      else await leaveGroup(edge, { author: ann!, groupId: group, items: 'handOver', successorId: null, nowMs })
      expect([await ownerOf(item), await totalOf(bob!)]).toEqual([bob!.userId, 100])
      const ledgers = await findLedgersAfter(rows.db, null, 1000)
      expect(ledgers.find(({ userId }) => userId === bob!.userId)).toMatchObject({ driftBytes: 0 })
    },
  )

  test('that came from somebody who is gone are waited for in the receipt of whoever had them last', async () => {
    const [ann, bob] = await addPeople(2)
    const group = await addGroup([bob!, 'owner'], [ann!, 'contributor'])
    const item = await addToGallery(ann!, group, 5)
    await leave(ann!, { items: 'handOver' })
    await leave(bob!, { groups: [{ groupId: group, choice: 'end' }] })
    const finished = async () => (await findFinishedDepartures(rows.db, 1000)).map(({ userId }) => userId)
    expect(await finished()).toContain(ann!.userId)
    expect(await finished()).not.toContain(bob!.userId)
    await rows.db.update(deletions).set({ doneAt: start, objects: 3 }).where(eq(deletions.mediaId, item))
    const bobs = (await findFinishedDepartures(rows.db, 1000)).find(({ userId }) => userId === bob!.userId)
    expect(bobs).toMatchObject({ items: 1, objects: 3 })
  })
})

describe('whoever is faster', () => {
  test('no group is left without an owner when its people leave, go and delete their accounts at once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [ann, bob, cid, dan] = await addPeople(4)
      const group = await addGroup([ann!, 'owner'], [bob!, 'admin'], [cid!, 'contributor'], [dan!, 'viewer'])
      const change = (author: Author) => ({ author, groupId: group, nowMs })
      await Promise.all([
        leave(ann!, { groups: [{ groupId: group, choice: 'handOver', successorId: bob!.userId }] }),
        leave(bob!, { items: 'handOver' }),
        leaveGroup(edge, { ...change(cid!), items: 'keep', successorId: null }),
        handOver(edge, { ...change(ann!), userId: cid!.userId }),
        removeMember(edge, { ...change(bob!), userId: dan!.userId, items: 'keep' }),
      ])
      await expectSound(group)
    }
  })

  test('everybody may delete their account at once: what is theirs goes or has an owner who is there', async () => {
    const people = await addPeople(6)
    const all = people.map((author, n) => [author, n === 0 ? 'owner' : 'admin'] as const)
    const group = await addGroup(...all)
    for (const author of people) await addToGallery(author, group, 10)
    const wish: Partial<DepartureWish> = {
      groups: [{ groupId: group, choice: 'handOver', successorId: null }],
      items: 'handOver',
    }
    const outcomes = await Promise.all(people.map((author) => leave(author, wish)))
    const last = outcomes.filter((outcome) => outcome === 'no_successor')
    expect([...outcomes].toSorted()).toEqual([...outcomes.filter((outcome) => outcome === 'deleted'), ...last])
    expect(last).toHaveLength(1)
    await expectSound(group)
    const survivor = people[outcomes.indexOf('no_successor')]!
    expect(await rows.db.$count(media, and(eq(media.groupId, group), eq(media.ownerId, survivor.userId)))).toBe(6)
    expect(await totalOf(survivor)).toBe(60)
  })

  test('somebody who joins by one session while another deletes the account leaves nothing behind', async () => {
    const charges = [{ key: 'k', windowSeconds: 60, windowStart: start, timesMax: 1_000_000 }]
    for (let round = 0; round < 10; round += 1) {
      const [owner, ann] = await addPeople(2)
      const group = await addGroup([owner!, 'owner'])
      const code = `code-${round}-000`
      const shape = { role: 'contributor', needsApproval: false, createdAt: start, code } as const
      await rows.db.insert(invites).values({ id: numberedId('invite', groupCount), groupId: group, ...shape })
      const limits = { membersMax: 500, groupsMax: 200 }
      const [outcome] = await Promise.allSettled([
        leave(ann!),
        joinByInvite(edge, { author: ann!, code, charges, nowMs, ...limits }),
      ])
      expect(outcome).toEqual({ status: 'fulfilled', value: 'deleted' })
      expect(await rolesIn(group)).toEqual({ [owner!.userId]: 'owner' })
      await expectSound(group)
    }
  })
})
