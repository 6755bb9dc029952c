// People and a group as the application would have left them, written straight into the database: everybody new in each
// world, so that nothing one call does is seen by the next.
import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { makeId, type GroupId, type Id, type IdKind, type MediaId, type UserId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { groups, memberships } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { sessionCookieName } from '../src/sessions/session-cookie.ts'
import type { Edge } from './start-edge.ts'
import { Visitor } from './visitor.ts'

export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))

export type Person = { readonly userId: UserId; readonly email: string; readonly visitor: Visitor }

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Somebody signed in, with a browser. */
export async function addPerson(db: PoolDatabase, edge: Edge, name = 'Ann'): Promise<Person> {
  const [person] = await addPeople(db, edge, [name])
  if (person === undefined) throw new Error('nobody was added')
  return person
}

/** Several of them in two statements: a matrix makes thousands. */
export async function addPeople(db: PoolDatabase, edge: Edge, names: readonly string[]): Promise<Person[]> {
  const now = new Date()
  const people = names.map((name) => {
    const userId = newId('user')
    const token = [...randomBytes(40)].map((byte) => alphabet[byte % 32]).join('')
    return { userId, name, token, email: `${userId}@world.example.org` }
  })
  await db.insert(users).values(
    people.map(({ userId, email, name }) => ({
      id: userId,
      email,
      name,
      passwordHash: '-',
      emailVerifiedAt: now,
      createdAt: now,
      termsVersion,
      termsAcceptedAt: now,
    })),
  )
  await db.insert(sessions).values(
    people.map(({ userId, token }) => ({
      id: createHash('sha256').update(token).digest('base64url'),
      userId,
      expiresAt: new Date(now.getTime() + 20 * 86_400_000),
      createdAt: now,
      lastSeenAt: now,
      userAgent: 'test',
    })),
  )
  return people.map(({ userId, email, token }) => {
    const visitor = new Visitor(edge)
    visitor.cookie = `${sessionCookieName}=${token}`
    return { userId, email, visitor }
  })
}

/** Gives somebody the role, and has them entered a code just now. */
export async function makeModerator(
  db: PoolDatabase,
  { userId }: Pick<Person, 'userId'>,
  role: Exclude<SiteRole, 'member'> = 'moderator',
): Promise<void> {
  await db.update(users).set({ role }).where(eq(users.id, userId))
  await db
    .update(sessions)
    .set({ steppedUpUntil: after(new Date(), 900_000) })
    .where(eq(sessions.userId, userId))
}

export async function addGroup(
  db: PoolDatabase,
  members: readonly (readonly [Person, Role])[],
  columns: Partial<typeof groups.$inferInsert> = {},
): Promise<GroupId> {
  const id = newId('group')
  const now = new Date()
  const dates = { createdAt: now, activeAt: now }
  await db
    .insert(groups)
    .values({ id, name: 'Friends', memberCount: members.length, joining: 'open', ...dates, ...columns })
  if (members.length > 0)
    await db
      .insert(memberships)
      .values(
        members.map(([{ userId }, role], n) => ({ groupId: id, userId, role, joinedAt: after(now, n), seenAt: now })),
      )
  return id
}

const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms)

export const generation = '0123456789abcdef'

type MediaRow = typeof media.$inferInsert & { readonly id: MediaId }

/** A file of somebody's: waiting for its bytes, or with the columns of a ready item. */
export function mediaRow(
  { userId }: Pick<Person, 'userId'>,
  columns: Partial<typeof media.$inferInsert> = {},
): MediaRow {
  const id = newId('media')
  return {
    ownerId: userId,
    batchId: crypto.randomUUID(),
    ordinal: 0,
    fileName: 'photo.jpg',
    declaredType: 'image/jpeg',
    declaredBytes: 1000,
    declaredSha256: randomBytes(32).toString('base64'),
    state: 'reserved',
    incomingKey: incomingKey(userId, id),
    createdAt: new Date(),
    ...columns,
    id,
  }
}

/** A ready picture in a gallery, or in the public feed. */
export const pictureRow = (
  person: Pick<Person, 'userId'>,
  groupId: GroupId | null,
  columns: Partial<typeof media.$inferInsert> = {},
): MediaRow =>
  mediaRow(person, {
    groupId,
    state: 'ready',
    settledAt: new Date(),
    publishedAt: new Date(),
    timelineAt: new Date(),
    type: 'image/jpeg',
    kind: 'image',
    bytes: 1000,
    sha256: randomBytes(32).toString('base64'),
    generation,
    widthPx: 800,
    heightPx: 600,
    thumbhash: 'AAAA',
    dominantColor: '#336699',
    derivatives: [{ name: 'tile', widthPx: 640, heightPx: 480, bytes: 100 }],
    ...columns,
  })

/** The same, written. */
export async function addPicture(
  db: PoolDatabase,
  person: Pick<Person, 'userId'>,
  groupId: GroupId | null,
  columns: Partial<typeof media.$inferInsert> = {},
): Promise<MediaId> {
  const row = pictureRow(person, groupId, columns)
  await db.insert(media).values(row)
  return row.id
}
