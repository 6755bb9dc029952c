// What is no longer open to somebody: a group that has ended, a role that was taken, a gallery that an item has left.
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { makeId, type GroupId, type Id, type IdKind } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { users } from '../schema/accounts.ts'
import { bans } from '../schema/bans.ts'
import { groups, invites, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { quotaTotals } from '../schema/quota.ts'
import { describeItem, moveItems } from './gallery-change-store.ts'
import * as trashing from './gallery-trash-store.ts'
import { readTrash } from './gallery-trash-store.ts'
import * as inviting from './invite-store.ts'
import { previewInvite } from './invite-store.ts'
import * as leaving from './leave-store.ts'
import * as members from './member-change-store.ts'

const restoreItems = audited(trashing.restoreItems)
const removeGroup = audited(leaving.removeGroup)
const removeMember = audited(members.removeMember)
const setRole = audited(members.setRole)
const joinByInvite = audited(inviting.joinByInvite)

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const { rows, edge } = await openDatabase(start)

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, nowMs, crypto.getRandomValues(new Uint8Array(10)))

async function addGroup(people: readonly (readonly [Author, Role])[]): Promise<GroupId> {
  const id = newId('group')
  const dates = { createdAt: start, activeAt: start }
  await rows.db.insert(groups).values({ id, name: 'Friends', joining: 'open', memberCount: people.length, ...dates })
  for (const [{ userId }, role] of people)
    await rows.db.insert(memberships).values({ groupId: id, userId, role, joinedAt: start, seenAt: start })
  return id
}

const findItem = async (id: Id<'media'>) => (await rows.db.select().from(media).where(eq(media.id, id)))[0]

test('a group that has ended lets nobody in, however long its items take to go', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([[owner, 'owner']])
  await rows.addItem(owner, start, { groupId })
  const code = 'ABCDEFGHJK'
  const shape = { code, role: 'viewer', needsApproval: false, createdAt: start } as const
  await rows.db.insert(invites).values({ id: newId('invite'), groupId, ...shape })
  await rows.db.delete(memberships).where(eq(memberships.groupId, groupId))
  const charges = [{ key: 'k', windowSeconds: 60, windowStart: start, timesMax: 100 }]
  const wish = { code, charges, nowMs }
  expect((await previewInvite(edge, { ...wish, sessionId: ann.sessionId })).found).toBeNull()
  expect((await joinByInvite(edge, { ...wish, author: ann, membersMax: 500, groupsMax: 200 })).standing).toBeNull()
  expect(await rows.db.$count(memberships, eq(memberships.groupId, groupId))).toBe(0)
})

test('an item that is moved elsewhere while its group ends is not taken along', async () => {
  const owner = await rows.addAuthor()
  const [ending, other] = [await addGroup([[owner, 'owner']]), await addGroup([[owner, 'owner']])]
  const mediaId = await rows.addItem(owner, start, { groupId: ending })
  const removal = await rows.db.transaction(async (moving) => {
    await moving.update(media).set({ groupId: other }).where(eq(media.id, mediaId))
    const begun = removeGroup(edge, { author: owner, groupId: ending, nowMs, name: 'Friends' })
    await pollUntil(async () => {
      const { rows: waiting } = await rows.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return waiting.length > 0
    })
    return { begun }
  })
  expect(await removal.begun).toBe(true)
  expect((await findItem(mediaId))?.groupId).toBe(other)
  expect(await rows.db.$count(groups, eq(groups.id, ending))).toBe(0)
})

test('a group is cleared without going through everything that was ever sent', async () => {
  const ann = await rows.addAuthor()
  await rows.db.execute(sql`
    insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, incoming_key, created_at, state)
    select gen_random_uuid(), ${sql.param(ann.userId, users.id)}, gen_random_uuid(), 0, 'a.jpg', 'image/jpeg', 1, '',
      ${start.toISOString()}::timestamptz, 'expired'
    from generate_series(1, 10000)`)
  await rows.db.execute(sql`analyze media`)
  for (const statement of leaving.clearEmptyGroup(newId('group'), nowMs)) {
    const { rows: plan } = await rows.db.execute(sql`explain ${statement}`)
    expect(JSON.stringify(plan)).not.toContain('Seq Scan on media')
  }
})

test('who becomes a viewer adds nothing more, not even what they were sending', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([
    [owner, 'owner'],
    [ann, 'contributor'],
  ])
  const mediaId = await rows.addUpload(ann, { groupId, quotaBytes: 1000, quotaDay: '2026-06-15' })
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 1000 })
  const give = (role: 'admin' | 'viewer') => setRole(edge, { author: owner, groupId, nowMs, userId: ann.userId, role })
  expect(await give('admin')).toBe('done')
  expect((await findItem(mediaId))?.state).toBe('reserved')
  expect(await give('viewer')).toBe('done')
  expect((await findItem(mediaId))?.state).toBe('cancelled')
  const [total] = await rows.db.select().from(quotaTotals).where(eq(quotaTotals.userId, ann.userId))
  expect(total?.bytes).toBe(0)
})

test('who was removed, or only views, says nothing to the group through what stayed of theirs', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([
    [owner, 'owner'],
    [ann, 'contributor'],
  ])
  const mediaId = await rows.addItem(ann, start, { groupId })
  const publicId = await rows.addItem(ann, start)
  const say = (id: Id<'media'>) => describeItem(edge, { author: ann, mediaId: id, caption: 'Oh!', nowMs })
  const change = { author: owner, groupId, nowMs, userId: ann.userId } as const
  expect(await say(mediaId)).toBe(true)
  await setRole(edge, { ...change, role: 'viewer' })
  expect(await say(mediaId)).toBe(false)
  await removeMember(edge, { ...change, items: 'keep' })
  expect(await say(mediaId)).toBe(false)
  expect(await say(publicId)).toBe(true)
})

test('who was removed finds what was withdrawn in their trash, and not what the group is called now', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([
    [owner, 'owner'],
    [ann, 'contributor'],
  ])
  const mediaId = await rows.addItem(ann, start, { groupId })
  const trash = async () =>
    (await readTrash(edge, { sessionId: ann.sessionId, groupId: null, after: null, rowsMax: 9, nowMs })).data
  await rows.db.update(media).set({ listing: 'trashed', trashedAt: start }).where(eq(media.id, mediaId))
  expect(await trash()).toMatchObject([{ id: mediaId, groupName: 'Friends' }])
  await removeMember(edge, { author: owner, groupId, nowMs, userId: ann.userId, items: 'withdraw' })
  expect(await trash()).toMatchObject([{ id: mediaId, groupName: null }])
})

test('what somebody banned has in a group goes with them or stays out of sight, whatever is done to it meanwhile', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([
    [owner, 'owner'],
    [ann, 'contributor'],
  ])
  const banId = newId('ban')
  const judged = { id: banId, userId: ann.userId, addressHash: 'x', reason: 'Spam', bannedBy: owner.userId }
  await rows.db.insert(bans).values({ ...judged, items: 'withdraw', bannedAt: start })
  await rows.db.update(users).set({ banId }).where(eq(users.id, ann.userId))
  const mediaId = await rows.addItem(ann, start, {
    groupId,
    listing: 'trashed',
    trashedAt: start,
    trashedBy: owner.userId,
  })
  expect(await restoreItems(edge, { author: owner, mediaIds: [mediaId], nowMs })).toEqual([mediaId])
  expect(await findItem(mediaId)).toMatchObject({ listing: 'withdrawn', trashedAt: null })
  await removeMember(edge, { author: owner, groupId, nowMs, userId: ann.userId, items: 'withdraw' })
  expect(await findItem(mediaId)).toMatchObject({ listing: 'trashed', trashedAt: start })
})

test('what a gallery has only in its trash does not keep the same content from being moved there', async () => {
  const [owner, ann] = [await rows.addAuthor(), await rows.addAuthor()]
  const groupId = await addGroup([
    [owner, 'owner'],
    [ann, 'contributor'],
  ])
  const content = { sha256: 'same', allowDuplicate: false }
  const [gone, mine] = [
    await rows.addItem(owner, start, { groupId, ...content }),
    await rows.addItem(ann, start, content),
  ]
  const move = () => moveItems(edge, { author: ann, mediaIds: [mine], toGroupId: groupId, nowMs })
  expect(await move()).toEqual([])
  await rows.db.update(media).set({ listing: 'trashed', trashedAt: start }).where(eq(media.id, gone))
  expect(await move()).toEqual([mine])
})
