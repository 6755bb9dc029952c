// People who ask to come into a group, and what its admins answer. Accepting and declining lock the group first, as
// everything does that changes memberships and the uses of invites.
import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { retryDeadlocked } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { groups, joinRequests } from '../schema/groups.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { uuid } from './id-param.ts'
import type { MemberChange } from './member-change-store.ts'
import {
  avatarOf,
  isMemberOf,
  lockGroup,
  lockPerson,
  mayChange,
  membershipQuery,
  type GroupRead,
  type MemberWish,
} from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

const requestsQuery = declareQuery((db, wish: Slots<MemberWish & { readonly rowsMax: number }>) =>
  db
    .select({
      userId: users.id,
      name: users.name,
      avatar: avatarOf('users'),
      role: joinRequests.role,
      createdAt: joinRequests.createdAt,
    })
    .from(joinRequests)
    .innerJoin(users, eq(users.id, joinRequests.userId))
    .where(
      and(
        matches(joinRequests.groupId, wish.groupId),
        isNull(joinRequests.declinedAt),
        isMemberOf(wish, uuid(wish.groupId), 'admin'),
      ),
    )
    .orderBy(asc(joinRequests.createdAt), asc(joinRequests.userId))
    .limit(wish.rowsMax),
)

/** Who waits for an answer, the longest first, for admins. */
export async function findRequests(db: EdgeDatabase, wish: MemberWish, rowsMax: number) {
  const [session, [membership], found] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    requestsQuery(db, { ...wish, rowsMax }),
  ])
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

export type AcceptWish = MemberChange & Audited & { readonly membersMax: number; readonly groupsMax: number }

export type AcceptAnswer = 'done' | 'not_found' | 'group_full' | 'too_many_groups'

/** Lets somebody in who asked; that they were removed once is forgotten. */
export async function acceptRequest(db: EdgeDatabase, wish: AcceptWish): Promise<AcceptAnswer> {
  const { groupId, userId, nowMs } = wish
  const isFull = sql`(select member_count >= ${wish.membersMax} from groups where id = ${uuid(groupId)})`
  const hasTooMany = sql`(select count(*) >= ${wish.groupsMax} from memberships where user_id = ${uuid(userId)})`
  const batch = () =>
    db.batch([
      lockPerson(db, sql`select user_id from join_requests where ${isPending(wish)} and ${mayChange(wish, 'admin')}`),
      lockGroup(db, groupId),
      db
        .select({ isFull: sql<boolean>`${isFull}`, hasTooMany: sql<boolean>`${hasTooMany}` })
        .from(joinRequests)
        .where(and(isPending(wish), mayChange(wish, 'admin'))),
      db.execute(sql`
      with taken as (
        delete from ${joinRequests} where ${isPending(wish)} and ${mayChange(wish, 'admin')}
          and not ${isFull} and not ${hasTooMany}
        returning role
      ), forgotten as (
        delete from removed_members using taken where group_id = ${uuid(groupId)} and user_id = ${uuid(userId)}
      ), joined as (
        insert into memberships (group_id, user_id, role, joined_at, seen_at)
        select ${uuid(groupId)}, ${uuid(userId)}, role, ${moment(nowMs)}, ${moment(nowMs)} from taken
        on conflict (group_id, user_id) do nothing
        returning group_id
      ), told as (${tell(
        'accepted',
        { group: sql`group_id`, actor: uuid(wish.author.userId), subject: uuid(userId) },
        sql`joined`,
        nowMs,
      )}
      ), audited as (${auditedBy(wish.audit, sql`joined`)}
      )
      update groups set member_count = member_count + 1, active_at = ${moment(nowMs)}
      from joined where groups.id = joined.group_id
      returning groups.id`),
    ])
  const [, , before, { rows }] = await retryDeadlocked(batch)
  if (rows.length > 0) return 'done'
  if (before[0]?.isFull === true) return 'group_full'
  return before[0]?.hasTooMany === true ? 'too_many_groups' : 'not_found'
}

const isPending = ({ groupId, userId }: Pick<MemberChange, 'groupId' | 'userId'>) =>
  and(eq(joinRequests.groupId, groupId), eq(joinRequests.userId, userId), isNull(joinRequests.declinedAt))

/** What a request took of its invite goes back. */
const giveUseBack = sql.raw(
  'update invites set uses = uses - 1 from ended where invites.id = ended.invite_id and invites.uses > 0',
)

/** Says no. They can ask again only by another invite. */
export async function declineRequest(db: EdgeDatabase, change: MemberChange & Audited): Promise<boolean> {
  return await endRequest(
    db,
    change.groupId,
    sql`update ${joinRequests} set declined_at = ${moment(change.nowMs)}
        where ${isPending(change)} and ${mayChange(change, 'admin')} returning invite_id`,
    sql`, audited as (${auditedBy(change.audit, sql`ended`)})`,
  )
}

/** Takes one's own request back. */
export async function withdrawRequest(
  db: EdgeDatabase,
  { author, groupId, nowMs }: { readonly author: Author; readonly groupId: GroupId; readonly nowMs: number },
): Promise<boolean> {
  return await endRequest(
    db,
    groupId,
    sql`delete from ${joinRequests} where ${isPending({ groupId, userId: author.userId })}
        and ${isStillSignedIn(author, nowMs)} returning invite_id`,
  )
}

async function endRequest(db: EdgeDatabase, groupId: GroupId, end: SQL, audited = sql``): Promise<boolean> {
  const [, { rows }] = await db.batch([
    lockGroup(db, groupId),
    db.execute(sql`
      with ended as (${end}), given as (${giveUseBack})${audited}
      select 1 from ended`),
  ])
  return rows.length > 0
}

const myRequestsQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({ groupId: groups.id, name: groups.name, createdAt: joinRequests.createdAt })
    .from(joinRequests)
    .innerJoin(groups, eq(groups.id, joinRequests.groupId))
    .where(and(eq(joinRequests.userId, viewerId(wish)), isNull(joinRequests.declinedAt)))
    .orderBy(asc(joinRequests.createdAt)),
)

/** What the session's user has asked for and is waiting to hear of. */
export async function findMyRequests(db: EdgeDatabase, wish: Viewer) {
  const [session, data] = await readAs(db, wish.sessionId, [myRequestsQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}
