import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { sessions, users } from '../schema/accounts.ts'
import { bans } from '../schema/bans.ts'
import * as store from './administrator-store.ts'

const grantAdministrator = audited(store.grantAdministrator)
const setPlan = audited(store.setPlan)
const setRole = audited(store.setRole)

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)

beforeEach(() => rows.db.update(users).set({ role: 'member' }))
async function addAdministrator(): Promise<Author> {
  const author = await rows.addAuthor('Admin')
  await rows.db.update(users).set({ role: 'administrator' }).where(eq(users.id, author.userId))
  await rows.db
    .update(sessions)
    .set({ steppedUpUntil: rows.later(900_000) })
    .where(eq(sessions.id, author.sessionId))
  return author
}

const administrators = () => rows.db.$count(users, eq(users.role, 'administrator'))
const planOf = async ({ userId }: Author) =>
  (await rows.db.select({ plan: users.plan }).from(users).where(eq(users.id, userId)))[0]?.plan

test('a plan is set by an administrator who was asked for a code lately, and by nobody else', async () => {
  const [admin, member] = [await addAdministrator(), await rows.addAuthor()]
  const wish = { userId: member.userId, plan: 'pro' as const, nowMs }
  expect(await setPlan(edge, { ...wish, author: member })).toBe(false)
  expect(await setPlan(edge, { ...wish, author: admin, nowMs: start.getTime() + 900_000 })).toBe(false)
  expect(await setPlan(edge, { ...wish, author: { ...admin, sessionId: member.sessionId } })).toBe(false)
  expect(await planOf(member)).not.toBe('pro')
  expect(await setPlan(edge, { ...wish, author: admin })).toBe(true)
  expect(await planOf(member)).toBe('pro')
  expect(await setPlan(edge, { ...wish, author: admin, userId: numberedId('user', 9999) })).toBe(false)
})

test('the last administrator stays one', async () => {
  const admin = await addAdministrator()
  const give = { author: admin, userId: admin.userId, role: 'member' as const, nowMs }
  expect(await setRole(edge, give)).toBe('last_administrator')
  const second = await rows.addAuthor()
  expect(await setRole(edge, { ...give, userId: second.userId, role: 'administrator' })).toBe('changed')
  expect(await setRole(edge, give)).toBe('changed')
  expect(await setRole(edge, { ...give, userId: second.userId })).toBe('not_found')
  expect(await administrators()).toBe(1)
})

test('whoever is banned gets no role until the ban is over', async () => {
  const [admin, banned] = [await addAdministrator(), await rows.addAuthor()]
  const banId = numberedId('ban', 1)
  const ban = { id: banId, userId: banned.userId, addressHash: 'x', reason: 'Spam', bannedBy: admin.userId }
  await rows.db.insert(bans).values({ ...ban, items: 'keep', bannedAt: start, endsAt: rows.later(60_000) })
  await rows.db.update(users).set({ banId }).where(eq(users.id, banned.userId))
  const give = { author: admin, userId: banned.userId, role: 'administrator' as const }
  expect(await setRole(edge, { ...give, nowMs })).toBe('not_found')
  expect(await setRole(edge, { ...give, nowMs: rows.later(60_000).getTime() })).toBe('changed')
})

test('of administrators who take the role from each other at once one is left, every time', async () => {
  for (let round = 0; round < 10; round += 1) {
    await rows.db.update(users).set({ role: 'member' })
    const [a, b] = [await addAdministrator(), await addAdministrator()]
    const outcomes = await Promise.all([
      setRole(edge, { author: a, userId: b.userId, role: 'member', nowMs }),
      setRole(edge, { author: b, userId: a.userId, role: 'member', nowMs }),
    ])
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(1)
    expect(await administrators()).toBe(1)
  }
})

test('the first one is made by address', async () => {
  const author = await rows.addAuthor('First')
  const [user] = await rows.db.select().from(users).where(eq(users.id, author.userId))
  expect(await grantAdministrator(rows.db, { email: ` ${user!.email.toUpperCase()} ` })).toEqual({ name: 'First' })
  expect(await administrators()).toBe(1)
  expect(await grantAdministrator(rows.db, { email: 'nobody@example.org' })).toBeNull()
})
