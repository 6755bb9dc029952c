// What somebody would leave behind, for the question before an account is deleted.
import { and, eq, sql } from 'drizzle-orm'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { media } from '../schema/media.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { isBanned } from './ban-filter.ts'
import { rankOf } from './membership-store.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

type GroupRow = {
  id: string
  name: string
  member_count: number
  is_owned: boolean
  item_count: number
  successor_id: string | null
  successor_name: string | null
}

const itemsQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({
      items: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${media.bytes}), 0)`.mapWith(Number),
    })
    .from(media)
    .where(and(eq(media.ownerId, viewerId(wish)), sql`${media.state} = 'ready' and ${media.purpose} = 'item'`)),
)

const groupsQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db.execute<GroupRow>(sql`
    select groups.id, groups.name, groups.member_count, mine.role = 'owner' as is_owned,
      (select count(*)::int from media where group_id = groups.id and owner_id = mine.user_id and is_in_gallery)
        as item_count,
      successor.id as successor_id, successor.name as successor_name
    from memberships as mine join groups on groups.id = mine.group_id
      left join lateral (
        select users.id, users.name from memberships as next join users on users.id = next.user_id
        where mine.role = 'owner' and next.group_id = mine.group_id and next.user_id <> mine.user_id
        order by ${isBanned(sql`next.user_id`, wish.nowMs)}, ${rankOf(sql`next.role`)} desc, next.joined_at, next.user_id limit 1
      ) as successor on true
    where mine.user_id = ${viewerId(wish)} order by groups.name, groups.id`),
)

/**
 * What would go with the account of the session's user, the groups they own with who is next in line, and those that
 * they only belong to, in one trip.
 */
export async function findLeavings(db: EdgeDatabase, wish: Viewer) {
  const [session, [counted], { rows }] = await readAs(db, wish.sessionId, [itemsQuery(db, wish), groupsQuery(db, wish)])
  const found = rows.map((row) => ({ ...row, id: idFromUuid('group', row.id) }))
  const data = {
    items: counted?.items ?? 0,
    bytes: counted?.bytes ?? 0,
    ownedGroups: found
      .filter((row) => row.is_owned)
      .map(({ id, name, member_count: memberCount, item_count: itemCount, ...row }) => ({
        id,
        name,
        memberCount,
        itemCount,
        successor: successorOf(row),
      })),
    memberGroups: found
      .filter((row) => !row.is_owned)
      .map(({ id, name, item_count: itemCount }) => ({ id, name, itemCount })),
  }
  return { session, data } satisfies SessionRead<object>
}

const successorOf = ({ successor_id: uuid, successor_name: name }: Pick<GroupRow, 'successor_id' | 'successor_name'>) =>
  uuid === null || name === null ? null : { id: idFromUuid('user', uuid), name }
