// Who belongs to a group. Every read puts `sessionQuery` and `membershipQuery` first in its batch, and its other
// statements carry `isMemberOf` themselves: nothing leaves Postgres for somebody who does not belong. A write repeats it.
import { and, asc, eq, or, sql, type SQL } from 'drizzle-orm'
import { isAtLeast, roles, type Role } from '@shoebox/shared/groups/roles.ts'
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Given, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { isApart, isNotApart, viewerId, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { Author, SessionRead } from './session-store.ts'

/** Who reads, of which group. */
export type MemberWish = { readonly sessionId: string; readonly groupId: GroupId; readonly nowMs: number }

/** Who changes something, in which group. */
export type GroupChange = { readonly author: Author; readonly groupId: GroupId; readonly nowMs: number }

const quoted = (words: readonly string[]): SQL => sql.raw(words.map((word) => `'${word}'`).join(', '))

const rolesFrom = (least: Role): SQL => quoted(roles.filter((role) => isAtLeast(role, least)))

/** A role as a number, for comparing who stands above whom. Null for no role. */
export const rankOf = (role: SQL): SQL => sql`array_position(array[${quoted(roles)}], ${role})`

/**
 * A condition: the user of the living session belongs to the group, with at least this role.
 * @param group a column or a parameter
 */
export const isMemberOf = ({ sessionId, nowMs }: Given<Viewer>, group: SQL, least: Role): SQL => sql`exists (
    select 1 from memberships as mine join sessions on sessions.user_id = mine.user_id
    where sessions.id = ${sessionId} and sessions.expires_at > ${moment(nowMs)} and mine.group_id = ${group}
      and mine.role in (${rolesFrom(least)}))`

/** The same for the author of a change. */
export const mayChange = ({ author, groupId, nowMs }: GroupChange, least: Role): SQL =>
  isMemberOf({ sessionId: author.sessionId, nowMs }, uuid(groupId), least)

/**
 * The lock under which memberships, roles and uses of invites change, before anything but the person who comes in. Not
 * the strongest one, so that an upload into the group need not wait for it. After it come, in this order, memberships,
 * rows of media, quota.
 */
export const lockGroup = (db: EdgeDatabase, groupId: GroupId) =>
  db.execute(sql`select 1 from groups where id = ${uuid(groupId)} for no key update`)

/**
 * The lock under which the groups of one person are counted, so that many ways into one at once do not pass the limit
 * together. The first statement of a batch: nobody waits for a person while they hold a group that others wait for.
 */
export const lockPerson = (db: EdgeDatabase, person: SQL) =>
  db.execute(sql`select 1 from users where id = (${person}) for no key update`)

const ownQuery = declareQuery((db, wish: Slots<MemberWish>) =>
  db
    .select({
      groupId: memberships.groupId,
      role: memberships.role,
      joinedAt: memberships.joinedAt,
      seenAt: memberships.seenAt,
      notifications: memberships.notifications,
    })
    .from(memberships)
    .where(and(matches(memberships.groupId, wish.groupId), eq(memberships.userId, viewerId(wish)))),
)

/** What the session's user is in the group, if anything. */
export const membershipQuery = (db: EdgeDatabase, { sessionId, groupId, nowMs }: MemberWish) =>
  ownQuery(db, { sessionId, groupId, nowMs })

export type MembershipRow = Awaited<ReturnType<typeof membershipQuery>>[number]

/** What a member reads of a group, beside what shows that they are one. */
export type GroupRead<T> = SessionRead<{ readonly membership: MembershipRow | null; readonly found: T }>

export async function findMembership(db: EdgeDatabase, wish: MemberWish): Promise<GroupRead<null>> {
  const [session, [membership]] = await readAs(db, wish.sessionId, [membershipQuery(db, wish)])
  return { session, data: { membership: membership ?? null, found: null } }
}

/** The avatar of the row of `users` at hand, as JSON or null. */
export const avatarOf = (user: string): SQL<{ id: string; generation: string } | null> =>
  sql.raw(`(select json_build_object('id', avatar.id, 'generation', avatar.generation) from media as avatar
      where avatar.id = ${user}.avatar_id and avatar.owner_id = ${user}.id and avatar.state = 'ready'
        and avatar.listing = 'listed' and avatar.purpose = 'avatar')`) as SQL<{ id: string; generation: string } | null>

/**
 * Everybody in the group whom the viewer meets, in the order of their roles and of joining. Admins have a group to look
 * after, so they are shown people apart from them as well; the items they do not see count for nothing here either.
 */
const membersQuery = declareQuery((db, wish: Slots<MemberWish>) => {
  // One pass over the gallery, however many they are.
  const added = db
    .select({ ownerId: media.ownerId, count: sql<number>`count(*)`.mapWith(Number).as('count') })
    .from(media)
    .where(and(matches(media.groupId, wish.groupId), sql`${media.isInGallery}`))
    .groupBy(media.ownerId)
    .as('added')
  const viewer = viewerId(wish)
  const member = sql`${memberships.userId}`
  const group = uuid(wish.groupId)
  return db
    .select({
      id: users.id,
      name: users.name,
      avatar: avatarOf('users'),
      role: memberships.role,
      joinedAt: memberships.joinedAt,
      itemCount: sql<number>`case when ${isApart(viewer, member)} then 0 else coalesce(${added.count}, 0) end`.mapWith(
        Number,
      ),
      /** By the viewer; that they were blocked is told to nobody. */
      isBlocked: sql<boolean>`exists (
          select 1 from blocks where blocker_id = ${viewer} and blocked_id = ${member})`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(added, eq(added.ownerId, memberships.userId))
    .where(
      and(
        matches(memberships.groupId, wish.groupId),
        isMemberOf(wish, group, 'viewer'),
        or(isMemberOf(wish, group, 'admin'), isNotApart(viewer, member)),
      ),
    )
    .orderBy(sql`${rankOf(sql`${memberships.role}`)} desc`, asc(memberships.joinedAt), asc(memberships.userId))
})

export async function findMembers(db: EdgeDatabase, wish: MemberWish) {
  const [session, [membership], found] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    membersQuery(db, wish),
  ])
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

/** Stores how much somebody wants to be told of the group. */
export async function setNotifications(
  db: EdgeDatabase,
  change: GroupChange & { readonly level: NotificationLevel },
): Promise<boolean> {
  const changed = await db
    .update(memberships)
    .set({ notifications: change.level })
    .where(and(isOwnMembership(change), mayChange(change, 'viewer')))
    .returning({ role: memberships.role })
  return changed.length > 0
}

/** Notes that somebody has seen the gallery. Never goes back. */
export async function markSeen(db: EdgeDatabase, change: GroupChange): Promise<boolean> {
  const changed = await db
    .update(memberships)
    .set({ seenAt: sql`greatest(${memberships.seenAt}, ${moment(change.nowMs)})` })
    .where(and(isOwnMembership(change), mayChange(change, 'viewer')))
    .returning({ role: memberships.role })
  return changed.length > 0
}

const isOwnMembership = ({ author, groupId }: GroupChange) =>
  and(eq(memberships.groupId, groupId), eq(memberships.userId, author.userId))
