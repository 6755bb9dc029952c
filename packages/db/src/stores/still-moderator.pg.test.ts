import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sessions, users } from '../schema/accounts.ts'
import type { Author } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)

async function addWithRole(role: SiteRole, steppedUpUntil: Date | null = rows.later(900_000)): Promise<Author> {
  const author = await rows.addAuthor()
  await rows.db.update(users).set({ role }).where(eq(users.id, author.userId))
  await rows.db.update(sessions).set({ steppedUpUntil }).where(eq(sessions.id, author.sessionId))
  return author
}

/** Whether a write with this condition, to a table that the condition reads itself, changes its row. */
async function mayWrite(author: Author, atMs = nowMs): Promise<boolean> {
  const changed = await edge
    .update(users)
    .set({ name: 'Changed' })
    .where(isStillModerator(edge, author, atMs))
    .returning({ id: users.id })
  return changed.length > 0
}

test('a moderator who was asked for a code lately may, and so may an administrator; nobody else', async () => {
  const moderator = await addWithRole('moderator')
  const member = await addWithRole('member')
  expect(await mayWrite(moderator)).toBe(true)
  expect(await mayWrite(await addWithRole('administrator'))).toBe(true)
  expect(await mayWrite(member)).toBe(false)
  expect(await mayWrite(await addWithRole('moderator', null))).toBe(false)
  expect(await mayWrite({ ...moderator, sessionId: member.sessionId })).toBe(false)
})

test('the authority ends with the code, with the session and with the role', async () => {
  const moderator = await addWithRole('moderator')
  expect(await mayWrite(moderator, start.getTime() + 900_000)).toBe(false)
  const longCode = await addWithRole('moderator', rows.later(7_200_000))
  expect(await mayWrite(longCode, start.getTime() + 3_600_000)).toBe(false)
  await rows.db.update(users).set({ role: 'member' }).where(eq(users.id, moderator.userId))
  expect(await mayWrite(moderator)).toBe(false)
})
