// What waits for a review is seen by its owner and by moderators, and by nobody else on any way there is.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { sessions } from '@shoebox/db/schema/accounts.ts'
import { auditEntries } from '@shoebox/db/schema/audit.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { knownBad } from '@shoebox/db/schema/review.ts'
import { uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { addGroup, addPerson, addPicture, makeModerator, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { Visitor, type Answer } from '../../test/visitor.ts'
import type { HeldOutput, JudgeOutput, KnownBadOutput, OwnHeldOutput, TiersOutput } from './review.schema.ts'

const { edge, db } = await openEdge()
let owner: Person, friend: Person, moderator: Person, administrator: Person
let groupId: GroupId
let inFeed: MediaId, inGroup: MediaId

beforeAll(async () => {
  owner = await addPerson(db, edge, 'owner')
  friend = await addPerson(db, edge, 'friend')
  moderator = await addPerson(db, edge, 'moderator')
  administrator = await addPerson(db, edge, 'administrator')
  await makeModerator(db, moderator)
  await makeModerator(db, administrator, 'administrator')
  groupId = await addGroup(db, [
    [owner, 'contributor'],
    [friend, 'owner'],
  ])
  inFeed = await addHeld(null)
  inGroup = await addHeld(groupId)
})

const addHeld = (group: GroupId | null) =>
  addPicture(db, owner, group, { listing: 'held', heldFor: 'alike', sha256: crypto.randomUUID() })

const codeOf = ({ refusal, status }: Answer) => refusal?.['code'] ?? status
const listingOf = async (id: MediaId) => (await db.select().from(media).where(eq(media.id, id)))[0]?.listing

test('neither a friend nor a stranger is shown what waits, nor may do anything with it', async () => {
  const stranger = new Visitor(edge)
  const routes: [string, 'query' | 'mutate', (mediaId: MediaId) => object][] = [
    ['feed.item', 'query', (mediaId) => ({ mediaId })],
    ['feed.details', 'query', (mediaId) => ({ mediaId })],
    ['gallery.item', 'query', (mediaId) => ({ mediaId })],
    ['originals.sign', 'query', (mediaId) => ({ mediaId })],
    ['comments.list', 'query', (mediaId) => ({ mediaId })],
    ['comments.add', 'mutate', (mediaId) => ({ mediaId, text: 'Oh!' })],
    ['likes.like', 'mutate', (mediaId) => ({ mediaId })],
    ['reports.create', 'mutate', (id) => ({ subject: { kind: 'item', id }, reason: 'hate' })],
  ]
  for (const [route, kind, input] of routes)
    for (const visitor of [friend.visitor, stranger])
      for (const id of [inFeed, inGroup])
        expect([route, codeOf(await visitor[kind](route, input(id)))], route).toEqual([
          route,
          expect.stringMatching(/^(not_found|sign_in_needed)$/) as string,
        ])
  const lists: [string, object][] = [
    ['feed.page', { size: 100 }],
    ['people.page', { userId: owner.userId }],
    ['gallery.page', { groupId }],
    ['groups.mine', {}],
    ['review.mine', {}],
  ]
  for (const [route, input] of lists) {
    const said = JSON.stringify((await friend.visitor.query(route, input)).data ?? {})
    for (const id of [inFeed, inGroup]) expect(said).not.toContain(id)
  }
  expect(codeOf(await friend.visitor.mutate('gallery.moveToTrash', { mediaIds: [inGroup] }))).toBe(200)
  expect(await listingOf(inGroup)).toBe('held')
})

test('its owner is shown it, marked, and can look at it', async () => {
  const mine = (await owner.visitor.query('review.mine')).data as OwnHeldOutput
  expect(mine.items.map(({ id, isHeld }) => [id, isHeld])).toEqual(
    expect.arrayContaining([
      [inFeed, true],
      [inGroup, true],
    ]),
  )
  for (const mediaId of [inFeed, inGroup]) {
    expect((await owner.visitor.query('feed.item', { mediaId })).data).toMatchObject({ id: mediaId, isHeld: true })
    expect(codeOf(await owner.visitor.query('feed.details', { mediaId }))).toBe(200)
    const { data } = await owner.visitor.query('uploads.watch', { mediaIds: [mediaId] })
    expect(data).toMatchObject({ items: [{ state: 'ready', item: { isHeld: true } }] })
  }
})

test('moderators see what waits and decide; each decision is in the log under their name', async () => {
  const { held } = (await moderator.visitor.query('review.held', {})).data as HeldOutput
  expect(held.map(({ item }) => item.id)).toEqual(expect.arrayContaining([inFeed, inGroup]))
  const judge = (mediaIds: MediaId[], verdict: string) =>
    moderator.visitor.mutate('review.judge', { mediaIds, verdict })
  expect((await judge([inFeed], 'approve')).data).toEqual({ mediaIds: [inFeed] } satisfies JudgeOutput)
  expect((await friend.visitor.query('feed.item', { mediaId: inFeed })).data).not.toHaveProperty('isHeld')
  const bad = await addHeld(groupId)
  expect((await judge([bad, inFeed], 'keep_out')).data).toEqual({ mediaIds: [bad] })
  expect(await listingOf(bad)).toBe('removed')
  const entries = (await db.select().from(auditEntries)).filter(({ actorId }) => actorId === moderator.userId)
  expect(entries.map(({ action, subjectId }) => `${action} ${subjectId}`).toSorted()).toEqual([
    `known_bad.added ${uuidOf(bad)}`,
    `review.approved ${uuidOf(inFeed)}`,
    `review.refused ${uuidOf(bad)}`,
  ])
  const { known } = (await moderator.visitor.query('review.knownBad', {})).data as KnownBadOutput
  expect(known).toMatchObject([{ mediaId: bad, addedBy: 'moderator', isKnownByLooks: false }])
  expect(codeOf(await moderator.visitor.mutate('review.lift', { mediaId: bad }))).toBe(200)
  expect(codeOf(await moderator.visitor.mutate('review.lift', { mediaId: bad }))).toBe('not_found')
  expect(await db.$count(knownBad, eq(knownBad.liftedBy, moderator.userId))).toBe(1)
})

test('who waits is set by administrators alone, within bounds, and asked for by no stranger', async () => {
  const set = (by: Person, tiers: unknown) => by.visitor.mutate('review.setTiers', { tiers })
  const tiers = [
    { daysMax: 7, posts: 3 },
    { daysMax: null, posts: 1 },
  ]
  expect(codeOf(await set(moderator, tiers))).toBe('not_found')
  for (const wrong of [
    [{ daysMax: 7, posts: 0 }],
    [{ daysMax: 0, posts: 1 }],
    [{ daysMax: 7, posts: 1.5 }],
    [...tiers, { daysMax: 7, posts: 1 }],
    Array.from({ length: 5 }, (_, n) => ({ daysMax: n + 1, posts: 1 })),
    [{ daysMax: 7, posts: 1, more: true }],
    'all',
  ])
    expect(codeOf(await set(administrator, wrong))).toBe('invalid_input')
  expect(codeOf(await set(administrator, tiers))).toBe(200)
  expect((await moderator.visitor.query('review.tiers')).data).toEqual({ tiers } satisfies TiersOutput)
  const [entry] = (await db.select().from(auditEntries)).filter(({ action }) => action === 'review.threshold_set')
  expect(entry).toMatchObject({ actorId: administrator.userId, detail: { days7: 3, any: 1 } })
  expect(codeOf(await set(administrator, []))).toBe(200)
})

test('a code that was entered too long ago opens nothing', async () => {
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(0) })
    .where(eq(sessions.userId, moderator.userId))
  for (const route of ['review.held', 'review.knownBad', 'review.tiers'])
    expect([route, codeOf(await moderator.visitor.query(route, {}))]).toEqual([route, 'step_up_needed'])
  const judged = await moderator.visitor.mutate('review.judge', { mediaIds: [inGroup], verdict: 'approve' })
  expect(codeOf(judged)).toBe('step_up_needed')
  expect(await listingOf(inGroup)).toBe('held')
})
