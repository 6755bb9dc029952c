// A group's gallery is its members' together: what one of them added, none of them adds again.
import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { users } from '../schema/accounts.ts'
import { bans } from '../schema/bans.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { isRefusedByData, settleMany } from './outcome-store.ts'
import { reserveUploads } from './reservation-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
const [ann, bob] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bob')]
const member = { role: 'contributor', joinedAt: start, seenAt: start } as const
// A gallery goes by its group's or its owner's id: no group has the number of a person.
const [family, friends] = [await addGroup(101), await addGroup(102)]
let next = 1000

async function addGroup(n: number): Promise<GroupId> {
  const groupId = numberedId('group', n)
  await rows.db.insert(groups).values({ id: groupId, name: 'Both', memberCount: 2, createdAt: start, activeAt: start })
  await rows.db.insert(memberships).values([ann, bob].map(({ userId }) => ({ ...member, groupId, userId })))
  return groupId
}

const sumOf = (n: number): string => `${String(n).padStart(43, 'A')}=`

/** What the pre-flight says of one file. @param sha256 null for one that goes in parts */
async function ask(author: Author, groupId: GroupId | null, sha256: string | null) {
  const id = numberedId('media', (next += 1))
  const file = { id, ordinal: 0, fileName: 'a.jpg', declaredType: 'image/jpeg', declaredBytes: 1000 } as const
  const reservation = {
    ...file,
    declaredSha256: sha256,
    incomingKey: incomingKey(author.userId, id),
    allowDuplicate: false,
  }
  const wish = { author, batchId: crypto.randomUUID(), reservations: [reservation], groupId, nowMs }
  const [answer] = (await reserveUploads(edge, wish)) ?? []
  return answer
}

async function reserve(author: Author, groupId: GroupId | null, sha256: string | null = null): Promise<MediaId> {
  const answer = await ask(author, groupId, sha256)
  if (answer === undefined || !('reserved' in answer)) throw new Error(JSON.stringify(answer))
  return answer.reserved.id
}

const outcomeOf = ({ userId }: Author, id: MediaId, sha256: string) => makeReadyOutcome(userId, id, { sha256 })

async function endsOf(...ids: MediaId[]) {
  const found = await rows.db.select().from(media).where(inArray(media.id, ids))
  return ids.map((id) => {
    const row = found.find((one) => one.id === id)
    return [row?.state, row?.refusalReason, row?.duplicateOf]
  })
}

test('before it is sent, whoever of them has added it', async () => {
  const sha256 = sumOf(1)
  const first = await reserve(ann, family, sha256)
  await settleMany(rows.db, [outcomeOf(ann, first, sha256)], nowMs)
  const twin = { ordinal: 0, refusal: 'duplicate', duplicateOf: first }
  expect(await ask(bob, family, sha256)).toEqual(twin)
  expect(await ask(ann, family, sha256)).toEqual(twin)
  expect(await ask(bob, friends, sha256), 'in another group').toHaveProperty('reserved')
  expect(await ask(ann, friends, sha256), 'in another group').toHaveProperty('reserved')
  expect(await ask(ann, null, sha256), 'among her own').toHaveProperty('reserved')
})

test('once it is there, where nobody could know it before', async () => {
  const sha256 = sumOf(2)
  const first = await reserve(ann, family)
  await settleMany(rows.db, [outcomeOf(ann, first, sha256)], nowMs)
  const [again, elsewhere, own] = [await reserve(bob, family), await reserve(bob, friends), await reserve(bob, null)]
  await settleMany(
    rows.db,
    [again, elsewhere, own].map((id) => outcomeOf(bob, id, sha256)),
    nowMs,
  )
  expect(await endsOf(first, again, elsewhere, own)).toEqual([
    ['ready', null, null],
    ['refused', 'duplicate', first],
    ['ready', null, null],
    ['ready', null, null],
  ])
  const wishes = await rows.db.select().from(deletions)
  expect(wishes.map(({ mediaId }) => mediaId)).toEqual([again])
})

test('in one batch and at the same moment', async () => {
  const both = async () => [await reserve(ann, family), await reserve(bob, family)] as const
  const together = await both()
  const batch = together.map((id, n) => outcomeOf(n === 0 ? ann : bob, id, sumOf(3)))
  await settleMany(rows.db, batch.toReversed(), nowMs)
  expect(await endsOf(...together)).toEqual([
    ['ready', null, null],
    ['refused', 'duplicate', together[0]],
  ])
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = await both()
    const settle = async (author: Author, id: MediaId): Promise<unknown> =>
      settleMany(rows.db, [outcomeOf(author, id, sumOf(10 + round))], nowMs).catch((error: unknown) => {
        if (!isRefusedByData(error)) throw error
        return settle(author, id)
      })
    await Promise.all([settle(ann, one), settle(bob, other)])
    const states = (await endsOf(one, other)).map(([state]) => state)
    expect(new Set(states)).toEqual(new Set(['ready', 'refused']))
  }
})

test('never of what is refused itself', async () => {
  const [sha256, banId] = [sumOf(4), numberedId('ban', 1)]
  const eve = await rows.addAuthor('Eve')
  await rows.db.insert(memberships).values({ ...member, groupId: family, userId: eve.userId })
  const [first, second] = [await reserve(eve, family), await reserve(bob, family)]
  const person = { userId: eve.userId, addressHash: 'x', bannedBy: bob.userId }
  await rows.db
    .insert(bans)
    .values({ id: banId, ...person, reason: 'Spam', items: 'keep', bannedAt: start, endsAt: null })
  await rows.db.update(users).set({ banId }).where(eq(users.id, eve.userId))
  await settleMany(rows.db, [outcomeOf(eve, first, sha256), outcomeOf(bob, second, sha256)], nowMs)
  expect(await endsOf(first, second)).toEqual([
    ['refused', 'owner_banned', null],
    ['ready', null, null],
  ])
})
