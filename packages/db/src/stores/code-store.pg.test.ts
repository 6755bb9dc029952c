import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sessions, users, verifications } from '../schema/accounts.ts'
import { writeAttempt } from './account-store.ts'
import { findAttempt, renewCode } from './code-store.ts'
import { enterWithSignUpCode } from './entry-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
let next = 1000

async function begin(email: string): Promise<VerificationId> {
  const id = numberedId('verification', (next += 1))
  const expiresAt = new Date(start.getTime() + 600_000)
  await writeAttempt(edge, {
    id,
    email,
    addressHash: '',
    name: 'Ann',
    passwordHash: 'phc',
    termsVersion: '1',
    codeHash: 'right',
    createdAt: start,
    expiresAt,
  })
  return id
}

function enter(
  verificationId: VerificationId,
  codeHash: string,
  change: Partial<Parameters<typeof enterWithSignUpCode>[1]> = {},
) {
  const n = (next += 1)
  const userId = numberedId('user', n)
  return enterWithSignUpCode(edge, {
    verificationId,
    codeHash,
    userId,
    session: {
      id: `hash-${n}`,
      expiresAt: rows.later(1e9),
      createdAt: start,
      userAgent: 'test',
      country: null,
      city: null,
    },
    deviceId: 'device',
    replacedSessionId: null,
    charges: [charge(`free-${n}`)],
    nowMs,
    ...change,
  })
}

const charge = (key: string, timesMax = 1000) => ({ key, windowSeconds: 60, windowStart: start, timesMax })

test('the right code makes the account and its session, once', async () => {
  const id = await begin('once@example.org')
  const { result } = await enter(id, 'right')
  expect(result).toMatchObject({ outcome: 'opened', user: { name: 'Ann', email: 'once@example.org' } })
  const [user] = await rows.db.select().from(users).where(eq(users.email, 'once@example.org'))
  const opened = await rows.db.select().from(sessions).where(eq(sessions.userId, user!.id))
  expect(opened).toHaveLength(1)
  expect((await enter(id, 'right')).result).toEqual({ outcome: 'spent' })
})

test('thirty wrong codes at once use up five attempts and never more', async () => {
  const id = await begin('hammered@example.org')
  const answers = await Promise.all(Array.from({ length: 30 }, () => enter(id, 'wrong')))
  const outcomes = answers.map(({ result }) => result.outcome)
  expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5)
  expect(outcomes.filter((outcome) => outcome === 'spent')).toHaveLength(25)
  const [row] = await rows.db.select().from(verifications).where(eq(verifications.id, id))
  expect(row?.attempts).toBe(5)
  expect((await enter(id, 'right')).result).toEqual({ outcome: 'spent' })
})

test('twenty right codes at once open one account', async () => {
  const id = await begin('parallel@example.org')
  const answers = await Promise.all(Array.from({ length: 20 }, () => enter(id, 'right')))
  expect(answers.filter(({ result }) => result.outcome === 'opened')).toHaveLength(1)
})

test('of two attempts for one address the second is refused cleanly', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => begin('raced@example.org')))
  const answers = await Promise.all(ids.map((id) => enter(id, 'right')))
  expect(answers.filter(({ result }) => result.outcome === 'opened')).toHaveLength(1)
  expect(answers.filter(({ result }) => result.outcome === 'spent')).toHaveLength(7)
})

test('no code opens a decoy, and it answers like any attempt', async () => {
  const known = await rows.addAuthor('Known')
  const [user] = await rows.db.select().from(users).where(eq(users.id, known.userId))
  const id = await begin(user!.email)
  const outcomes = []
  for (let n = 0; n < 6; n += 1) outcomes.push((await enter(id, 'right')).result.outcome)
  expect(outcomes).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'spent'])
})

test('an expired code is spent, an unknown attempt unknown', async () => {
  const id = await begin('late@example.org')
  expect((await enter(id, 'right', { nowMs: start.getTime() + 600_000 })).result).toEqual({ outcome: 'spent' })
  expect((await enter(numberedId('verification', 1), 'right')).result).toEqual({ outcome: 'unknown' })
})

test('a call over its limit is counted and changes nothing else', async () => {
  const id = await begin('limited@example.org')
  const charges = [charge('tight', 0)]
  const { counted } = await enter(id, 'right', { charges })
  expect(counted).toMatchObject([{ key: 'tight', count: 1 }])
  const [row] = await rows.db.select().from(verifications).where(eq(verifications.id, id))
  expect(row).toMatchObject({ attempts: 0, consumedAt: null })
  expect((await enter(id, 'right')).result.outcome).toBe('opened')
})

test('a new code replaces the old one and brings its own attempts', async () => {
  const id = await begin('again@example.org')
  for (let n = 0; n < 5; n += 1) await enter(id, 'wrong')
  const expiresAt = new Date(start.getTime() + 1_200_000)
  const renewal = { verificationId: id, codeHash: 'newer', expiresAt }
  expect(await renewCode(edge, { ...renewal, charges: [charge('over', 0)] })).toMatchObject({ isRenewed: false })
  expect((await enter(id, 'newer')).result.outcome).toBe('spent')
  expect(await renewCode(edge, { ...renewal, charges: [charge('within')] })).toMatchObject({ isRenewed: true })
  expect((await enter(id, 'right')).result.outcome).toBe('wrong')
  expect((await enter(id, 'newer')).result.outcome).toBe('opened')
  expect(await renewCode(edge, { ...renewal, charges: [charge('within')] })).toMatchObject({ isRenewed: false })
  expect((await findAttempt(edge, id, [charge('look')], start.getTime())).attempt).toMatchObject({
    isConsumed: true,
    isDecoy: false,
  })
})
