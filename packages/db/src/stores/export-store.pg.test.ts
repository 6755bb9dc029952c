import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { uuidOf } from '@shoebox/shared/ids.ts'
import type { AuditAct } from '@shoebox/shared/safety/audit-entry.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import { warnings } from '../schema/bans.ts'
import { blocks } from '../schema/blocks.ts'
import { hiddenItems } from '../schema/gallery.ts'
import { groups, joinRequests } from '../schema/groups.ts'
import { dataExports } from '../schema/leaving.ts'
import { likes } from '../schema/media.ts'
import { cases, reports } from '../schema/reports.ts'
import { auditedBy } from './audit-store.ts'
import { deleteAccount } from './departure-store.ts'
import * as store from './export-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const hourMs = 3_600_000
const { rows, edge } = await openDatabase(start)
let next = 0

const ask = (author: Awaited<ReturnType<typeof rows.addAuthor>>, at = nowMs) =>
  store.requestExport(edge, { id: numberedId('export', (next += 1)), author, nowMs: at })
const claim = (at = nowMs) => store.claimExports(rows.db, { nowMs: at, rowsMax: 10 })
const all = () => rows.db.select().from(dataExports)

test('one export is made for however many are asked for, is had for its days, and ends', async () => {
  const ann = await rows.addAuthor()
  await Promise.all(Array.from({ length: 8 }, () => ask(ann)))
  expect(await all()).toHaveLength(1)
  const claims = await Promise.all([claim(), claim(), claim()])
  const [waiting] = claims.flat()
  expect(claims.flat()).toMatchObject([{ userId: ann.userId }])
  // One that dies is taken again by itself.
  expect(await claim(nowMs + 5 * 60_000)).toEqual([waiting])

  const ready = { bytes: 10, readyAt: new Date(nowMs), expiresAt: new Date(nowMs + 24 * hourMs) }
  expect(await store.markExportReady(rows.db, waiting!.id, ready)).toBe(true)
  expect(await store.markExportReady(rows.db, waiting!.id, ready)).toBe(false)
  await ask(ann)
  expect(await all()).toHaveLength(1)
  const own = async (at: number) => (await store.findOwnExport(edge, { sessionId: ann.sessionId, nowMs: at })).data
  expect(await own(nowMs)).toMatchObject({ id: waiting!.id, bytes: 10 })
  expect(await store.findEndedExports(rows.db, nowMs, 10)).toEqual([])
  expect(await store.findEndedExports(rows.db, nowMs + 24 * hourMs, 10)).toEqual([waiting])
  await store.forgetExport(rows.db, waiting!.id)
  expect(await all()).toEqual([])
})

test('holds what is theirs, and no hash', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const mine = await rows.addItem(ann, start)
  const theirs = await rows.addItem(bob, start)
  const refused = await rows.addUpload(ann, { state: 'refused', refusalReason: 'image_damaged', settledAt: start })
  const groupId = numberedId('group', 1)
  await rows.db.insert(groups).values({ id: groupId, name: 'Friends', createdAt: start, activeAt: start })
  const asking = { role: 'viewer', createdAt: start } as const
  await rows.db.insert(joinRequests).values([ann, bob].map(({ userId }) => ({ groupId, userId, ...asking })))
  await rows.db.insert(likes).values({ userId: ann.userId, mediaId: theirs, createdAt: start })
  await rows.db.insert(hiddenItems).values({ userId: ann.userId, mediaId: theirs, hiddenAt: start })
  const createdAt = start
  await rows.db.insert(blocks).values([
    { blockerId: ann.userId, blockedId: bob.userId, createdAt },
    { blockerId: bob.userId, blockedId: ann.userId, createdAt },
  ])
  const [caseId, subjectId] = [numberedId('case', 1), uuidOf(theirs)]
  const opened = { openedAt: start, lastReportedAt: start }
  await rows.db.insert(cases).values({ id: caseId, subjectKind: 'item', subjectId, personId: bob.userId, ...opened })
  const said = { reason: 'spam', note: 'Again', createdAt: start } as const
  await rows.db.insert(reports).values({ id: numberedId('report', 2), caseId, reporterId: ann.userId, ...said })
  await rows.db.insert(warnings).values({
    id: numberedId('warning', 1),
    userId: ann.userId,
    reason: 'Please.',
    warnedBy: bob.userId,
    warnedAt: start,
  })
  const data = await store.readPersonalData(rows.db, ann.userId)
  expect(data).toMatchObject({
    account: { id: ann.userId },
    items: [{ id: mine }, { id: refused, refusalReason: 'image_damaged' }],
    sessions: [{ userAgent: 'test' }],
    likes: [{ mediaId: theirs }],
    joinRequests: [{ groupName: 'Friends', role: 'viewer', declinedAt: null }],
    hiddenItems: [{ mediaId: theirs }],
    // Whom they blocked; who blocked them is nobody's to know.
    blocked: [{ userId: bob.userId, createdAt: start }],
    reports: [{ about: 'item', reason: 'spam', note: 'Again', outcome: 'open' }],
    judged: { bans: [], appeals: [], warnings: [{ reason: 'Please.', warnedAt: start, acknowledgedAt: null }] },
  })
  expect((await store.readPersonalData(rows.db, bob.userId))?.reports).toEqual([])
  expect(JSON.stringify(data)).not.toMatch(/password|codeHash|session-/)
  expect(await store.readPersonalData(rows.db, numberedId('user', 999))).toBeNull()
})

test('holds what the log says of them: what they did, what was done to them and theirs, and not by whom', async () => {
  const [ann, bob, cem] = [await rows.addAuthor(), await rows.addAuthor('Bob'), await rows.addAuthor('Cem')]
  const groupId = numberedId('group', 2)
  const mine = await rows.addItem(bob, start)
  const detail = { from: 'contributor', to: 'viewer' }
  const [byAnn, atMs] = [ann.userId, nowMs]
  const acts: AuditAct[] = [
    { chain: groupId, action: 'group.created', actorId: byAnn, subject: { kind: 'group', id: groupId }, atMs },
    {
      chain: groupId,
      action: 'member.role_changed',
      actorId: byAnn,
      subject: { kind: 'user', id: bob.userId },
      detail,
      atMs,
    },
    {
      chain: null,
      action: 'media.viewed',
      actorId: byAnn,
      subject: { kind: 'media', id: mine },
      detail: { reason: 'law' },
      atMs,
    },
    { chain: groupId, action: 'member.left', actorId: cem.userId, subject: { kind: 'user', id: cem.userId }, atMs },
  ]
  for (const act of acts)
    await edge.execute(sql`with audited as (${auditedBy(sealForTest(act), sql`(select 1) as happened`)}) select 1`)
  const loggedOf = async ({ userId }: typeof ann) => (await store.readPersonalData(rows.db, userId))!.logged
  const at = new Date(nowMs)
  const ofBob = await loggedOf(bob)
  expect(ofBob).toHaveLength(2)
  expect(ofBob).toContainEqual({
    at,
    action: 'member.role_changed',
    isOwnAct: false,
    about: 'user',
    detail,
    groupId,
  })
  expect(ofBob).toContainEqual({
    at,
    action: 'media.viewed',
    isOwnAct: false,
    about: 'media',
    detail: null,
    groupId: null,
  })
  const ofAnn = await loggedOf(ann)
  expect(ofAnn).toHaveLength(3)
  expect(ofAnn.every((entry) => entry.isOwnAct && entry.detail === null)).toBe(true)
  expect(await loggedOf(cem)).toMatchObject([{ action: 'member.left', isOwnAct: true, detail: {} }])
})

test('of an account that is deleted the file goes at once, made or not', async () => {
  const ann = await rows.addAuthor()
  await ask(ann)
  const [waiting] = await claim()
  expect(
    await deleteAccount(edge, { author: ann, passwordHash: '-', groups: [], audits: [], items: 'delete', nowMs }),
  ).toBe('deleted')
  const ready = { bytes: 10, readyAt: new Date(nowMs), expiresAt: new Date(nowMs + 24 * hourMs) }
  expect(await store.markExportReady(rows.db, waiting!.id, ready)).toBe(false)
  expect(await claim(nowMs + hourMs)).toEqual([])
  expect(await store.findEndedExports(rows.db, nowMs, 10)).toEqual([waiting])
})

test('holds that an admin took away what they said or showed, also when it is gone, and to nobody else', async () => {
  const [ann, bob, cem] = [await rows.addAuthor(), await rows.addAuthor('Bob'), await rows.addAuthor('Cem')]
  const groupId = numberedId('group', 3)
  const item = numberedId('media', 900)
  const [comment, owner, heir] = [
    { author: uuidOf(bob.userId) },
    { owner: uuidOf(bob.userId) },
    { to: uuidOf(cem.userId) },
  ]
  const act = { chain: groupId, actorId: ann.userId, atMs: nowMs }
  const acts: AuditAct[] = [
    {
      ...act,
      action: 'comment.removed_by_admin',
      subject: { kind: 'comment', id: numberedId('comment', 900) },
      detail: { ...comment, item: uuidOf(item) },
    },
    { ...act, action: 'item.removed_by_admin', subject: { kind: 'media', id: item }, detail: owner },
    { ...act, action: 'group.handed_over', subject: { kind: 'group', id: groupId }, detail: heir },
  ]
  for (const one of acts)
    await edge.execute(sql`with audited as (${auditedBy(sealForTest(one), sql`(select 1) as happened`)}) select 1`)
  const toldTo = async ({ userId }: typeof ann) =>
    (await store.readPersonalData(rows.db, userId))!.logged.map(({ action, isOwnAct, detail }) => [
      action,
      isOwnAct,
      detail,
    ])
  const ofBob = await toldTo(bob)
  expect(ofBob).toHaveLength(2)
  expect(ofBob).toContainEqual(['comment.removed_by_admin', false, null])
  expect(ofBob).toContainEqual(['item.removed_by_admin', false, null])
  expect(await toldTo(cem)).toEqual([['group.handed_over', false, null]])
  expect(await toldTo(ann)).toHaveLength(3)
})
