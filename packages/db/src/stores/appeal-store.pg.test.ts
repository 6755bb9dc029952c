import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { uuidOf, type AppealId, type MediaId } from '@shoebox/shared/ids.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sessions, users } from '../schema/accounts.ts'
import { appeals } from '../schema/bans.ts'
import { media } from '../schema/media.ts'
import { notices } from '../schema/notifications.ts'
import { cases } from '../schema/reports.ts'
import { knownBad } from '../schema/review.ts'
import { appealItem, decideAppeal } from './appeal-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
let next = 0

async function addJudge(): Promise<Author> {
  const author = await rows.addAuthor('Judge')
  await rows.db.update(users).set({ role: 'moderator' }).where(eq(users.id, author.userId))
  await rows.db
    .update(sessions)
    .set({ steppedUpUntil: rows.later(900_000) })
    .where(eq(sessions.id, author.sessionId))
  return author
}

/** An item that a moderator decided about, and its owner's appeal. */
async function addAppealed(judge: Author, owner: Author, state: 'quarantined' | 'removed') {
  const mediaId = await rows.addItem(owner, start, { listing: state })
  const caseId = numberedId('case', (next += 1))
  await rows.db.insert(cases).values({
    id: caseId,
    subjectKind: 'item',
    subjectId: uuidOf(mediaId),
    personId: owner.userId,
    mediaId,
    state,
    listingBefore: 'trashed',
    openedAt: start,
    lastReportedAt: start,
    decidedBy: judge.userId,
    decidedAt: start,
  })
  const id = numberedId('appeal', (next += 1))
  expect(await appealItem(edge, { author: owner, mediaId, id, text: 'My dog.', nowMs })).toBe('appealed')
  return { mediaId, caseId, id }
}

const decide = async (author: Author, id: AppealId, outcome: 'granted' | 'denied' = 'granted') =>
  (await audited(decideAppeal)(edge, { author, id, outcome, answer: 'So it is.', nowMs })).outcome
const itemOf = async (id: MediaId) => (await rows.db.select().from(media).where(eq(media.id, id)))[0]

test('granted, an item is where it was before it was put aside, its case ends, and both sides are told', async () => {
  const [judge, other, owner] = [await addJudge(), await addJudge(), await rows.addAuthor()]
  const { mediaId, caseId, id } = await addAppealed(judge, owner, 'quarantined')
  expect(await decide(judge, id)).toBe('own_decision')
  expect(await decide(owner, id)).toBe('not_found')
  expect(await decide(other, id)).toBe('decided')
  expect(await decide(other, id)).toBe('appeal_decided')
  expect(await itemOf(mediaId)).toMatchObject({ listing: 'trashed', trashedAt: new Date(nowMs) })
  expect(await rows.db.select().from(cases).where(eq(cases.id, caseId))).toMatchObject([
    { state: 'restored', decidedBy: other.userId },
  ])
  expect(await rows.db.select().from(notices).where(eq(notices.subjectId, owner.userId))).toMatchObject([
    { kind: 'item_restored', mediaId },
  ])
  const [appeal] = await rows.db.select().from(appeals).where(eq(appeals.id, id))
  expect(appeal).toMatchObject({ outcome: 'granted', answer: 'So it is.', email: null })
})

test('granted, what was removed stays gone and may be uploaded again; denied, it may not', async () => {
  const [judge, other, owner] = [await addJudge(), await addJudge(), await rows.addAuthor()]
  const [granted, denied] = [await addAppealed(judge, owner, 'removed'), await addAppealed(judge, owner, 'removed')]
  for (const { mediaId } of [granted, denied])
    await rows.db
      .insert(knownBad)
      .values({ mediaId, kind: 'image', sha256: mediaId, keys: [], addedBy: judge.userId, addedAt: start })
  expect(await decide(other, granted.id)).toBe('decided')
  expect(await decide(other, denied.id, 'denied')).toBe('decided')
  const isLifted = async ({ mediaId }: { mediaId: MediaId }) =>
    (await rows.db.select().from(knownBad).where(eq(knownBad.mediaId, mediaId)))[0]?.liftedAt !== null
  expect([await isLifted(granted), await isLifted(denied)]).toEqual([true, false])
  expect((await itemOf(granted.mediaId))?.listing).toBe('removed')
})

test('where nobody else can, who decided answers; nobody ever answers their own appeal', async () => {
  await rows.db.update(users).set({ role: 'member' })
  const [judge, owner] = [await addJudge(), await rows.addAuthor()]
  const own = await addAppealed(judge, judge, 'quarantined')
  expect(await decide(judge, own.id)).toBe('own_decision')
  const { id } = await addAppealed(judge, owner, 'quarantined')
  expect(await decide(judge, id, 'denied')).toBe('decided')
})
