import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { fingerprintWindows, hashBits } from '@shoebox/shared/media/fingerprint.ts'
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import type { ReviewTier } from '@shoebox/shared/safety/review-tiers.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { audited, sealForTest } from '@shoebox/testing/seal-audit.ts'
import { sessions, users } from '../schema/accounts.ts'
import { auditEntries } from '../schema/audit.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { notices } from '../schema/notifications.ts'
import { quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import { readPage, readSince } from './feed-store.ts'
import * as changing from './gallery-change-store.ts'
import * as trashing from './gallery-trash-store.ts'
import { findKnownBad, liftKnownBad } from './known-bad-store.ts'
import { settleMany } from './outcome-store.ts'
import { reserveUploads } from './reservation-store.ts'
import { approveHeld, findHeld, findReviewTiers, refuseHeld, setReviewTiers } from './review-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
let moderator: Author
let administrator: Author
let nextMedia = 5000
let nextGroup = 0

beforeAll(async () => {
  moderator = await addWith('moderator')
  administrator = await addWith('administrator')
})
beforeEach(() => set([]))
async function addWith(role: 'moderator' | 'administrator'): Promise<Author> {
  const author = await rows.addAuthor(role)
  await rows.db.update(users).set({ role }).where(eq(users.id, author.userId))
  const steppedUp = { steppedUpUntil: rows.later(900_000) }
  await rows.db.update(sessions).set(steppedUp).where(eq(sessions.id, author.sessionId))
  return author
}

const set = (tiers: readonly ReviewTier[], author = administrator) =>
  audited(setReviewTiers)(edge, { author, tiers, nowMs })

async function addGroup(member: Author): Promise<GroupId> {
  const id = numberedId('group', (nextGroup += 1))
  await rows.db.insert(groups).values({ id, name: 'Friends', createdAt: start, activeAt: start, memberCount: 1 })
  await rows.db
    .insert(memberships)
    .values({ groupId: id, userId: member.userId, role: 'owner', joinedAt: start, seenAt: start })
  return id
}

async function reserve(author: Author, groupId: GroupId | null = null): Promise<MediaId> {
  const id = numberedId('media', (nextMedia += 1))
  const answers = await reserveUploads(edge, {
    author,
    batchId: crypto.randomUUID(),
    groupId,
    nowMs,
    reservations: [
      {
        id,
        ordinal: 0,
        fileName: 'photo.jpg',
        declaredType: 'image/jpeg',
        declaredBytes: 1000,
        declaredSha256: null,
        incomingKey: incomingKey(author.userId, id),
        allowDuplicate: false,
      },
    ],
  })
  expect(answers).toEqual([expect.objectContaining({ reserved: expect.objectContaining({ id }) as unknown })])
  return id
}

const settle = (author: Author, mediaId: MediaId, change: Partial<ReadyOutcome> = {}) =>
  settleMany(rows.db, [makeReadyOutcome(author.userId, mediaId, { sha256: mediaId, ...change })], nowMs)

async function upload(author: Author, change: Partial<ReadyOutcome> = {}, groupId: GroupId | null = null) {
  const id = await reserve(author, groupId)
  await settle(author, id, change)
  return id
}

async function find(id: MediaId) {
  const [row] = await rows.db.select().from(media).where(eq(media.id, id))
  if (row === undefined) throw new Error(`${id} is gone`)
  return row
}

const seal = (action: AuditAction, author: Author, kind: 'media' | 'known_bad') => (id: MediaId) =>
  sealForTest({ chain: null, action, actorId: author.userId, subject: { kind, id }, atMs: nowMs })

const approve = (author: Author, ...mediaIds: MediaId[]) =>
  approveHeld(edge, {
    author,
    mediaIds,
    nowMs: nowMs + 5000,
    audits: mediaIds.map(seal('review.approved', author, 'media')),
  })

const refuse = (author: Author, isBlocked: boolean, ...mediaIds: MediaId[]) =>
  refuseHeld(edge, {
    author,
    mediaIds,
    nowMs: nowMs + 5000,
    audits: mediaIds.map(seal('review.refused', author, 'media')),
    known: isBlocked ? mediaIds.map(seal('known_bad.added', author, 'known_bad')) : null,
  })

const lift = (author: Author, mediaId: MediaId) => audited(liftKnownBad)(edge, { author, mediaId, nowMs })

const noticesOf = async (id: MediaId) =>
  (await rows.db.select().from(notices).where(eq(notices.mediaId, id))).map(({ kind }) => kind)

const isShown = async (id: MediaId) => (await readPage(edge, null, null, 100)).some((item) => item.id === id)

describe('the first public posts of a new account', () => {
  test('wait, until as many are public as were asked for when they were reserved', async () => {
    await set([{ daysMax: null, posts: 1 }])
    const ann = await rows.addAuthor()
    const [one, two] = [await upload(ann), await upload(ann)]
    expect(await find(one)).toMatchObject({ state: 'ready', listing: 'held', heldFor: 'first_posts', isPublic: false })
    expect(await find(two)).toMatchObject({ listing: 'held' })
    expect(await isShown(one)).toBe(false)
    expect(await approve(moderator, one)).toEqual([one])
    expect(await isShown(one)).toBe(true)
    expect(await find(await upload(ann))).toMatchObject({ listing: 'listed', heldFor: null })
  })

  test('are told by the setting that was in force at the reservation, whatever is set later', async () => {
    const ann = await rows.addAuthor()
    const before = await reserve(ann)
    await set([{ daysMax: null, posts: 3 }])
    const during = await reserve(ann)
    await set([])
    for (const id of [before, during]) await settle(ann, id)
    expect((await find(before)).listing).toBe('listed')
    expect((await find(during)).listing).toBe('held')
  })

  test('are those of the tier for the age of the account; nobody reviews moderators, groups or avatars', async () => {
    await set([
      { daysMax: 7, posts: 5 },
      { daysMax: 30, posts: 2 },
    ])
    const old = async (days: number) => {
      const author = await rows.addAuthor()
      const createdAt = new Date(nowMs - days * 86_400_000)
      await rows.db.update(users).set({ createdAt }).where(eq(users.id, author.userId))
      return (await find(await reserve(author))).reviewFirst
    }
    expect([await old(0), await old(8), await old(31)]).toEqual([5, 2, 0])
    expect(await find(await upload(moderator))).toMatchObject({ listing: 'listed', reviewFirst: 0 })
    const ann = await rows.addAuthor()
    expect(await find(await upload(ann, {}, await addGroup(ann)))).toMatchObject({ listing: 'listed' })
    const avatar = await rows.addUpload(ann, { purpose: 'avatar', reviewFirst: 5 })
    await settle(ann, avatar)
    expect((await find(avatar)).listing).toBe('listed')
  })

  test('wait as well when they come out of a group, and go back to waiting out of the trash', async () => {
    await set([{ daysMax: null, posts: 1 }])
    const ann = await rows.addAuthor()
    const id = await upload(ann, {}, await addGroup(ann))
    const change = { author: ann, mediaIds: [id], nowMs }
    expect(await audited(changing.moveItems)(edge, { ...change, toGroupId: null })).toEqual([id])
    expect(await find(id)).toMatchObject({ listing: 'held', heldFor: 'first_posts', groupId: null })
    expect(await audited(changing.moveItems)(edge, { ...change, toGroupId: await addGroup(ann) })).toEqual([])
    expect(await audited(trashing.moveToTrash)(edge, change)).toEqual([id])
    expect(await audited(changing.moveItems)(edge, { ...change, toGroupId: await addGroup(ann) })).toEqual([])
    expect(await approve(moderator, id)).toEqual([])
    expect(await audited(trashing.restoreItems)(edge, change)).toEqual([id])
    expect((await find(id)).listing).toBe('held')
  })
})

describe('a decision', () => {
  test('to approve shows the item as new, tells its owner, and is in the log', async () => {
    await set([{ daysMax: null, posts: 1 }])
    const ann = await rows.addAuthor()
    const id = await upload(ann)
    expect(await approve(moderator, id)).toEqual([id])
    expect(await find(id)).toMatchObject({ listing: 'listed', heldFor: null, publishedAt: new Date(nowMs + 5000) })
    expect((await readSince(edge, null, nowMs + 5000, 10)).map((item) => item.id)).toContain(id)
    expect(await noticesOf(id)).toEqual(['item_approved'])
    const [entry] = await rows.db.select().from(auditEntries).where(eq(auditEntries.action, 'review.approved')).limit(1)
    expect(entry).toMatchObject({ actorId: moderator.userId, subjectKind: 'media' })
    expect(await approve(moderator, id)).toEqual([])
  })

  test('to refuse takes the item down, gives its room back and tells its owner', async () => {
    await set([{ daysMax: null, posts: 1 }])
    const ann = await rows.addAuthor()
    const id = await upload(ann)
    expect(await refuse(moderator, false, id)).toEqual([id])
    expect(await find(id)).toMatchObject({ listing: 'removed', quotaBytes: 0, isPublic: false })
    const [total] = await rows.db.select().from(quotaTotals).where(eq(quotaTotals.userId, ann.userId))
    expect(total?.bytes).toBe(0)
    expect(await rows.db.$count(deletions, eq(deletions.mediaId, id))).toBe(1)
    expect(await noticesOf(id)).toEqual(['item_refused'])
    expect(await find(await upload(ann, { sha256: id }))).toMatchObject({ state: 'ready', listing: 'held' })
  })

  test('is for moderators who were asked for a code lately, and never for their own', async () => {
    await set([{ daysMax: null, posts: 1 }])
    const ann = await rows.addAuthor()
    const id = await upload(ann)
    expect(await approve(ann, id)).toEqual([])
    expect(await refuse({ ...moderator, sessionId: ann.sessionId }, true, id)).toEqual([])
    await rows.db.update(users).set({ role: 'moderator' }).where(eq(users.id, ann.userId))
    const steppedUp = { steppedUpUntil: rows.later(900_000) }
    await rows.db.update(sessions).set(steppedUp).where(eq(sessions.id, ann.sessionId))
    expect(await approve(ann, id)).toEqual([])
    expect((await find(id)).listing).toBe('held')
    expect(await set([{ daysMax: null, posts: 9 }], moderator)).toBe(false)
    const wish = { sessionId: moderator.sessionId, nowMs }
    expect((await findReviewTiers(edge, wish)).data).toEqual([{ daysMax: null, posts: 1 }])
    const read = { after: null, rowsMax: 100, nowMs }
    expect((await findHeld(edge, { ...read, sessionId: moderator.sessionId })).data.map((row) => row.id)).toContain(id)
    const stranger = await rows.addAuthor()
    expect((await findHeld(edge, { ...read, sessionId: stranger.sessionId })).data).toEqual([])
    expect((await findKnownBad(edge, { ...read, sessionId: stranger.sessionId })).data).toEqual([])
  })

  test('of a group’s item tells the group only when it is shown, and not of one whose owner left', async () => {
    const ann = await rows.addAuthor()
    const groupId = await addGroup(ann)
    const hold = { listing: 'held', heldFor: 'alike', groupId } as const
    const [one, two] = [await rows.addItem(ann, start, hold), await rows.addItem(ann, start, hold)]
    expect(await approve(moderator, one)).toEqual([one])
    expect((await noticesOf(one)).toSorted()).toEqual(['item_approved', 'items_added'])
    await rows.db.delete(memberships).where(eq(memberships.groupId, groupId))
    expect(await approve(moderator, two)).toEqual([two])
    expect(await find(two)).toMatchObject({ listing: 'trashed', heldFor: null })
    expect(await noticesOf(two)).toEqual(['item_approved'])
  })
})

/** A fingerprint of hashes that have nothing to do with one another, and with others of its number only this much. */
function fingerprintOf(number: number, differentBits = 0): string {
  let state = number * 7919 + 17
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 28
  }
  const digits = Array.from({ length: (fingerprintWindows.length * hashBits) / 4 }, next)
  // From the finest waves on, which is where copies differ.
  for (let bit = 0; bit < differentBits; bit += 1)
    digits[63 - (bit >> 2)] = (digits[63 - (bit >> 2)] ?? 0) ^ (1 << (bit & 3))
  return digits.map((digit) => digit.toString(16)).join('')
}

describe('what moderators removed', () => {
  async function block(number: number): Promise<MediaId> {
    await set([{ daysMax: null, posts: 1 }])
    const id = await upload(await rows.addAuthor(), { fingerprint: fingerprintOf(number) })
    await set([])
    expect(await refuse(moderator, true, id)).toEqual([id])
    return id
  }

  test('is refused when its bytes come again: nothing is listed, told or paid for, and what is stored goes', async () => {
    const bad = await block(1)
    const ann = await rows.addAuthor()
    const groupId = await addGroup(ann)
    const again = [await upload(ann, { sha256: bad }), await upload(ann, { sha256: bad }, groupId)]
    for (const id of again) {
      expect(await find(id)).toMatchObject({
        state: 'refused',
        refusalReason: 'content_blocked',
        quotaBytes: 0,
        generation: null,
      })
      expect(await noticesOf(id)).toEqual([])
      expect(await rows.db.$count(deletions, eq(deletions.mediaId, id))).toBe(1)
    }
    const actions = (await rows.db.select().from(auditEntries)).map(({ action, subjectId }) => `${action} ${subjectId}`)
    expect(actions).toContain(`known_bad.added ${bad.slice(4)}`)
  })

  test('waits for a review when only its looks come again, in the feed and in groups, mirrored or not', async () => {
    const bad = await block(2)
    const ann = await rows.addAuthor()
    const groupId = await addGroup(ann)
    const alike = { state: 'ready', listing: 'held', heldFor: 'alike', alikeTo: bad }
    expect(await find(await upload(ann, { fingerprint: fingerprintOf(2, 40) }))).toMatchObject(alike)
    const ofGroup = await upload(ann, { fingerprint: fingerprintOf(2, 58) }, groupId)
    expect(await find(ofGroup)).toMatchObject({ ...alike, isInGallery: false })
    expect(await noticesOf(ofGroup)).toEqual([])
    expect(await find(await upload(ann, { fingerprint: fingerprintOf(2, 59) }))).toMatchObject({ listing: 'listed' })
    expect(await find(await upload(ann, { fingerprint: fingerprintOf(3) }))).toMatchObject({ listing: 'listed' })
    const [cut = ''] =
      fingerprintOf(2)
        .slice((hashBits / 4) * 5)
        .match(/^.{64}/) ?? []
    expect(await find(await upload(ann, { fingerprint: cut.repeat(fingerprintWindows.length) }))).toMatchObject(alike)
  })

  test('does not move into the feed from a group in which it lay already', async () => {
    const ann = await rows.addAuthor()
    const sha256 = 'the same bytes'
    const lain = await upload(ann, { sha256 }, await addGroup(ann))
    await set([{ daysMax: null, posts: 1 }])
    const bad = await upload(await rows.addAuthor(), { sha256 })
    await set([])
    await refuse(moderator, true, bad)
    expect(await audited(changing.moveItems)(edge, { author: ann, mediaIds: [lain], toGroupId: null, nowMs })).toEqual(
      [],
    )
  })

  test('may come back once it is lifted, and is not found by other pictures of no detail', async () => {
    const bad = await block(4)
    const ann = await rows.addAuthor()
    expect(await find(await upload(ann, { fingerprint: null }))).toMatchObject({ listing: 'listed' })
    expect(await lift(ann, bad)).toBe(false)
    expect(await lift(moderator, bad)).toBe(true)
    expect(await lift(moderator, bad)).toBe(false)
    const wish = { sessionId: moderator.sessionId, after: null, rowsMax: 100, nowMs }
    expect((await findKnownBad(edge, wish)).data.map(({ mediaId }) => mediaId)).not.toContain(bad)
    expect(await find(await upload(ann, { sha256: bad, fingerprint: fingerprintOf(4) }))).toMatchObject({
      listing: 'listed',
    })
  })
})
