// What must hold whoever is faster: one owner, counts that are the rows', limits that hold, nothing left of who is gone.
import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { makeId, type GroupId, type Id, type IdKind } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { groups, invites, joinRequests, memberships, removedMembers } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import * as founding from './group-store.ts'
import * as inviting from './invite-store.ts'
import * as leaving from './leave-store.ts'
import { clearGroup, findEmptyGroups } from './leave-store.ts'
import * as members from './member-change-store.ts'
import * as requests from './request-store.ts'
import { reserveUploads } from './reservation-store.ts'

const leaveGroup = audited(leaving.leaveGroup)
const removeGroup = audited(leaving.removeGroup)
const handOver = audited(members.handOver)
const removeMember = audited(members.removeMember)
const setRole = audited(members.setRole)
const createGroup = audited(founding.createGroup)
const joinByInvite = audited(inviting.joinByInvite)
const acceptRequest = audited(requests.acceptRequest)
const declineRequest = audited(requests.declineRequest)

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const { rows, edge } = await openDatabase(start)

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, nowMs, crypto.getRandomValues(new Uint8Array(10)))
const addPeople = (count: number) => Promise.all(Array.from({ length: count }, () => rows.addAuthor()))

async function addGroup(people: readonly Author[], roleOf: (n: number) => Role): Promise<GroupId> {
  const id = newId('group')
  const dates = { createdAt: start, activeAt: start }
  await rows.db.insert(groups).values({ id, name: 'Friends', joining: 'open', memberCount: people.length, ...dates })
  await rows.db.insert(memberships).values(
    people.map(({ userId }, n) => ({
      groupId: id,
      userId,
      role: roleOf(n),
      joinedAt: rows.later(n),
      seenAt: start,
    })),
  )
  return id
}

const rolesByRank = (n: number): Role => (n === 0 ? 'owner' : n < 3 ? 'admin' : n % 2 === 0 ? 'viewer' : 'contributor')

async function addInvite(groupId: GroupId, columns: Partial<typeof invites.$inferInsert> = {}) {
  const id = newId('invite')
  const code = crypto.randomUUID().slice(0, 10)
  const shape = { role: 'contributor', needsApproval: false, createdAt: start } as const
  await rows.db.insert(invites).values({ id, groupId, code, ...shape, ...columns })
  return { id, code }
}

const charges = [{ key: 'k', windowSeconds: 60, windowStart: start, timesMax: 1_000_000 }]
const join = (author: Author, code: string, limits = { membersMax: 500, groupsMax: 200 }) =>
  joinByInvite(edge, { author, code, charges, nowMs, ...limits })

const membersOf = (groupId: GroupId) => rows.db.select().from(memberships).where(eq(memberships.groupId, groupId))
const groupOf = async (groupId: GroupId) => (await rows.db.select().from(groups).where(eq(groups.id, groupId)))[0]
const change = (author: Author, groupId: GroupId) => ({ author, groupId, nowMs })

describe('joining', () => {
  test('by a limited invite lets in exactly as many as it says, however many come at once', async () => {
    const [owner, ...people] = await addPeople(31)
    const groupId = await addGroup([owner!], () => 'owner')
    const { id, code } = await addInvite(groupId, { usesMax: 7 })
    const answers = await Promise.all(people.map((author) => join(author, code)))
    expect(answers.filter(({ standing }) => standing?.isMember)).toHaveLength(7)
    expect(answers.filter(({ standing }) => standing === null)).toHaveLength(23)
    expect(await membersOf(groupId)).toHaveLength(8)
    expect((await groupOf(groupId))?.memberCount).toBe(8)
    expect((await rows.db.select().from(invites).where(eq(invites.id, id)))[0]?.uses).toBe(7)
  })

  test('twice at once is joining once', async () => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!], () => 'owner')
    const { id, code } = await addInvite(groupId)
    const answers = await Promise.all(Array.from({ length: 10 }, () => join(ann!, code)))
    expect(answers.every(({ standing }) => standing?.isMember)).toBe(true)
    expect((await groupOf(groupId))?.memberCount).toBe(2)
    expect((await rows.db.select().from(invites).where(eq(invites.id, id)))[0]?.uses).toBe(1)
  })

  test('never passes how many may belong to a group', async () => {
    const [owner, ...people] = await addPeople(12)
    const groupId = await addGroup([owner!], () => 'owner')
    const { code } = await addInvite(groupId)
    const answers = await Promise.all(people.map((author) => join(author, code, { membersMax: 5, groupsMax: 200 })))
    expect(answers.filter(({ standing }) => standing?.isMember)).toHaveLength(4)
    expect(answers.filter(({ standing }) => standing?.isFull && !standing.isMember).length).toBe(7)
  })

  test('never passes how many groups one may be in, by whichever ways one comes into many at once', async () => {
    const [owner, ann] = await addPeople(2)
    const limits = { membersMax: 500, groupsMax: 4 }
    const groupIds = await Promise.all(Array.from({ length: 12 }, () => addGroup([owner!], () => 'owner')))
    const ways = groupIds.map(async (groupId, n) => {
      if (n % 3 === 0) {
        const made = { name: 'New', description: '', joining: 'open', groupsMax: limits.groupsMax } as const
        return () => createGroup(edge, { ...change(ann!, newId('group')), ...made })
      }
      const { code } = await addInvite(groupId, { needsApproval: n % 3 === 1 })
      if (n % 3 === 2) return () => join(ann!, code, limits)
      expect((await join(ann!, code, limits)).standing).toMatchObject({ request: 'pending' })
      return () => acceptRequest(edge, { ...change(owner!, groupId), userId: ann!.userId, ...limits })
    })
    const answers = await Promise.all((await Promise.all(ways)).map(async (enter) => await enter()))
    expect(await rows.db.$count(memberships, eq(memberships.userId, ann!.userId))).toBe(limits.groupsMax)
    const counts = await Promise.all(
      groupIds.map(async (id) => [(await groupOf(id))?.memberCount, (await membersOf(id)).length]),
    )
    expect(counts.every(([said, there]) => said === there)).toBe(true)
    // Whoever was too late is told so.
    const isIn = (answer: (typeof answers)[number]) =>
      typeof answer === 'object' ? answer.standing?.isMember : answer === true || answer === 'done'
    expect(answers.filter(isIn)).toHaveLength(limits.groupsMax)
  })

  test.each([
    ['expired', { expiresAt: start }],
    ['revoked', { revokedAt: start }],
    ['used up', { usesMax: 1, uses: 1 }],
  ])('by an invite that is %s opens nothing', async (_, columns) => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!], () => 'owner')
    const { code } = await addInvite(groupId, columns)
    expect((await join(ann!, code)).standing).toBeNull()
    expect(await membersOf(groupId)).toHaveLength(1)
  })

  test('a closed group opens to nobody', async () => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!], () => 'owner')
    await rows.db.update(groups).set({ joining: 'closed' }).where(eq(groups.id, groupId))
    expect((await join(ann!, (await addInvite(groupId)).code)).standing).toBeNull()
  })

  test('somebody who was removed comes back only when an admin approves', async () => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!, ann!], rolesByRank)
    const removal = { ...change(owner!, groupId), userId: ann!.userId, items: 'keep' } as const
    expect(await removeMember(edge, removal)).toBe('done')
    const { code } = await addInvite(groupId)
    expect((await join(ann!, code)).standing).toMatchObject({ isMember: false, request: 'pending' })
    const wish = { ...change(owner!, groupId), userId: ann!.userId, membersMax: 500, groupsMax: 200 }
    expect(await acceptRequest(edge, wish)).toBe('done')
    expect(await rows.db.$count(removedMembers, eq(removedMembers.groupId, groupId))).toBe(0)
    expect(await membersOf(groupId)).toHaveLength(2)
  })

  test('a request takes a use and gives it back when declined; only another invite can be asked with then', async () => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!], () => 'owner')
    const { id, code } = await addInvite(groupId, { needsApproval: true, usesMax: 1 })
    const usesOf = async () => (await rows.db.select().from(invites).where(eq(invites.id, id)))[0]?.uses
    expect((await join(ann!, code)).standing).toMatchObject({ request: 'pending' })
    expect(await usesOf()).toBe(1)
    expect(await declineRequest(edge, { ...change(owner!, groupId), userId: ann!.userId })).toBe(true)
    expect(await usesOf()).toBe(0)
    expect((await join(ann!, code)).standing).toMatchObject({ request: 'declined' })
    const other = await addInvite(groupId)
    expect((await join(ann!, other.code)).standing).toMatchObject({ isMember: true })
    expect(await rows.db.$count(joinRequests, eq(joinRequests.groupId, groupId))).toBe(0)
  })
})

describe('roles', () => {
  test('fifty changes at once leave one owner and a count that is the rows’', async () => {
    for (let round = 0; round < 4; round += 1) {
      const people = await addPeople(8)
      const groupId = await addGroup(people, rolesByRank)
      const anyone = () => people[Math.floor(Math.random() * people.length)]!
      const calls = Array.from({ length: 50 }, (_, n) => {
        const wish = { ...change(anyone(), groupId), userId: anyone().userId }
        if (n % 5 === 0) return handOver(edge, { ...wish, author: people[n % 3]! })
        if (n % 5 === 1)
          return setRole(edge, { ...wish, author: people[n % 3]!, role: n % 2 === 0 ? 'admin' : 'viewer' })
        if (n % 5 === 2) return removeMember(edge, { ...wish, items: 'keep' })
        if (n % 5 === 3 && n < 20) return leaveGroup(edge, { ...wish, items: 'keep', successorId: null })
        return setRole(edge, { ...wish, author: people[n % 3]!, role: 'contributor' })
      })
      await Promise.all(calls)
      const left = await membersOf(groupId)
      const group = await groupOf(groupId)
      expect(left.filter(({ role }) => role === 'owner')).toHaveLength(left.length === 0 ? 0 : 1)
      expect(group?.memberCount ?? 0).toBe(left.length)
    }
  })

  test('when all leave at once, the group and what was in it goes', async () => {
    const people = await addPeople(8)
    const groupId = await addGroup(people, rolesByRank)
    const mediaId = await rows.addItem(people[3]!, start, { groupId, quotaBytes: 0 })
    await Promise.all(
      people.map((author) => leaveGroup(edge, { ...change(author, groupId), items: 'keep', successorId: null })),
    )
    expect(await groupOf(groupId)).toBeUndefined()
    expect(await rows.db.$count(media, eq(media.id, mediaId))).toBe(0)
    expect(await rows.db.$count(deletions, eq(deletions.mediaId, mediaId))).toBe(1)
  })

  test('are the owner’s to give, and an admin removes those below', async () => {
    const [owner, admin, other, contributor] = await addPeople(4)
    const groupId = await addGroup([owner!, admin!, other!, contributor!], rolesByRank)
    const by = (author: Author, target: Author, role: 'viewer' | 'admin') =>
      setRole(edge, { ...change(author, groupId), userId: target.userId, role })
    expect(await by(owner!, contributor!, 'viewer')).toBe('done')
    expect(await by(admin!, contributor!, 'viewer')).toBe('role_too_low')
    expect(await by(admin!, other!, 'viewer')).toBe('role_too_low')
    expect(await by(admin!, owner!, 'viewer')).toBe('role_too_low')
    expect(await by(owner!, other!, 'viewer')).toBe('done')
    expect(await by(owner!, owner!, 'viewer')).toBe('role_too_low')
    expect(await by(contributor!, other!, 'viewer')).not.toBe('done')
    const removal = (author: Author, target: Author) =>
      removeMember(edge, { ...change(author, groupId), userId: target.userId, items: 'keep' })
    expect(await removal(admin!, owner!)).toBe('role_too_low')
    expect(await removal(admin!, contributor!)).toBe('done')
    const kept = await rows.addItem(contributor!, start, { groupId })
    const again = {
      ...change(admin!, groupId),
      userId: contributor!.userId,
      nowMs: nowMs + 1,
      items: 'withdraw',
    } as const
    expect(await removeMember(edge, again)).toBe('not_found')
    expect((await rows.db.select().from(media).where(eq(media.id, kept)))[0]?.listing).toBe('listed')
  })
})

describe('leaving', () => {
  test('hands an owner’s group to the successor, else to the oldest admin', async () => {
    for (const named of [true, false]) {
      const people = await addPeople(5)
      const groupId = await addGroup(people, rolesByRank)
      const successorId = named ? people[4]!.userId : null
      const wish = { ...change(people[0]!, groupId), items: 'keep', successorId } as const
      expect(await leaveGroup(edge, wish)).toBe('done')
      const owner = (await membersOf(groupId)).find(({ role }) => role === 'owner')
      expect(owner?.userId).toBe(people[named ? 4 : 1]!.userId)
    }
  })

  test('to somebody who is not in the group is refused, and changes nothing', async () => {
    const [owner, admin, stranger] = await addPeople(3)
    const groupId = await addGroup([owner!, admin!], rolesByRank)
    const wish = { ...change(owner!, groupId), items: 'keep', successorId: stranger!.userId } as const
    expect(await leaveGroup(edge, wish)).toBe('no_successor')
    expect(await membersOf(groupId)).toHaveLength(2)
  })

  test('keeps, withdraws or hands over one’s items, and their weight goes with them', async () => {
    for (const items of ['keep', 'withdraw', 'handOver'] as const) {
      const [owner, ann] = await addPeople(2)
      const groupId = await addGroup([owner!, ann!], rolesByRank)
      const mediaId = await rows.addItem(ann!, start, { groupId, quotaBytes: 400 })
      await rows.db.insert(quotaTotals).values({ userId: ann!.userId, bytes: 1000 })
      expect(await leaveGroup(edge, { ...change(ann!, groupId), items, successorId: null })).toBe('done')
      const [item] = await rows.db.select().from(media).where(eq(media.id, mediaId))
      const bytesOf = async ({ userId }: Author) =>
        (await rows.db.select().from(quotaTotals).where(eq(quotaTotals.userId, userId)))[0]?.bytes ?? 0
      const bytes = [await bytesOf(owner!), await bytesOf(ann!)]
      if (items === 'keep') expect([item?.ownerId, item?.listing, ...bytes]).toEqual([ann!.userId, 'listed', 0, 1000])
      if (items === 'withdraw')
        expect([item?.ownerId, item?.listing, ...bytes]).toEqual([ann!.userId, 'trashed', 0, 1000])
      if (items === 'handOver')
        expect([item?.ownerId, item?.listing, ...bytes]).toEqual([owner!.userId, 'listed', 400, 600])
    }
  })

  test('by removal leaves one’s items or puts them into one’s trash, as the admin chose', async () => {
    for (const items of ['keep', 'withdraw'] as const) {
      const [owner, ann] = await addPeople(2)
      const groupId = await addGroup([owner!, ann!], rolesByRank)
      const mediaId = await rows.addItem(ann!, start, { groupId })
      expect(await removeMember(edge, { ...change(owner!, groupId), userId: ann!.userId, items })).toBe('done')
      const [item] = await rows.db.select().from(media).where(eq(media.id, mediaId))
      expect([item?.listing, item?.trashedBy]).toEqual([items === 'keep' ? 'listed' : 'trashed', null])
    }
  })

  test('with items that the receiver has no room for is refused', async () => {
    const [owner, ann] = await addPeople(2)
    const groupId = await addGroup([owner!, ann!], rolesByRank)
    await rows.addItem(ann!, start, { groupId, quotaBytes: 400 })
    await rows.db.insert(quotaTotals).values([
      { userId: ann!.userId, bytes: 400 },
      { userId: owner!.userId, bytes: 5 * 2 ** 30 },
    ])
    const wish = { ...change(ann!, groupId), items: 'handOver', successorId: null } as const
    expect(await leaveGroup(edge, wish)).toBe('no_room')
    expect(await membersOf(groupId)).toHaveLength(2)
  })
})

describe('the end', () => {
  test('of a membership is the end of what was being sent: no upload outlives it, whoever is faster', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [owner, ann] = await addPeople(2)
      const groupId = await addGroup([owner!, ann!], () => 'contributor')
      await rows.db
        .update(memberships)
        .set({ role: 'owner' })
        .where(and(eq(memberships.groupId, groupId), eq(memberships.userId, owner!.userId)))
      const begin = () => {
        const id = newId('media')
        const file = { id, ordinal: 0, fileName: 'a', declaredType: 'image/jpeg', declaredBytes: 1 } as const
        const reservation = {
          ...file,
          declaredSha256: id,
          incomingKey: incomingKey(ann!.userId, id),
          allowDuplicate: false,
        }
        const batchId = crypto.randomUUID()
        return reserveUploads(edge, { author: ann!, batchId, reservations: [reservation], groupId, nowMs })
      }
      const removal = removeMember(edge, { ...change(owner!, groupId), userId: ann!.userId, items: 'keep' })
      await Promise.all([...Array.from({ length: 10 }, begin), removal])
      expect(await begin()).toBeNull()
      const ofAnn = and(eq(media.groupId, groupId), eq(media.ownerId, ann!.userId))
      expect(await rows.db.$count(media, and(ofAnn, sql`state = 'reserved'`))).toBe(0)
      const [total] = await rows.db.select().from(quotaTotals).where(eq(quotaTotals.userId, ann!.userId))
      expect(total?.bytes ?? 0).toBe(0)
    }
  })

  test('of a group needs its owner and its name, takes everything along, and leaves other uploads their history', async () => {
    const [owner, admin, ann] = await addPeople(3)
    const groupId = await addGroup([owner!, admin!, ann!], rolesByRank)
    const item = await rows.addItem(ann!, start, { groupId })
    const reserved = await rows.addUpload(ann!, { groupId })
    const refused = await rows.addUpload(ann!, { groupId, state: 'refused' })
    expect(await removeGroup(edge, { ...change(admin!, groupId), name: 'Friends' })).toBe(false)
    expect(await removeGroup(edge, { ...change(owner!, groupId), name: 'friends' })).toBe(false)
    expect(await removeGroup(edge, { ...change(owner!, groupId), name: 'Friends' })).toBe(true)
    expect(await groupOf(groupId)).toBeUndefined()
    expect(await rows.db.$count(deletions, eq(deletions.mediaId, item))).toBe(1)
    const left = await rows.db.select().from(media).where(eq(media.ownerId, ann!.userId)).orderBy(media.id)
    expect(left.map(({ id, state, groupId: group }) => ({ id, state, group }))).toEqual([
      { id: reserved, state: 'cancelled', group: null },
      { id: refused, state: 'refused', group: null },
    ])
  })

  test('of a group that one statement could not clear is gone on with by the janitor', async () => {
    const [ann] = await addPeople(1)
    const groupId = await addGroup([ann!], () => 'owner')
    await rows.addItem(ann!, start, { groupId })
    await rows.db.delete(memberships).where(eq(memberships.groupId, groupId))
    expect(await findEmptyGroups(rows.db, 10)).toEqual([groupId])
    await clearGroup(rows.db, groupId, nowMs)
    expect(await findEmptyGroups(rows.db, 10)).toEqual([])
  })
})
