// Ways into a group. Whoever holds a code may use it, so codes are read for admins alone; and what makes an invite
// useless (spent, expired, revoked, a closed group) is told apart for nobody else.
import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { idFromUuid, type GroupId, type InviteId, type UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { retryDeadlocked } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { groups, invites, joinRequests } from '../schema/groups.ts'
import { isApart, viewerId } from './block-filter.ts'
import { coverFor, memberCountFor } from './group-store.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { uuid } from './id-param.ts'
import { countChargesQuery, withinLimits, type Charge } from './limit-store.ts'
import {
  isMemberOf,
  lockGroup,
  lockPerson,
  mayChange,
  membershipQuery,
  type GroupChange,
  type GroupRead,
  type MemberWish,
} from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

export type InvitedRole = Extract<Role, 'viewer' | 'contributor'>

export type NewInvite = GroupChange &
  Audited & {
    readonly id: InviteId
    readonly code: string
    readonly role: InvitedRole
    readonly needsApproval: boolean
    readonly expiresAt: Date | null
    readonly usesMax: number | null
    /** How many invites of a group may be open. */
    readonly openMax: number
  }

/** A condition on the row of `invites` at hand: it has not ended by itself or by somebody. */
const isOpen = (nowMs: number): SQL =>
  sql`invites.revoked_at is null and (invites.expires_at is null or invites.expires_at > ${moment(nowMs)})
      and (invites.uses_max is null or invites.uses < invites.uses_max)`

/** A condition on the row of `groups` at hand: it lets people in. One that has ended has no members, and nobody to be among. */
const letsIn = sql.raw(`(groups.joining <> 'closed' and exists (
        select 1 from memberships as inside where inside.group_id = groups.id))`)

/** Opens a way in. False: the author is no admin (any more), or the group has as many open invites as it may. */
export async function createInvite(db: EdgeDatabase, invite: NewInvite): Promise<boolean> {
  const [, { rows }] = await db.batch([
    lockGroup(db, invite.groupId),
    db.execute(sql`
      with made as (
        insert into invites (id, group_id, code, role, needs_approval, created_by, created_at, expires_at, uses_max)
        select ${uuid(invite.id)}, id, ${invite.code}, ${invite.role}, ${invite.needsApproval},
          ${uuid(invite.author.userId)}, ${moment(invite.nowMs)},
          ${invite.expiresAt === null ? null : moment(invite.expiresAt)}::timestamptz, ${invite.usesMax}::int
        from groups where id = ${uuid(invite.groupId)} and ${mayChange(invite, 'admin')}
          and (select count(*) from invites where group_id = groups.id and ${isOpen(invite.nowMs)}) < ${invite.openMax}
        returning id
      ), audited as (${auditedBy(invite.audit, sql`made`)}
      )
      select id from made`),
  ])
  return rows.length > 0
}

const invitesQuery = declareQuery((db, wish: Slots<MemberWish & { readonly rowsMax: number }>) =>
  db
    .select({
      id: invites.id,
      code: invites.code,
      role: invites.role,
      needsApproval: invites.needsApproval,
      createdAt: invites.createdAt,
      expiresAt: invites.expiresAt,
      usesMax: invites.usesMax,
      uses: invites.uses,
      revokedAt: invites.revokedAt,
      createdByName: users.name,
    })
    .from(invites)
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(and(matches(invites.groupId, wish.groupId), isMemberOf(wish, uuid(wish.groupId), 'admin')))
    .orderBy(desc(invites.id))
    .limit(wish.rowsMax),
)

/** The group's invites, newest first, for its admins. */
export async function findInvites(db: EdgeDatabase, wish: MemberWish, rowsMax: number) {
  const [session, [membership], found] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    invitesQuery(db, { ...wish, rowsMax }),
  ])
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

/** Closes a way in. False: there is none such in the group, or the author is no admin (any more). */
export async function revokeInvite(
  db: EdgeDatabase,
  change: GroupChange & Audited & { readonly inviteId: InviteId },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with revoked as (
      update invites set revoked_at = coalesce(revoked_at, ${moment(change.nowMs)})
      where id = ${uuid(change.inviteId)} and group_id = ${uuid(change.groupId)} and ${mayChange(change, 'admin')}
      returning id, old.revoked_at as was
    ), audited as (${auditedBy(change.audit, sql`revoked where was is null`)}
    )
    select id from revoked`)
  return rows.length > 0
}

export type PreviewWish = {
  readonly code: string
  /** Of who asks, if there is one. */
  readonly sessionId: string | null
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

/** What somebody sees before they join, and the counts of the limit, in one trip. Null: the code opens nothing. */
export async function previewInvite(db: EdgeDatabase, { code, sessionId, charges, nowMs }: PreviewWish) {
  const me = sessionId === null ? sql`null::uuid` : viewerId({ sessionId, nowMs })
  const query = db
    .select({
      groupId: groups.id,
      name: groups.name,
      description: groups.description,
      memberCount: memberCountFor(me),
      cover: coverFor(me),
      role: invites.role,
      inviterName: sql<string | null>`case when ${isApart(me, sql`${users.id}`)} then null else ${users.name} end`,
      needsApproval: sql<boolean>`${mustAsk(me)}`,
      isMember: sql<boolean>`exists (select 1 from memberships where group_id = ${groups.id} and user_id = ${me})`,
      hasAsked: sql<boolean>`exists (select 1 from ${joinRequests} where group_id = ${groups.id} and user_id = ${me}
        and declined_at is null)`,
      wasDeclined: sql<boolean>`exists (select 1 from ${joinRequests} where group_id = ${groups.id} and user_id = ${me}
        and declined_at is not null and invite_id = ${invites.id})`,
    })
    .from(invites)
    .innerJoin(groups, eq(groups.id, invites.groupId))
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.code, code), isOpen(nowMs), letsIn, withinLimits(db, charges)))
  const [counted, [found]] = await db.batch([countChargesQuery(db, charges), query])
  return { counted, found: found ?? null }
}

/** An admin decides: the invite says so, the group does, or the person was removed from it once. */
const mustAsk = (userId: SQL, group = sql`groups`): SQL => sql`(invites.needs_approval or ${group}.joining = 'approval'
        or exists (select 1 from removed_members where group_id = ${group}.id and user_id = ${userId}))`

export type JoinWish = Audited & {
  readonly author: Author
  readonly code: string
  readonly charges: readonly Charge[]
  /** How many may belong to one group, and to how many groups one person may belong. */
  readonly membersMax: number
  readonly groupsMax: number
  readonly nowMs: number
}

/** Where somebody stands after a try to join. */
export type Standing = {
  readonly groupId: GroupId
  readonly isMember: boolean
  /** They have asked; null: they have not. */
  readonly request: 'pending' | 'declined' | null
  readonly isFull: boolean
  readonly hasTooMany: boolean
}

/**
 * Lets the author in, or asks for them, by an invite; who asks takes a use as well, and gets it back when declined.
 * Standing is null for a code that opens nothing (any more) to somebody who is neither in nor has asked.
 *
 * Hundreds may come at once by one link, so what they all need is locked by the last statement alone, and only where the
 * invite is still open: nobody holds the group while they wait for anything else. Under that lock Postgres judges group
 * and invite as they have become; all else that decides belongs to the author, whose row stands still from the start.
 */
export async function joinByInvite(db: EdgeDatabase, wish: JoinWish) {
  const { author, charges, nowMs } = wish
  const isSignedIn = isStillSignedIn(author, nowMs)
  const [, counted, { rows }] = await retryDeadlocked(() =>
    db.batch([
      lockPerson(db, sql`select ${uuid(author.userId)} where ${isSignedIn}`),
      countChargesQuery(db, charges),
      db.execute<StandingColumns>(joinStatement(wish, sql`${isSignedIn} and ${withinLimits(db, charges)}`)),
    ]),
  )
  return { counted, standing: readStanding(rows[0]) }
}

type StandingColumns = {
  group_id: string
  is_open: boolean
  is_full: boolean
  has_too_many: boolean
  is_member: boolean
  request: 'pending' | 'declined' | null
}

function readStanding(row: StandingColumns | undefined): Standing | null {
  if (row === undefined || (!row.is_member && row.request === null && !row.is_open)) return null
  return {
    groupId: idFromUuid('group', row.group_id),
    isMember: row.is_member,
    request: row.request,
    isFull: row.is_full,
    hasTooMany: row.has_too_many,
  }
}

/** `door`: how it looks from outside. `house`: the group, locked, for those who may come in. `used`: they do, or ask to. */
const joinStatement = ({ author, code, membersMax, groupsMax, nowMs, audit }: JoinWish, allowed: SQL): SQL => {
  const me: SQL = uuid(author.userId satisfies UserId)
  return sql`
      with door as (
        select invites.id, invites.group_id, ${isOpen(nowMs)} and ${letsIn} as is_open,
          (select count(*) from memberships where user_id = ${me}) >= ${groupsMax} as has_too_many,
          exists (select 1 from memberships where group_id = groups.id and user_id = ${me}) as is_member,
          (select case when declined_at is null then 'pending' when invite_id = invites.id then 'declined' end
            from join_requests where group_id = groups.id and user_id = ${me}) as request
        from invites join groups on groups.id = invites.group_id where invites.code = ${code} and ${allowed}
      ), house as materialized (
        select groups.id, groups.joining, groups.member_count >= ${membersMax} as is_full
        from groups join door on door.group_id = groups.id
        where door.is_open and not door.is_member and door.request is null
          and groups.joining <> 'closed' and groups.member_count > 0
        for no key update of groups
      ), used as (
        update invites set uses = invites.uses + 1 from door join house on house.id = door.group_id
        where invites.id = door.id and ${isOpen(nowMs)} and not house.is_full and not door.has_too_many
        returning invites.id, invites.group_id, invites.role, ${mustAsk(me, sql`house`)} as must_ask
      ), joined as (
        insert into memberships (group_id, user_id, role, joined_at, seen_at)
        select group_id, ${me}, role, ${moment(nowMs)}, ${moment(nowMs)} from used where not must_ask
        returning group_id
      ), counted as (
        update groups set member_count = member_count + 1, active_at = ${moment(nowMs)}
        from joined where groups.id = joined.group_id
      ), settled as (
        delete from join_requests using joined
        where join_requests.group_id = joined.group_id and join_requests.user_id = ${me}
      ), asked as (
        insert into join_requests (group_id, user_id, invite_id, role, created_at)
        select group_id, ${me}, id, role, ${moment(nowMs)} from used where must_ask
        on conflict (group_id, user_id) do update set invite_id = excluded.invite_id, role = excluded.role,
          created_at = excluded.created_at, declined_at = null
        returning group_id
      ), audited as (${auditedBy(audit, sql`joined`, {
        chain: sql`(select group_id from joined)`,
        detail: sql`(select jsonb_build_object('invite', id) from used)`,
      })}
      ), told as (${tell('join_requested', { group: sql`group_id`, actor: me }, sql`asked`, nowMs)}
      )
      select door.group_id, door.is_member or exists (select 1 from joined) as is_member,
        case when exists (select 1 from asked) then 'pending' else door.request end as request,
        coalesce(house.is_full, false) as is_full, door.has_too_many,
        coalesce(house.is_full or door.has_too_many, false) as is_open
      from door left join house on true`
}
