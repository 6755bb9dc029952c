// Reports and what becomes of them: who may report what, that a case is decided once, and that what it looked like stays
// when everything it is about is gone.
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { CommentId, GroupId, MediaId } from '@shoebox/shared/ids.ts'
import type { Decision } from '@shoebox/shared/safety/reasons.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import { sessions, users } from '../schema/accounts.ts'
import { auditEntries } from '../schema/audit.ts'
import { bans } from '../schema/bans.ts'
import { comments } from '../schema/gallery.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { notices } from '../schema/notifications.ts'
import { cases, evidence, reports } from '../schema/reports.ts'
import { knownBad } from '../schema/review.ts'
import { deletions } from '../schema/upkeep.ts'
import { claimDeletions, purgeItems } from './deletion-store.ts'
import { breakGlass, decideCase } from './desk-change-store.ts'
import { countUndecided, findCase, findCases, type CasesWish } from './desk-store.ts'
import { forgetCases, markCopied } from './evidence-store.ts'
import { reportSubject, type ReportOutcome, type Subject } from './report-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const dayMs = 24 * 60 * 60_000
const pictured = { derivatives: [{ name: 'preview', widthPx: 800, heightPx: 600, bytes: 100 }] as const }
const { rows, edge } = await openDatabase(start)
let owner: Author, ann: Author, bob: Author, judge: Author, other: Author
let numbers = 0

beforeAll(async () => {
  owner = await rows.addAuthor('Owen')
  ann = await rows.addAuthor('Ann')
  bob = await rows.addAuthor('Bob')
  judge = await addJudge('Jo')
  other = await addJudge('Kim')
})
beforeEach(async () => {
  for (const table of [reports, evidence, cases, deletions, notices]) await rows.db.delete(table)
})

async function addJudge(name: string, role: 'moderator' | 'administrator' = 'moderator'): Promise<Author> {
  const author = await rows.addAuthor(name)
  await rows.db.update(users).set({ role }).where(eq(users.id, author.userId))
  await rows.db
    .update(sessions)
    .set({ steppedUpUntil: rows.later(900_000) })
    .where(eq(sessions.id, author.sessionId))
  return author
}

const addItem = (columns: Parameters<typeof rows.addItem>[2] = {}) =>
  rows.addItem(owner, start, {
    ...pictured,
    derivatives: [...pictured.derivatives],
    caption: 'By the lake',
    ...columns,
  })

async function addGroup(...members: Author[]): Promise<GroupId> {
  const id = numberedId('group', (numbers += 1))
  await rows.db.insert(groups).values({ id, name: 'Alps', createdAt: start, activeAt: start })
  for (const [n, { userId }] of members.entries())
    await rows.db
      .insert(memberships)
      .values({ groupId: id, userId, role: n === 0 ? 'owner' : 'viewer', joinedAt: start, seenAt: start })
  return id
}

const item = (id: MediaId): Subject => ({ kind: 'item', id })

const report = (author: Author, subject: Subject, perHourMax = 50): Promise<ReportOutcome> => {
  const n = (numbers += 1)
  return reportSubject(edge, {
    author,
    // Different ids of different kinds: a statement that takes one for another must be noticed.
    id: numberedId('report', n + 1_000_000),
    caseId: numberedId('case', n + 2_000_000),
    evidenceId: numberedId('evidence', n + 3_000_000),
    subject,
    reason: 'hate',
    note: 'Look at the sign',
    perHourMax,
    nowMs,
  })
}

const onlyCase = async () => {
  const [one, ...more] = await rows.db.select().from(cases)
  if (one === undefined || more.length > 0) throw new Error(`there are ${more.length + 1} cases`)
  return one
}

async function decide(decision: Decision, by = judge) {
  const { id } = await onlyCase()
  const act = { chain: null, actorId: by.userId, subject: { kind: 'case', id }, atMs: nowMs } as const
  const entries = {
    comment: sealForTest({ ...act, action: 'comment.removed' }),
    other: sealForTest({ ...act, action: 'item.removed' }),
    known: sealForTest({ ...act, action: 'known_bad.added', subject: { kind: 'known_bad', id: null } }),
  }
  return await decideCase(edge, { author: by, caseId: id, decision, note: 'Seen', entries, nowMs })
}

const listingOf = async (id: MediaId) =>
  (await rows.db.select({ listing: media.listing }).from(media).where(eq(media.id, id)))[0]?.listing
const told = async () =>
  (await rows.db.select().from(notices).orderBy(notices.id)).map(({ kind, subjectId }) => ({ kind, subjectId }))
const audited = async () =>
  (await rows.db.select().from(auditEntries).orderBy(auditEntries.seq)).map(({ action, actorId }) => ({
    action,
    actorId,
  }))

test('only what one sees is reported, and nothing of one’s own', async () => {
  const groupId = await addGroup(owner, ann)
  const [open, shared] = [await addItem(), await addItem({ groupId })]
  expect(await report(bob, item(shared))).toBe('not_found')
  expect(await report(owner, item(open))).toBe('not_found')
  expect(await report(bob, item(numberedId('media', 900)))).toBe('not_found')
  expect(await report({ ...bob, sessionId: 'ended' }, item(open))).toBe('not_found')
  for (const listing of ['trashed', 'held', 'quarantined', 'removed'] as const) {
    const trashedAt = listing === 'trashed' ? start : null
    expect(await report(bob, item(await addItem({ listing, trashedAt })))).toBe('not_found')
  }
  expect(await rows.db.select().from(cases)).toEqual([])
  expect(await report(ann, item(shared))).toBe('reported')
  expect(await onlyCase()).toMatchObject({ personId: owner.userId, mediaId: shared, groupId, state: 'open' })
  expect(await rows.db.select().from(reports)).toMatchObject([
    { reporterId: ann.userId, snapshot: { personName: 'Owen', groupName: 'Alps', text: 'By the lake', kind: 'image' } },
  ])
  expect(await rows.db.select().from(evidence)).toMatchObject([
    { mediaId: shared, files: ['preview.webp'], state: 'wanted' },
  ])
})

test('a comment is reported by who may read it, a person by everybody else', async () => {
  const groupId = await addGroup(owner, ann)
  const mediaId = await addItem({ groupId })
  const id: CommentId = numberedId('comment', (numbers += 1))
  await rows.db
    .insert(comments)
    .values({ id, mediaId, authorId: owner.userId, text: 'Nobody wants you', createdAt: start })
  expect(await report(bob, { kind: 'comment', id })).toBe('not_found')
  expect(await report(owner, { kind: 'comment', id })).toBe('not_found')
  expect(await report(ann, { kind: 'comment', id })).toBe('reported')
  expect(await rows.db.select().from(reports)).toMatchObject([{ snapshot: { text: 'Nobody wants you' } }])
  await rows.db.delete(reports)
  await rows.db.delete(cases)
  expect(await report(ann, { kind: 'person', id: ann.userId })).toBe('not_found')
  expect(await report(ann, { kind: 'person', id: bob.userId })).toBe('reported')
  expect(await onlyCase()).toMatchObject({ subjectKind: 'person', personId: bob.userId })
})

test('somebody has one open report of each thing, however often they send it, and many have one case', async () => {
  const id = await addItem()
  const outcomes = await Promise.all([ann, ann, bob, ann, bob].map((author) => report(author, item(id))))
  expect(outcomes.filter((outcome) => outcome === 'reported')).toHaveLength(2)
  expect(outcomes.filter((outcome) => outcome === 'already_reported')).toHaveLength(3)
  await onlyCase()
  expect(await rows.db.select().from(reports)).toHaveLength(2)
  expect(await rows.db.select().from(evidence)).toHaveLength(1)
  expect(await decide('dismiss')).toBe('decided')
  expect(await report(ann, item(id))).toBe('reported')
  expect(await rows.db.select().from(cases)).toHaveLength(2)
})

test('reports are limited by the hour', async () => {
  expect(await report(ann, item(await addItem()), 1)).toBe('reported')
  expect(await report(ann, item(await addItem()), 1)).toBe('too_many')
  expect(await report(bob, item(await addItem()), 1)).toBe('reported')
})

test('what is removed goes at once, its owner and the reporters are told, and it is in the log', async () => {
  const id = await addItem({ sha256: 'A'.repeat(44) })
  await report(ann, item(id))
  await report(bob, item(id))
  const before = (await audited()).length
  expect(await decide('remove')).toBe('decided')
  expect(await listingOf(id)).toBe('removed')
  expect(await rows.db.select().from(deletions)).toMatchObject([{ mediaId: id, reason: 'removed', wasShown: true }])
  expect(await told()).toEqual(
    expect.arrayContaining([
      { kind: 'item_taken_down', subjectId: owner.userId },
      { kind: 'report_upheld', subjectId: ann.userId },
      { kind: 'report_upheld', subjectId: bob.userId },
    ]),
  )
  expect((await audited()).slice(before)).toEqual(
    expect.arrayContaining([
      { action: 'item.removed', actorId: judge.userId },
      { action: 'known_bad.added', actorId: judge.userId },
    ]),
  )
  expect(await rows.db.select().from(knownBad)).toMatchObject([{ mediaId: id, addedBy: judge.userId }])
  expect(await onlyCase()).toMatchObject({ state: 'removed', decidedBy: judge.userId, decisionNote: 'Seen' })
})

test('what is put aside comes back to where it was', async () => {
  const id = await addItem()
  await report(ann, item(id))
  expect(await decide('restore')).toBe('not_possible')
  expect(await decide('quarantine')).toBe('decided')
  expect([await listingOf(id), (await onlyCase()).state]).toEqual(['quarantined', 'quarantined'])
  expect(await decide('dismiss')).toBe('not_possible')
  expect(await decide('restore')).toBe('decided')
  expect([await listingOf(id), (await onlyCase()).state]).toEqual(['listed', 'restored'])
  expect((await told()).map(({ kind }) => kind).toSorted()).toEqual([
    'item_quarantined',
    'item_restored',
    'report_dismissed',
  ])
})

test('what lay in its owner’s trash is not published by being put back', async () => {
  const id = await addItem()
  await report(ann, item(id))
  await rows.db.update(media).set({ listing: 'trashed', trashedAt: start }).where(eq(media.id, id))
  await decide('quarantine')
  await decide('restore')
  expect(await listingOf(id)).toBe('trashed')
})

test('what is put aside does not come back into a group that its owner left, nor while they are banned with what they made', async () => {
  const groupId = await addGroup(ann, owner)
  const [left, open] = [await addItem({ groupId }), await addItem()]
  await report(ann, item(left))
  await decide('quarantine')
  await rows.db.delete(memberships).where(eq(memberships.userId, owner.userId))
  await decide('restore')
  const [found] = await rows.db.select().from(media).where(eq(media.id, left))
  expect(found).toMatchObject({ listing: 'trashed', trashedAt: new Date(nowMs) })

  for (const table of [reports, evidence, cases]) await rows.db.delete(table)
  await report(ann, item(open))
  await decide('quarantine')
  const banId = numberedId('ban', (numbers += 1))
  const ban = { id: banId, userId: owner.userId, addressHash: 'x', reason: 'Spam', bannedBy: judge.userId }
  await rows.db.insert(bans).values({ ...ban, items: 'withdraw', bannedAt: start })
  await rows.db.update(users).set({ banId }).where(eq(users.id, owner.userId))
  await decide('restore')
  expect(await listingOf(open)).toBe('withdrawn')
  await rows.db.update(users).set({ banId: null }).where(eq(users.id, owner.userId))
})

test('a comment goes with its count, and its author is told', async () => {
  const groupId = await addGroup(owner, ann)
  const mediaId = await addItem({ groupId, commentCount: 1 })
  const id: CommentId = numberedId('comment', (numbers += 1))
  await rows.db.insert(comments).values({ id, mediaId, authorId: owner.userId, text: 'Go away', createdAt: start })
  await report(ann, { kind: 'comment', id })
  const before = (await audited()).length
  expect(await decide('quarantine')).toBe('not_possible')
  expect(await decide('remove')).toBe('decided')
  expect(await rows.db.select().from(comments).where(eq(comments.id, id))).toEqual([])
  expect((await rows.db.select().from(media).where(eq(media.id, mediaId)))[0]?.commentCount).toBe(0)
  expect((await told()).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['comment_taken_down', 'report_upheld']),
  )
  expect((await audited()).slice(before)).toEqual([{ action: 'comment.removed', actorId: judge.userId }])
})

test('somebody’s picture is removed, and they stay', async () => {
  const avatarId = await addItem({ purpose: 'avatar' })
  await rows.db.update(users).set({ avatarId }).where(eq(users.id, owner.userId))
  await report(ann, { kind: 'person', id: owner.userId })
  expect(await rows.db.select().from(evidence)).toMatchObject([{ mediaId: avatarId, files: ['preview.webp'] }])
  expect(await decide('quarantine')).toBe('not_possible')
  expect(await decide('remove')).toBe('decided')
  expect(await listingOf(avatarId)).toBe('removed')
  expect(await rows.db.select().from(deletions)).toMatchObject([{ mediaId: avatarId }])
  await rows.db.update(users).set({ avatarId: null }).where(eq(users.id, owner.userId))
})

test('of somebody without a picture there is nothing to remove', async () => {
  await report(ann, { kind: 'person', id: bob.userId })
  expect(await decide('remove')).toBe('not_possible')
  expect(await decide('dismiss')).toBe('decided')
})

test('of two who decide at once one does, and the other is told so', async () => {
  for (let round = 0; round < 10; round += 1) {
    for (const table of [reports, evidence, cases, notices]) await rows.db.delete(table)
    const id = await addItem()
    await report(ann, item(id))
    const before = (await audited()).length
    const outcomes = await Promise.all([decide('remove', judge), decide('dismiss', other), decide('remove', other)])
    expect(outcomes.toSorted()).toEqual(['already_decided', 'already_decided', 'decided'])
    expect((await audited()).slice(before)).toHaveLength(1)
    expect((await onlyCase()).state === 'removed').toBe((await listingOf(id)) === 'removed')
    expect((await told()).filter(({ subjectId }) => subjectId === ann.userId)).toHaveLength(1)
  }
})

test('whoever reports in the moment of the decision is told of it, or has begun another case', async () => {
  for (let round = 0; round < 20; round += 1) {
    for (const table of [reports, evidence, cases, notices]) await rows.db.delete(table)
    const id = await addItem()
    await report(ann, item(id))
    const deciding = decide('dismiss')
    await Promise.all([deciding, report(bob, item(id))])
    const decided = await rows.db
      .select({ id: reports.reporterId })
      .from(reports)
      .innerJoin(cases, and(eq(cases.id, reports.caseId), eq(cases.state, 'dismissed')))
    const heard = (await told()).map(({ subjectId }) => subjectId)
    expect(new Set(heard)).toEqual(new Set(decided.map((one) => one.id)))
    expect(heard).toHaveLength(decided.length)
  }
})

test('nobody decides without the role and a code, or about themselves', async () => {
  const id = await addItem()
  await report(ann, item(id))
  expect(await decide('remove', bob)).toBe('not_found')
  const tired = await addJudge('Tim')
  await rows.db.update(sessions).set({ steppedUpUntil: start }).where(eq(sessions.id, tired.sessionId))
  expect(await decide('remove', tired)).toBe('not_found')
  await rows.db.update(cases).set({ personId: judge.userId })
  expect(await decide('dismiss', judge)).toBe('not_found')
  expect(await decide('dismiss', other)).toBe('decided')
})

test('nothing of an item goes before its evidence is copied, whichever came first', async () => {
  for (let round = 0; round < 20; round += 1) {
    for (const table of [reports, evidence, cases, deletions]) await rows.db.delete(table)
    const id = await addItem()
    const [outcome, { rows: ended }] = await Promise.all([
      report(ann, item(id)),
      rows.db.execute(purgeItems(sql`${media.id} = ${sql.param(id, media.id)}`, 'purged', nowMs)),
    ])
    expect(ended).toHaveLength(1)
    const [kept] = await rows.db.select().from(evidence)
    expect(kept !== undefined).toBe(outcome === 'reported')
    const claim = () => claimDeletions(rows.db, { nowMs, rowsMax: 10 })
    expect(await claim()).toHaveLength(kept === undefined ? 1 : 0)
    if (kept === undefined) continue
    await markCopied(rows.db, kept.id, { files: kept.files, bytes: 100, nowMs })
    expect(await claim()).toHaveLength(1)
  }
})

test('a case outlives the item, the account and the group, and is forgotten a year after it was decided', async () => {
  const gone = await rows.addAuthor('Gus')
  const id = await rows.addItem(gone, start, { caption: 'Mine', derivatives: [...pictured.derivatives] })
  await report(ann, item(id))
  await rows.db.execute(purgeItems(sql`${media.id} = ${sql.param(id, media.id)}`, 'account_deleted', nowMs))
  await rows.db.delete(users).where(eq(users.id, gone.userId))
  expect(await decide('remove')).toBe('decided')
  const { id: caseId } = await onlyCase()
  const read = () => findCase(edge, { sessionId: judge.sessionId, caseId, nowMs })
  expect((await read()).data).toMatchObject({
    found: {
      state: 'removed',
      personName: null,
      snapshot: { personName: 'Gus', text: 'Mine' },
      reportCount: 1,
      reasons: ['hate'],
      evidence: { state: 'wanted', files: ['preview.webp'] },
    },
    reports: [{ reporterName: 'Ann', note: 'Look at the sign' }],
  })
  const forget = (atMs: number) => forgetCases(rows.db, new Date(atMs - 365 * dayMs), { nowMs: atMs, rowsMax: 10 })
  expect(await forget(nowMs + 364 * dayMs)).toBe(0)
  expect(await forget(nowMs + 366 * dayMs)).toBe(1)
  expect((await read()).data).toMatchObject({
    found: { state: 'removed', snapshot: null, decisionNote: '', evidence: { state: 'unwanted' } },
    reports: [{ reason: 'hate', note: '', snapshot: null }],
  })
})

test('the queue shows what waits longest first and goes on where a page ended; others read nothing', async () => {
  for (let n = 0; n < 3; n += 1) await report(ann, item(await addItem()))
  await report(bob, { kind: 'person', id: owner.userId })
  const all: CasesWish = {
    sessionId: judge.sessionId,
    nowMs,
    isDecided: false,
    subjectKind: null,
    place: null,
    after: null,
    rowsMax: 2,
  }
  const first = (await findCases(edge, all)).data
  const last = first.at(-1)!
  const rest = (await findCases(edge, { ...all, rowsMax: 9, after: { atMs: last.openedAt.getTime(), id: last.id } }))
    .data
  expect([...first, ...rest].map(({ id }) => id)).toHaveLength(4)
  expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(4)
  expect((await findCases(edge, { ...all, place: 'groups' })).data).toEqual([])
  expect((await findCases(edge, { ...all, isDecided: true })).data).toEqual([])
  expect((await findCases(edge, { ...all, sessionId: ann.sessionId })).data).toEqual([])
  expect((await countUndecided(edge, { sessionId: ann.sessionId, nowMs })).data).toBe(0)
  expect((await countUndecided(edge, all)).data).toBe(4)
  expect((await findCase(edge, { ...all, caseId: last.id })).data?.history.cases).toHaveLength(3)
  expect((await findCase(edge, { ...all, sessionId: ann.sessionId, caseId: last.id })).data).toBeNull()
})

test('an administrator looks at an item without a report, and that stands in the log; a moderator does not', async () => {
  const mediaId = await addItem({ groupId: await addGroup(owner) })
  const admin = await addJudge('Ada', 'administrator')
  const before = (await audited()).length
  const look = async (author: Author) =>
    await breakGlass(edge, {
      author,
      mediaId,
      entry: sealForTest({
        chain: null,
        action: 'media.viewed',
        actorId: author.userId,
        subject: { kind: 'media', id: mediaId },
        atMs: nowMs,
      }),
      nowMs,
    })
  expect(await look(judge)).toBeNull()
  expect(await look(bob)).toBeNull()
  expect((await audited()).length).toBe(before)
  expect(await look(admin)).toMatchObject({ mediaId, kind: 'image' })
  expect((await audited()).slice(before)).toEqual([{ action: 'media.viewed', actorId: admin.userId }])
})
