// A hundred people at the same moment where all of them want one row: everybody gets an answer, and the right one.
import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { groups, joinRequests, memberships } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { addGroup, addPerson, addPicture, type Person } from '../test/group-world.ts'
import { openEdge } from '../test/open-edge.ts'
import type { Answer } from '../test/visitor.ts'
import type { Invite } from './invites/invites.schema.ts'

const { edge, db } = await openEdge()
let owner: Person
let people: Person[]
let groupId: GroupId

beforeAll(async () => {
  owner = await addPerson(db, edge)
  people = await Promise.all(Array.from({ length: 100 }, () => addPerson(db, edge)))
  groupId = await addGroup(db, [[owner, 'owner']])
})

async function createInvite(wish: object): Promise<string> {
  const { data } = await owner.visitor.mutate('invites.create', { groupId, role: 'contributor', ...wish })
  return (data as { invite: Invite }).invite.code
}

const everybody = async (procedure: string, input: unknown): Promise<Record<string, number>> =>
  countAnswers(await Promise.all(people.map(({ visitor }) => visitor.mutate(procedure, input))))

/** How often each answer was given, by its code. */
const countAnswers = (answers: readonly Answer[]): Record<string, number> =>
  answers.reduce<Record<string, number>>((counts, { status, refusal }) => {
    const said = refusal === null ? String(status) : refusal.code
    return { ...counts, [said]: (counts[said] ?? 0) + 1 }
  }, {})

test('an invite for 30 lets 30 in, and tells the others that it is not valid', async () => {
  const code = await createInvite({ usesMax: 30 })
  expect(await everybody('invites.join', { code })).toEqual({ 200: 30, invite_not_valid: 70 })
  expect(await db.select().from(memberships).where(eq(memberships.groupId, groupId))).toHaveLength(31)
  const [group] = await db.select().from(groups).where(eq(groups.id, groupId))
  expect(group?.memberCount).toBe(31)
})

test('an invite for 30 that needs approval takes 30 requests of those who are not in yet', async () => {
  const code = await createInvite({ usesMax: 30, needsApproval: true })
  expect(await everybody('invites.join', { code })).toEqual({ 200: 60, invite_not_valid: 40 })
  expect(await db.select().from(joinRequests).where(eq(joinRequests.groupId, groupId))).toHaveLength(30)
})

test('likes of one picture and comments on it are counted, each of them', async () => {
  const mediaId = await addPicture(db, owner, null)
  expect(await everybody('likes.like', { mediaId })).toEqual({ 200: 100 })
  const inGroup = await addPicture(db, owner, groupId)
  expect(await everybody('comments.add', { mediaId: inGroup, text: 'me first' })).toEqual({ 200: 30, not_found: 70 })
  const counts = await db.select({ likes: media.likeCount, comments: media.commentCount }).from(media).orderBy(media.id)
  expect(counts).toEqual([
    { likes: 100, comments: 0 },
    { likes: 0, comments: 30 },
  ])
})

test('whoever would wait too long is told that much is going on and when to ask again, and nothing was done', async () => {
  const code = await createInvite({})
  const stranger = await addPerson(db, edge)
  // Only for sessions from now on, so those that are open end, and have ended before anybody is asked: the request
  // would be one more that its session takes along.
  await db.execute(sql`
    do $$ begin execute format('alter database %I set lock_timeout = ''100ms''', current_database()); end $$`)
  await db.execute(sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
  const answer = await db.transaction(async (holding) => {
    await holding.execute(sql`select 1 from groups where id = ${uuidOf(groupId)} for update`)
    return await stranger.visitor.mutate('invites.join', { code })
  })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(answer.text).toContain('"message":"busy"')
  await expect.poll(() => edge.logged.join('\n')).toContain('"sqlState":"55P03"')
  expect((await stranger.visitor.mutate('invites.join', { code })).data).toEqual({ joined: true, groupId })
})
