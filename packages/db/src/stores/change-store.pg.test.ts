import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sessions, undos, users } from '../schema/accounts.ts'
import { writeAttempt } from './account-store.ts'
import { changeAddress, changePassword, stepUp, undoChange } from './change-store.ts'
import { writeAddressCode, writeCodeForAddress, writeStepUpCode } from './code-store.ts'
import { enterWithCode, enterWithPassword, resetPassword } from './entry-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const day = 86_400_000
const { rows, edge } = await openDatabase(start)
let next = 1000

const free = () => [{ key: `free-${(next += 1)}`, windowSeconds: 60, windowStart: start, timesMax: 1000 }]
const newCode = () => ({
  id: numberedId('verification', (next += 1)),
  codeHash: 'right',
  addressHash: '',
  createdAt: start,
  expiresAt: new Date(start.getTime() + 600_000),
})
const undo = (id = `undo-${(next += 1)}`) => ({ id, expiresAt: new Date(start.getTime() + 7 * day) })
const entry = () => ({
  session: { ...at(), id: `opened-${(next += 1)}`, userAgent: 'test', country: 'TR', city: 'İzmir' },
  deviceId: `device-${next}`,
  replacedSessionId: null,
})
const at = () => ({ createdAt: start, expiresAt: new Date(start.getTime() + day) })
const entering = (verificationId: VerificationId, codeHash = 'right') => ({
  verificationId,
  codeHash,
  charges: free(),
  nowMs,
})
const emailOf = async (author: Author) => (await userOf(author)).email
const userOf = async ({ userId }: Author) => {
  const [user] = await rows.db.select().from(users).where(eq(users.id, userId))
  if (user === undefined) throw new Error('no such user')
  return user
}
const sessionsOf = ({ userId }: Author) => rows.db.$count(sessions, eq(sessions.userId, userId))

async function addSession(author: Author): Promise<string> {
  const id = `more-${(next += 1)}`
  await rows.db.insert(sessions).values({ ...at(), id, userId: author.userId, lastSeenAt: start, userAgent: 'test' })
  return id
}

/** Asks for the address; the code mailed to it is entered under the id. */
async function askFor(author: Author, email: string) {
  const code = newCode()
  await writeAddressCode(edge, { ...code, author, nowMs, email, passwordHash: '-' })
  return code.id
}

async function moveTo(author: Author, email: string, way = undo()) {
  return changeAddress(edge, { ...entering(await askFor(author, email)), author, undo: way })
}

describe('a changed password', () => {
  test('ends the other sessions, also one opened at the same time, and leaves a way back', async () => {
    const author = await rows.addAuthor()
    await Promise.all([addSession(author), addSession(author)])
    const way = undo()
    const change = { author, seenHash: '-', passwordHash: 'new', undo: way, nowMs }
    const late = Array.from({ length: 10 }, () =>
      enterWithPassword(edge, { ...entry(), userId: author.userId, passwordHash: '-' }),
    )
    const [isChanged] = await Promise.all([changePassword(edge, change), ...late])
    expect(isChanged).toBe(true)
    expect(await sessionsOf(author)).toBe(1)
    expect((await userOf(author)).passwordHash).toBe('new')
    expect(await rows.db.$count(undos, eq(undos.id, way.id))).toBe(1)
  })

  test('is refused when the password or the session is another by now, and ends nothing', async () => {
    const author = await rows.addAuthor()
    await addSession(author)
    const change = { author, seenHash: 'another', passwordHash: 'new', undo: undo(), nowMs }
    expect(await changePassword(edge, change)).toBe(false)
    const ended = { userId: author.userId, sessionId: 'ended' }
    expect(await changePassword(edge, { ...change, seenHash: '-', author: ended })).toBe(false)
    expect(await sessionsOf(author)).toBe(2)
  })

  test('by code ends every session but the one it opens, and only for the address that it was sent to', async () => {
    const author = await rows.addAuthor()
    await addSession(author)
    const code = newCode()
    await writeCodeForAddress(edge, { ...code, purpose: 'reset', email: await emailOf(author) }, free())
    const wish = { ...entering(code.id), ...entry(), passwordHash: 'new', undo: undo() }
    const { result } = await resetPassword(edge, wish)
    expect(result).toMatchObject({ outcome: 'opened', isNewDevice: true, user: { id: author.userId } })
    expect(await sessionsOf(author)).toBe(1)
    expect((await resetPassword(edge, { ...wish, ...entry() })).result).toEqual({ outcome: 'spent' })
    expect(await sessionsOf(author)).toBe(1)

    const second = newCode()
    await writeCodeForAddress(edge, { ...second, purpose: 'reset', email: await emailOf(author) }, free())
    await rows.db.update(users).set({ email: 'moved-away@example.org' }).where(eq(users.id, author.userId))
    const late = { ...entering(second.id), ...entry(), passwordHash: 'newer', undo: undo() }
    expect((await resetPassword(edge, late)).result).toEqual({ outcome: 'spent' })
    expect((await userOf(author)).passwordHash).toBe('new')
    expect(await sessionsOf(author)).toBe(1)
  })
})

describe('a code to sign in with', () => {
  test('is a decoy for an unknown address, and opens nothing for another purpose', async () => {
    const code = newCode()
    const unknown = { ...code, purpose: 'sign-in' as const, email: 'nobody@example.org' }
    expect((await writeCodeForAddress(edge, unknown, free())).written).toMatchObject({ isDecoy: true, name: '' })
    expect((await enterWithCode(edge, { ...entering(code.id), ...entry() })).result).toEqual({ outcome: 'wrong' })

    const author = await rows.addAuthor()
    const reset = newCode()
    await writeCodeForAddress(edge, { ...reset, purpose: 'reset', email: await emailOf(author) }, free())
    expect((await enterWithCode(edge, { ...entering(reset.id), ...entry() })).result).toEqual({ outcome: 'unknown' })
  })

  test('opens one session, however many enter it at once, and tells a new browser from a known one', async () => {
    const author = await rows.addAuthor()
    const known = entry()
    for (const isNewDevice of [true, false]) {
      const code = newCode()
      await writeCodeForAddress(edge, { ...code, purpose: 'sign-in', email: await emailOf(author) }, free())
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          enterWithCode(edge, { ...entering(code.id), ...entry(), deviceId: known.deviceId }),
        ),
      )
      const opened = answers.filter(({ result }) => result.outcome === 'opened')
      expect(opened.map(({ result }) => result)).toMatchObject([{ isNewDevice }])
    }
    expect(await sessionsOf(author)).toBe(3)
  })

  test('is not written over a limit', async () => {
    const tight = [{ ...free()[0]!, timesMax: 0 }]
    const code = { ...newCode(), purpose: 'sign-in' as const, email: 'limited@example.org' }
    expect((await writeCodeForAddress(edge, code, tight)).written).toBeNull()
  })
})

describe('a changed address', () => {
  test('is the one that the code was mailed to, and the old one stays reserved while it can be undone', async () => {
    const author = await rows.addAuthor()
    const old = await emailOf(author)
    const { result } = await moveTo(author, 'moved@example.org')
    expect(result).toMatchObject({ outcome: 'changed', email: 'moved@example.org', oldEmail: old })
    const code = newCode()
    const signUp = { ...code, email: old, name: 'Eve', passwordHash: '-', termsVersion: '1' }
    expect(await writeAttempt(edge, signUp)).toEqual({ isDecoy: true, ban: null })
    const later = { ...signUp, id: newCode().id, createdAt: new Date(start.getTime() + 8 * day) }
    expect(await writeAttempt(edge, later)).toEqual({ isDecoy: false, ban: null })
  })

  test('can only be entered in the session that asked for it', async () => {
    const [author, thief] = [await rows.addAuthor(), await rows.addAuthor()]
    const code = newCode()
    await writeAddressCode(edge, { ...code, author, nowMs, email: 'mine@example.org', passwordHash: '-' })
    const other = { userId: author.userId, sessionId: await addSession(author) }
    for (const who of [thief, other]) {
      const { result } = await changeAddress(edge, { ...entering(code.id), author: who, undo: undo() })
      expect(result).toEqual({ outcome: 'spent' })
    }
    expect((await changeAddress(edge, { ...entering(code.id), author, undo: undo() })).result.outcome).toBe('changed')
  })

  test('goes to one of two accounts that want it at once, and never to one whose it cannot be', async () => {
    const askers = []
    for (const author of [await rows.addAuthor(), await rows.addAuthor()])
      askers.push({ author, ...entering(await askFor(author, 'wanted@example.org')), undo: undo() })
    const answers = await Promise.all(askers.map((asker) => changeAddress(edge, asker)))
    expect(answers.map(({ result }) => result.outcome).toSorted()).toEqual(['changed', 'spent'])
    const taken = await moveTo(await rows.addAuthor(), 'wanted@example.org')
    expect(taken.result).toEqual({ outcome: 'wrong' })
  })
})

describe('undoing a change', () => {
  test('gives the address back, voids the password, ends all sessions and every younger way back', async () => {
    const author = await rows.addAuthor()
    const old = await emailOf(author)
    const [mine, theirs] = [undo(), undo()]
    await moveTo(author, 'thief@example.org', mine)
    await moveTo(author, 'thief-again@example.org', theirs)
    const undone = await undoChange(edge, { undoId: mine.id, charges: free(), nowMs })
    expect(undone.account).toMatchObject({ id: author.userId, email: old })
    expect(await userOf(author)).toMatchObject({ email: old, passwordHash: null })
    expect(await sessionsOf(author)).toBe(0)
    for (const { id } of [theirs, mine]) {
      expect((await undoChange(edge, { undoId: id, charges: free(), nowMs })).account).toBeNull()
    }
    expect(await emailOf(author)).toBe(old)
  })

  test('is over after seven days, and never happens over a limit', async () => {
    const author = await rows.addAuthor()
    const way = undo()
    await moveTo(author, 'late@example.org', way)
    const tight = [{ ...free()[0]!, timesMax: 0 }]
    expect((await undoChange(edge, { undoId: way.id, charges: tight, nowMs })).account).toBeNull()
    const late = { undoId: way.id, charges: free(), nowMs: start.getTime() + 7 * day }
    expect((await undoChange(edge, late)).account).toBeNull()
    expect(await emailOf(author)).toBe('late@example.org')
  })

  test('works once, also when it comes ten times at once', async () => {
    const author = await rows.addAuthor()
    const way = undo()
    await moveTo(author, 'raced-undo@example.org', way)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => undoChange(edge, { undoId: way.id, charges: free(), nowMs })),
    )
    expect(answers.filter(({ account }) => account !== null)).toHaveLength(1)
  })
})

test('a step-up counts in the session that asked for it, and in no other', async () => {
  const author = await rows.addAuthor()
  const other = { userId: author.userId, sessionId: await addSession(author) }
  const code = newCode()
  const { written } = await writeStepUpCode(edge, { ...code, author, nowMs }, free())
  expect(written).toEqual({ name: 'Ann', email: await emailOf(author), isDecoy: false, ban: null })
  const steppedUpUntil = new Date(nowMs + 900_000)
  const enter = (who: Author) => stepUp(edge, { ...entering(code.id), author: who, steppedUpUntil })
  expect((await enter(other)).result).toEqual({ outcome: 'spent' })
  expect((await enter(author)).result).toEqual({ outcome: 'stepped-up' })
  const stepped = await rows.db
    .select()
    .from(sessions)
    .where(sql`stepped_up_until is not null`)
  expect(stepped.map(({ id }) => id)).toEqual([author.sessionId])
})
