// Groups themselves: made, read, changed. Memberships are membership-store.ts and member-change-store.ts.
import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { JoiningMode } from '@shoebox/shared/groups/joining.ts'
import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { groups, memberships } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { mark, marked, whereMarked } from './batch-mark.ts'
import { purgeItems } from './deletion-store.ts'
import { isApart, isNotApart, isOfNobodyApart, viewerId, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import {
  avatarOf,
  isMemberOf,
  lockPerson,
  mayChange,
  membershipQuery,
  type GroupChange,
  type GroupRead,
  type MemberWish,
} from './membership-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

/** Counting what is unread ends here: nobody reads further than "99+". */
export const unreadMax = 100

const membersShown = 5

export type NewGroup = Audited & {
  readonly author: Author
  readonly groupId: GroupId
  readonly name: string
  readonly description: string
  readonly joining: JoiningMode
  /** In how many groups one person may be. */
  readonly groupsMax: number
  readonly nowMs: number
}

/** Makes a group and its author the owner of it. False: the author is in as many groups as one may be. */
export async function createGroup(db: EdgeDatabase, group: NewGroup): Promise<boolean> {
  const { author, nowMs } = group
  const createStatement = sql`
    with made as (
      insert into ${groups} (id, name, description, joining, created_at, active_at, member_count)
      select ${uuid(group.groupId)}, ${group.name}, ${group.description}, ${group.joining},
        ${moment(nowMs)}, ${moment(nowMs)}, 1
      where ${isStillSignedIn(author, nowMs)}
        and (select count(*) from ${memberships} where user_id = ${uuid(author.userId)}) < ${group.groupsMax}
      returning id
    ), audited as (${auditedBy(group.audit, sql`made`)}
    )
    insert into ${memberships} (group_id, user_id, role, joined_at, seen_at)
    select id, ${uuid(author.userId)}, 'owner', ${moment(nowMs)}, ${moment(nowMs)} from made
    returning group_id`
  const [, { rows }] = await db.batch([lockPerson(db, uuid(author.userId)), db.execute(createStatement)])
  return rows.length > 0
}

/**
 * The cover of the row of `groups` at hand, as JSON or null: only what is still in the group and has a picture. An item
 * is none to people apart from its owner; a picture that was sent to be the cover is the group's. Columns are written
 * out: drizzle leaves a table's name away where it selects from one, and inside another one's it is missed.
 */
export const coverFor = (viewer: SQL) => sql<{ id: string; generation: string } | null>`(
      select json_build_object('id', cover.id, 'generation', cover.generation) from ${media} as cover
      where cover.id = groups.cover_id and cover.group_id = groups.id and cover.state = 'ready'
        and cover.listing = 'listed' and cover.derivatives is not null
        and (cover.purpose = 'cover' or ${isNotApart(viewer, sql`cover.owner_id`)}))`

/** How many of the group at hand the viewer meets: as many as they are shown as its members. */
export const memberCountFor = (viewer: SQL): SQL<number> =>
  sql<number>`groups.member_count - (
      select count(*) from memberships as unmet where unmet.group_id = groups.id and ${isApart(viewer, sql`unmet.user_id`)}
        and not exists (select 1 from memberships as mine where mine.group_id = groups.id and mine.user_id = ${viewer}
          and mine.role in ('admin', 'owner')))`.mapWith(Number)

/** Uploads tell no group that they are there: the newest of its gallery does. */
const activeAt = sql`greatest(${groups.activeAt}, (select published_at from ${media}
  where group_id = ${groups.id} and is_in_gallery order by published_at desc limit 1))`.mapWith(groups.activeAt)

const myGroupsQuery = declareQuery((db, wish: Slots<Viewer>) => {
  const viewer = viewerId(wish)
  return db
    .select({
      id: groups.id,
      name: groups.name,
      role: memberships.role,
      memberCount: memberCountFor(viewer),
      activeAt,
      cover: coverFor(viewer),
      unread: sql<number>`(select count(*) from (select 1 from ${media} where group_id = ${groups.id}
        and is_in_gallery and published_at > ${memberships.seenAt} and owner_id <> ${memberships.userId}
        and ${isOfNobodyApart(wish)} limit ${unreadMax}) as unseen)`.mapWith(Number),
      pendingRequests: sql<number>`case when ${memberships.role} in ('admin', 'owner') then (
        select count(*) from join_requests where group_id = ${groups.id} and declined_at is null) else 0 end`.mapWith(
        Number,
      ),
      members: sql<{ id: string; name: string; avatar: { id: string; generation: string } | null }[]>`(
        select json_agg(json_build_object('id', shown.id, 'name', shown.name, 'avatar', shown.avatar)
          order by shown.is_self desc, shown.joined_at, shown.id)
        from (select users.id, users.name, member.joined_at, member.user_id = ${memberships.userId} as is_self,
            ${avatarOf('users')} as avatar
          from memberships as member join users on users.id = member.user_id where member.group_id = ${groups.id}
            and ${isNotApart(viewer, sql`member.user_id`)}
          order by member.user_id = ${memberships.userId} desc, member.joined_at, users.id limit ${membersShown}
        ) as shown)`,
    })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(eq(memberships.userId, viewer))
    .orderBy(desc(activeAt), desc(groups.id))
})

/** The groups of the session's user, the liveliest first, and the session itself, in one trip. */
export async function findMyGroups(db: EdgeDatabase, wish: Viewer) {
  const [session, data] = await readAs(db, wish.sessionId, [myGroupsQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}

const groupQuery = declareQuery((db, wish: Slots<MemberWish>) => {
  const viewer = viewerId(wish)
  return db
    .select({
      id: groups.id,
      name: groups.name,
      description: groups.description,
      joining: groups.joining,
      locationPolicy: groups.locationPolicy,
      memberCount: memberCountFor(viewer),
      createdAt: groups.createdAt,
      cover: coverFor(viewer),
      coverId: groups.coverId,
      itemCount: sql<number>`(select count(*) from ${media} where group_id = groups.id and is_in_gallery
        and ${isOfNobodyApart(wish)})`.mapWith(Number),
    })
    .from(groups)
    .where(and(matches(groups.id, wish.groupId), isMemberOf(wish, uuid(wish.groupId), 'viewer')))
})

/** One group, for its members. */
export async function findGroup(db: EdgeDatabase, wish: MemberWish) {
  const [session, [membership], [found]] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    groupQuery(db, wish),
  ])
  return {
    session,
    data: { membership: membership ?? null, found: found ?? null },
  } satisfies GroupRead<object | null>
}

export type GroupEdit = GroupChange & {
  /** That something else than the way in was changed; how people come in, if it was. */
  readonly audits: { readonly edited: AuditEntry; readonly joining: AuditEntry }
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly joining?: JoiningMode | undefined
  /** An item of this group that has a picture; null takes the cover away. */
  readonly coverId?: MediaId | null | undefined
}

/** Changes what an admin may change. False: the author is no admin (any more), or the cover is none of the group's. */
export async function editGroup(db: EdgeDatabase, edit: GroupEdit): Promise<boolean> {
  const { name, description, joining, coverId } = edit
  const mayCover =
    coverId === undefined || coverId === null
      ? undefined
      : sql`exists (select 1 from ${media} where id = ${uuid(coverId)} and group_id = ${groups.id} and state = 'ready'
          and listing = 'listed' and derivatives is not null)`
  const [changed] = await db.batch([
    db
      .update(groups)
      .set({
        activeAt: new Date(edit.nowMs),
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(joining !== undefined && { joining }),
        ...(coverId !== undefined && { coverId }),
      })
      .where(and(eq(groups.id, edit.groupId), mayChange(edit, 'admin'), mayCover))
      .returning({ id: groups.id, was: mark('done', sql`old.joining`) }),
    ...(coverId === undefined ? [] : [db.execute(purgeOldCovers(edit))]),
    ...auditEdit(edit).map((statement) => db.execute(statement)),
  ])
  return changed.length > 0
}

const auditEdit = ({ audits, name, description, joining, coverId }: GroupEdit): SQL[] => {
  const isEdited = name !== undefined || description !== undefined || coverId !== undefined
  const changed = { detail: sql`jsonb_build_object('from', ${marked('done')}, 'to', ${joining ?? null}::text)` }
  return [
    ...(isEdited ? [auditedBy(audits.edited, whereMarked('done'))] : []),
    ...(joining === undefined ? [] : [auditedBy(audits.joining, whereMarked('done', sql`<> ${joining}`), changed)]),
  ]
}

/** Covers that were sent for nothing else go when another takes their place. */
const purgeOldCovers = (edit: GroupEdit) =>
  purgeItems(
    sql`${eq(media.groupId, edit.groupId)} and ${media.purpose} = 'cover' and ${media.state} = 'ready'
      and ${media.id} is distinct from (select cover_id from groups where id = ${uuid(edit.groupId)})
      and ${mayChange(edit, 'admin')}`,
    'purged',
    edit.nowMs,
  )

export async function setLocationPolicy(
  db: EdgeDatabase,
  change: GroupChange & Audited & { readonly locationPolicy: LocationPolicy },
): Promise<boolean> {
  const { locationPolicy } = change
  const { rows } = await db.execute(sql`
    with changed as (
      update groups set location_policy = ${locationPolicy}
      where id = ${uuid(change.groupId)} and ${mayChange(change, 'owner')}
      returning id, old.location_policy as was
    ), audited as (${auditedBy(change.audit, sql`changed where was <> ${locationPolicy}`, {
      detail: sql`jsonb_build_object('from', (select was from changed), 'to', ${locationPolicy}::text)`,
    })}
    )
    select id from changed`)
  return rows.length > 0
}
