import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { uuidOf, type BanId, type CaseId, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { audited, sealForTest } from '@shoebox/testing/seal-audit.ts'
import { sessions, users, verifications } from '../schema/accounts.ts'
import { auditEntries } from '../schema/audit.ts'
import { bans } from '../schema/bans.ts'
import { groups, invites, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { notices } from '../schema/notifications.ts'
import { cases, reports } from '../schema/reports.ts'
import { deletions } from '../schema/upkeep.ts'
import { writeAttempt } from './account-store.ts'
import { banPerson, liftBan, type BanWish } from './ban-store.ts'
import { writeCodeForAddress } from './code-store.ts'
import { enterWithCode, enterWithPassword, enterWithSignUpCode, resetPassword } from './entry-store.ts'
import { leaveGroup } from './leave-store.ts'
import { handOver } from './member-change-store.ts'
import { settleMany } from './outcome-store.ts'
import { reserveUploads } from './reservation-store.ts'
import { findSession } from './session-store.ts'
import { warnPerson } from './warning-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const day = 86_400_000
const { rows, edge } = await openDatabase(start)
let next = 0

beforeEach(() => rows.db.update(users).set({ role: 'member' }))
async function addJudge(role: SiteRole = 'moderator'): Promise<Author> {
  const author = await rows.addAuthor('Judge')
  await rows.db.update(users).set({ role }).where(eq(users.id, author.userId))
  await rows.db
    .update(sessions)
    .set({ steppedUpUntil: rows.later(900_000) })
    .where(eq(sessions.id, author.sessionId))
  return author
}

const personOf = async ({ userId }: Author) => (await rows.db.select().from(users).where(eq(users.id, userId)))[0]!
const sessionsOf = ({ userId }: Author) => rows.db.$count(sessions, eq(sessions.userId, userId))
const hashOf = (email: string) => `hash of ${email}`
const entry = (action: 'person.banned' | 'person.unbanned', by: Author, id: BanWish['userId'] | null) =>
  sealForTest({ chain: null, action, actorId: by.userId, subject: { kind: 'user', id }, atMs: nowMs })

async function wishOf(judge: Author, person: Author, change: Partial<BanWish> = {}): Promise<BanWish> {
  const { email } = await personOf(person)
  return {
    author: judge,
    id: numberedId('ban', (next += 1)),
    userId: person.userId,
    email,
    addressHash: hashOf(email),
    reason: 'Insults.',
    items: 'keep',
    endsAt: null,
    caseId: null,
    handedOver: [],
    audit: entry('person.banned', judge, person.userId),
    nowMs,
    ...change,
  }
}

async function ban(judge: Author, person: Author, change: Partial<BanWish> = {}): Promise<BanId> {
  const wish = await wishOf(judge, person, change)
  expect(await banPerson(edge, wish)).toBe('banned')
  return wish.id
}

const lift = (judge: Author, id: BanId, atMs = nowMs) =>
  liftBan(edge, { author: judge, id, nowMs: atMs, audit: entry('person.unbanned', judge, null) })

async function addGroup(members: readonly (readonly [Author, Role])[]): Promise<GroupId> {
  const id = numberedId('group', (next += 1))
  await rows.db
    .insert(groups)
    .values({ id, name: 'Friends', memberCount: members.length, createdAt: start, activeAt: start })
  await rows.db
    .insert(memberships)
    .values(
      members.map(([{ userId }, role], n) => ({ groupId: id, userId, role, joinedAt: rows.later(n), seenAt: start })),
    )
  return id
}

const roleIn = async (groupId: GroupId, { userId }: Author) =>
  (
    await rows.db
      .select()
      .from(memberships)
      .where(and(eq(memberships.groupId, groupId), eq(memberships.userId, userId)))
  )[0]?.role

const listingOf = async (id: MediaId) => (await rows.db.select().from(media).where(eq(media.id, id)))[0]?.listing

const entryOf = (atMs = nowMs) => ({
  session: {
    id: `entered-${(next += 1)}`,
    expiresAt: new Date(atMs + day),
    createdAt: new Date(atMs),
    userAgent: '',
    country: null,
    city: null,
  },
  deviceId: 'device',
  replacedSessionId: null,
})
const signIn = ({ userId }: Author, atMs = nowMs) =>
  enterWithPassword(edge, { ...entryOf(atMs), userId, passwordHash: '-' })
const newCode = (atMs = nowMs) => ({
  id: numberedId('verification', (next += 1)),
  codeHash: 'right',
  createdAt: new Date(atMs),
  expiresAt: new Date(atMs + 600_000),
})
const charges = () => [{ key: `k${(next += 1)}`, windowSeconds: 60, windowStart: start, timesMax: 9 }]

describe('a ban', () => {
  test('signs out everywhere, cancels what was being sent, closes invites and is in the log', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const reserved = await rows.addUpload(person)
    const groupId = await addGroup([[person, 'owner']])
    await rows.db.insert(invites).values({
      id: numberedId('invite', (next += 1)),
      groupId,
      code: `CODE${next}`,
      role: 'viewer',
      needsApproval: false,
      createdBy: person.userId,
      createdAt: start,
    })
    const id = await ban(judge, person)
    expect(await sessionsOf(person)).toBe(0)
    expect((await rows.db.select().from(media).where(eq(media.id, reserved)))[0]?.state).toBe('cancelled')
    expect((await rows.db.select().from(invites).where(eq(invites.groupId, groupId)))[0]?.revokedAt).not.toBeNull()
    expect(await rows.db.select().from(bans).where(eq(bans.id, id))).toMatchObject([
      { reason: 'Insults.', bannedBy: judge.userId, liftedAt: null },
    ])
    expect(await rows.db.select().from(auditEntries).where(eq(auditEntries.actorId, judge.userId))).toMatchObject([
      { action: 'person.banned' },
    ])
    expect(await sessionsOf(judge), 'of nobody else').toBe(1)
  })

  test('is refused to whoever may not judge, and writes nothing then', async () => {
    const [judge, admin, person] = [await addJudge(), await addJudge('administrator'), await rows.addAuthor()]
    const [second, bystander] = [await addJudge(), await rows.addAuthor()]
    const outcomes = [
      await banPerson(edge, await wishOf(bystander, person)),
      await banPerson(edge, await wishOf(judge, person, { nowMs: start.getTime() + 900_000 })),
      await banPerson(edge, await wishOf(judge, judge)),
      await banPerson(edge, await wishOf(admin, admin)),
      await banPerson(edge, await wishOf(judge, second)),
      await banPerson(edge, await wishOf(judge, admin)),
      await banPerson(edge, await wishOf(judge, person, { email: 'another@example.org' })),
    ]
    expect(outcomes).toEqual([
      'not_found',
      'not_found',
      'bans_self',
      'bans_self',
      'bans_staff',
      'bans_staff',
      'not_found',
    ])
    expect(await rows.db.$count(bans, eq(bans.bannedBy, judge.userId))).toBe(0)
    expect(await rows.db.$count(auditEntries, eq(auditEntries.actorId, judge.userId))).toBe(0)
    expect(await sessionsOf(person)).toBe(1)
    await ban(judge, person)
    expect(await banPerson(edge, await wishOf(judge, person))).toBe('already_banned')
  })

  test('and a warning each end the open report that led to them, and who reported is told', async () => {
    const [judge, person, reporter] = [await addJudge(), await rows.addAuthor(), await rows.addAuthor()]
    const report = async () => {
      const caseId = numberedId('case', (next += 1))
      const opened = { openedAt: start, lastReportedAt: start }
      const subject = { subjectKind: 'person', subjectId: uuidOf(person.userId), personId: person.userId } as const
      await rows.db.insert(cases).values({ id: caseId, ...subject, ...opened })
      const said = { reason: 'harassment', note: '', createdAt: start } as const
      const id = numberedId('report', next)
      await rows.db.insert(reports).values({ id, caseId, reporterId: reporter.userId, ...said })
      return caseId
    }
    const stateOf = async (id: CaseId) => (await rows.db.select().from(cases).where(eq(cases.id, id)))[0]?.state
    const warnedFor = await report()
    const warning = {
      author: judge,
      id: numberedId('warning', (next += 1)),
      userId: person.userId,
      reason: 'Please.',
      nowMs,
    }
    const other = { ...warning, id: numberedId('warning', (next += 1)), userId: reporter.userId }
    expect(await audited(warnPerson)(edge, { ...other, caseId: warnedFor })).toBe('warned')
    expect(await stateOf(warnedFor), 'it is about somebody else').toBe('open')
    expect(await audited(warnPerson)(edge, { ...warning, caseId: warnedFor })).toBe('warned')
    expect(await stateOf(warnedFor)).toBe('warned')
    const bannedFor = await report()
    await ban(judge, person, { caseId: bannedFor })
    expect(await stateOf(bannedFor)).toBe('banned')
    const told = await rows.db.select().from(notices).where(eq(notices.subjectId, reporter.userId))
    expect(told.filter(({ kind }) => kind === 'report_upheld')).toHaveLength(2)
  })

  test('takes a role on the site with it, and an administrator may give it to a moderator', async () => {
    const [admin, moderator] = [await addJudge('administrator'), await addJudge()]
    await ban(admin, moderator)
    expect(await personOf(moderator)).toMatchObject({ role: 'member' })
  })

  test('never takes both of two administrators who ban each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      await rows.db.update(users).set({ role: 'member' })
      const [a, b] = [await addJudge('administrator'), await addJudge('administrator')]
      const outcomes = await Promise.all([banPerson(edge, await wishOf(a, b)), banPerson(edge, await wishOf(b, a))])
      expect(outcomes.filter((outcome) => outcome === 'banned')).toHaveLength(1)
      expect(await rows.db.$count(users, eq(users.role, 'administrator'))).toBe(1)
    }
  })

  test('hands what they own to whoever is next in line and not banned, and lets them stay', async () => {
    const [judge, person, admin, friend] = [
      await addJudge(),
      await rows.addAuthor(),
      await rows.addAuthor(),
      await rows.addAuthor(),
    ]
    await ban(judge, admin)
    const shared = await addGroup([
      [person, 'owner'],
      [admin, 'admin'],
      [friend, 'viewer'],
    ])
    const alone = await addGroup([[person, 'owner']])
    await ban(judge, person)
    expect([await roleIn(shared, person), await roleIn(shared, friend)]).toEqual(['admin', 'owner'])
    expect(await roleIn(alone, person)).toBe('owner')
  })

  test('keeps them from owning a group again, by succession or by choice, while somebody else belongs to it', async () => {
    const [judge, owner, banned, friend] = [
      await addJudge(),
      await rows.addAuthor(),
      await rows.addAuthor(),
      await rows.addAuthor(),
    ]
    const groupId = await addGroup([
      [owner, 'owner'],
      [banned, 'admin'],
      [friend, 'viewer'],
    ])
    await ban(judge, banned)
    const leaving = { author: owner, groupId, nowMs }
    expect(await audited(handOver)(edge, { ...leaving, userId: banned.userId })).toBe('role_too_low')
    const audits = {
      left: entry('person.banned', owner, null),
      handedOver: entry('person.banned', owner, null),
      ended: entry('person.banned', owner, null),
    }
    expect(await leaveGroup(edge, { ...leaving, items: 'keep', successorId: banned.userId, audits })).toBe('done')
    expect([await roleIn(groupId, banned), await roleIn(groupId, friend)]).toEqual(['admin', 'owner'])
  })
})

describe('while it is in force', () => {
  test('nobody gets in, by password, by code or by a new password; who shows them is told why', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const { email } = await personOf(person)
    const asked = { email, addressHash: hashOf(email) }
    const [signInCode, resetCode] = [newCode(), newCode()]
    await writeCodeForAddress(edge, { ...signInCode, ...asked, purpose: 'sign-in' }, charges())
    await writeCodeForAddress(edge, { ...resetCode, ...asked, purpose: 'reset' }, charges())
    await ban(judge, person, { endsAt: new Date(nowMs + day) })
    const told = { outcome: 'banned', ban: { reason: 'Insults.' } }
    expect(await signIn(person)).toMatchObject(told)
    const enter = (id: typeof signInCode.id) => ({ verificationId: id, codeHash: 'right', charges: charges(), nowMs })
    expect((await enterWithCode(edge, { ...enter(signInCode.id), ...entryOf() })).result).toMatchObject(told)
    const undo = { id: `undo-${next}`, expiresAt: new Date(nowMs + day) }
    const reset = { ...enter(resetCode.id), ...entryOf(), passwordHash: 'new', undo }
    expect((await resetPassword(edge, reset)).result).toMatchObject(told)
    expect((await personOf(person)).passwordHash).toBe('-')
    expect(await sessionsOf(person)).toBe(0)
  })

  test('a code that is asked for opens nothing, and the mail says why', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const { email } = await personOf(person)
    await ban(judge, person)
    for (const purpose of ['sign-in', 'reset'] as const) {
      const asked = await writeCodeForAddress(
        edge,
        { ...newCode(), email, addressHash: hashOf(email), purpose },
        charges(),
      )
      expect(asked.written).toMatchObject({ isDecoy: true, ban: { reason: 'Insults.', endsAt: null } })
    }
  })

  test('the address stays banned when the account is gone', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const { email } = await personOf(person)
    const attempt = (code = newCode()) => ({
      ...code,
      email,
      addressHash: hashOf(email),
      name: 'Ann',
      passwordHash: 'phc',
      termsVersion: '1',
    })
    await ban(judge, person)
    await rows.db.delete(users).where(eq(users.id, person.userId))
    expect(await writeAttempt(edge, attempt())).toMatchObject({ isDecoy: true, ban: { reason: 'Insults.' } })
    const before = attempt()
    await writeAttempt(edge, { ...before, addressHash: 'another' })
    await rows.db
      .update(verifications)
      .set({ addressHash: hashOf(email) })
      .where(eq(verifications.id, before.id))
    const entered = { verificationId: before.id, codeHash: 'right', charges: charges(), nowMs, ...entryOf() }
    const { result } = await enterWithSignUpCode(edge, { ...entered, userId: numberedId('user', 9000) })
    expect(result, 'begun before the ban').toMatchObject({ outcome: 'banned' })
    expect(await rows.db.$count(users, eq(users.email, email))).toBe(0)
  })

  test('a session that was overlooked carries the ban', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const id = await ban(judge, person, { endsAt: new Date(nowMs + day) })
    await rows.db.insert(sessions).values({
      id: 'overlooked',
      userId: person.userId,
      expiresAt: rows.later(day),
      createdAt: start,
      lastSeenAt: start,
      userAgent: '',
    })
    expect((await findSession(edge, 'overlooked')).session).toMatchObject({
      banId: id,
      banReason: 'Insults.',
      banEndsAt: new Date(nowMs + day),
    })
  })

  test('what was signed before is refused when it arrives, and goes', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    await ban(judge, person)
    // As one that was reserved while the ban was being written.
    const late = await rows.addUpload(person)
    expect(await settleMany(rows.db, [ready(person, late)], nowMs + 1000)).toEqual([late])
    expect((await rows.db.select().from(media).where(eq(media.id, late)))[0]).toMatchObject({
      state: 'refused',
      refusalReason: 'owner_banned',
    })
    expect(await rows.db.select().from(deletions).where(eq(deletions.mediaId, late))).toHaveLength(1)
  })

  test('withdrawn items are out of sight, others stay, and a kept item stays', async () => {
    const [judge, person, other] = [await addJudge(), await rows.addAuthor(), await rows.addAuthor()]
    const [item, trashed, quarantined] = [
      await rows.addItem(person, start),
      await rows.addItem(person, start, { listing: 'trashed', trashedAt: start }),
      await rows.addItem(person, start, { listing: 'quarantined' }),
    ]
    const others = await rows.addItem(other, start)
    const id = await ban(judge, person, { items: 'withdraw' })
    const listings = async () => await Promise.all([item, trashed, quarantined, others].map(listingOf))
    expect(await listings()).toEqual(['withdrawn', 'trashed', 'quarantined', 'listed'])
    expect(await lift(judge, id)).toMatchObject({ person: { name: 'Ann' } })
    expect(await listings()).toEqual(['listed', 'trashed', 'quarantined', 'listed'])
    await ban(judge, other)
    expect(await listingOf(others)).toBe('listed')
  })
})

describe('the end of a ban', () => {
  test('comes by itself: they get in, and what was withdrawn comes with them', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const item = await rows.addItem(person, start)
    await ban(judge, person, { items: 'withdraw', endsAt: new Date(nowMs + day) })
    expect(await signIn(person, nowMs + day - 1)).toMatchObject({ outcome: 'banned' })
    expect(await signIn(person, nowMs + day)).toMatchObject({ outcome: 'opened' })
    expect(await listingOf(item)).toBe('listed')
    await rows.db.update(sessions).set({ steppedUpUntil: rows.later(9 * day), expiresAt: rows.later(9 * day) })
    expect(await banPerson(edge, await wishOf(judge, person, { nowMs: nowMs + day }))).toBe('banned')
  })

  test('is brought about once, by who may judge', async () => {
    const [judge, person] = [await addJudge(), await rows.addAuthor()]
    const id = await ban(judge, person)
    expect(await lift(person, id)).toBeNull()
    const lifts = await Promise.all([lift(judge, id), lift(judge, id), lift(judge, id)])
    expect(lifts.filter((lifted) => lifted !== null)).toHaveLength(1)
    expect(await signIn(person)).toMatchObject({ outcome: 'opened' })
    const log = await rows.db.select().from(auditEntries).where(eq(auditEntries.actorId, judge.userId))
    expect(log.map(({ action }) => action).toSorted()).toEqual(['person.banned', 'person.unbanned'])
  })
})

describe('at the same moment', () => {
  test('signing in leaves no session behind, whoever comes first', async () => {
    for (let round = 0; round < 15; round += 1) {
      const [judge, person] = [await addJudge(), await rows.addAuthor()]
      const wish = await wishOf(judge, person)
      const [outcome] = await Promise.all([banPerson(edge, wish), ...Array.from({ length: 4 }, () => signIn(person))])
      expect(outcome).toBe('banned')
      expect(await sessionsOf(person)).toBe(0)
    }
  })

  test('what is being reserved or settled is not seen by anybody afterwards', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [judge, person] = [await addJudge(), await rows.addAuthor()]
      const arriving = await rows.addUpload(person)
      const wish = await wishOf(judge, person, { items: 'withdraw' })
      const reserving = numberedId('media', 5000 + (next += 1))
      await Promise.all([
        banPerson(edge, wish),
        settleMany(rows.db, [ready(person, arriving)], nowMs),
        reserveUploads(edge, {
          author: person,
          batchId: crypto.randomUUID(),
          reservations: [
            {
              id: reserving,
              ordinal: 0,
              fileName: 'a.jpg',
              declaredType: 'image/jpeg',
              declaredBytes: 1000,
              declaredSha256: null,
              incomingKey: incomingKey(person.userId, reserving),
              allowDuplicate: false,
            },
          ],
          nowMs,
        }),
      ])
      await settleMany(rows.db, [ready(person, reserving)], nowMs + 1000)
      expect(await rows.db.$count(media, and(eq(media.ownerId, person.userId), eq(media.isPublic, true)))).toBe(0)
    }
  })
})

const ready = ({ userId }: Author, mediaId: MediaId) => makeReadyOutcome(userId, mediaId)
