// Into the trash, out of it, and to the end of it. An item in the trash keeps its group, so that it can go back, and its
// weight in its owner's quota until it is purged. What an admin took out of the gallery only an admin puts back.
import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import { idFromUuid, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { groups } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { viewerId } from './block-filter.ts'
import { purgeItems } from './deletion-store.ts'
import { auditedEach } from './audit-store.ts'
import { isWithdrawn } from './ban-filter.ts'
import { galleryColumns, requirePlaced } from './gallery-store.ts'
import { uuid, uuids } from './id-param.ts'
import { isMemberOf, rankOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

export type ItemsChange = { readonly author: Author; readonly mediaIds: readonly MediaId[]; readonly nowMs: number }

/** An entry for each item; that of an item of the author's own, or of one that does not change, is not written. */
type AuditedItems = ItemsChange & { readonly audits: readonly AuditEntry[] }

type IdRow = { id: string }

export const readIds = (rows: readonly IdRow[]): MediaId[] => rows.map((row) => idFromUuid('media', row.id))

/** The author is an admin of the item's group, above its owner or with its owner gone. */
const governsItem = ({ author }: ItemsChange): SQL => sql`exists (
      select 1 from memberships as mine
        left join memberships as theirs on theirs.group_id = mine.group_id and theirs.user_id = ${media.ownerId}
      where mine.group_id = ${media.groupId} and mine.user_id = ${uuid(author.userId)}
        and mine.role in ('admin', 'owner') and ${rankOf(sql`mine.role`)} > coalesce(${rankOf(sql`theirs.role`)}, 0))`

/** Rows are locked in the order of their ids, as everybody locks several of them. */
const lockedItems = (change: ItemsChange, which: SQL, signedIn: SQL): SQL => sql`(
      select id from ${media} where id = any(${uuids(change.mediaIds)}) and ${media.state} = 'ready'
        and ${media.purpose} = 'item' and ${which} and ${signedIn}
      order by id for update)`

/** Puts items of the author's, and items that they govern, into the trash. Answers the ids that it moved. */
export async function moveToTrash(db: EdgeDatabase, change: AuditedItems): Promise<MediaId[]> {
  const me = uuid(change.author.userId)
  const isOwn = sql`${media.ownerId} = ${me}`
  const which = sql`(${media.listing} = 'listed' and (${isOwn} or ${governsItem(change)})
        or ${media.listing} = 'held' and ${isOwn})`
  const { rows } = await db.execute<IdRow>(sql`
    with moved as (
      update ${media} set listing = 'trashed', trashed_at = ${moment(change.nowMs)},
        trashed_by = case when owner_id = ${me} then null else ${me} end
      where id in ${lockedItems(change, which, isStillSignedIn(change.author, change.nowMs))}
      returning id, group_id, owner_id, trashed_by
    ), told as (${tell(
      'item_removed',
      { group: sql`group_id`, actor: me, subject: sql`owner_id`, media: sql`id` },
      sql`moved where trashed_by is not null`,
      change.nowMs,
    )}
    ), audited as (${auditedItems(change, sql`(select * from moved where trashed_by is not null)`)}
    )
    select id from moved`)
  return readIds(rows)
}

/** Puts items back where they were, if the author may still add to it. Answers the ids that it restored. */
export async function restoreItems(db: EdgeDatabase, change: AuditedItems): Promise<MediaId[]> {
  const { author, nowMs } = change
  const mayAdd = isMemberOf({ sessionId: author.sessionId, nowMs }, sql`${media.groupId}`, 'contributor')
  const which = sql`${media.listing} = 'trashed' and case when ${media.trashedBy} is null
        then ${media.ownerId} = ${uuid(author.userId)} and (${media.groupId} is null or ${mayAdd})
        else ${governsItem(change)} end`
  const { rows } = await db.execute<IdRow>(sql`
    with back as (
      -- What waited for a review before goes on waiting; what an admin puts back of somebody banned waits for its owner.
      update ${media} set listing = case when held_for is not null then 'held'
          when ${isWithdrawn(sql`${media.ownerId}`, nowMs)} then 'withdrawn' else 'listed' end,
        trashed_at = null, trashed_by = null
      where id in ${lockedItems(change, which, isStillSignedIn(author, nowMs))}
      returning id, group_id, owner_id, old.trashed_by as was
    ), audited as (${auditedItems(change, sql`(select * from back where was is not null)`)}
    )
    select id from back`)
  return readIds(rows)
}

const auditedItems = ({ audits }: AuditedItems, happened: SQL): SQL =>
  auditedEach(audits, happened, { chain: sql`group_id`, detail: sql`jsonb_build_object('owner', owner_id)` })

/**
 * Ends items of the author's that are in the trash, some or all: their objects go through the outbox.
 * @param itemsMax how many one call ends; the oldest in the trash first
 */
export async function emptyTrash(
  db: EdgeDatabase,
  wish: Omit<ItemsChange, 'mediaIds'> & { readonly mediaIds: readonly MediaId[] | null; readonly itemsMax: number },
): Promise<MediaId[]> {
  const { author, mediaIds, nowMs } = wish
  const which = mediaIds === null ? sql`true` : sql`id = any(${uuids(mediaIds)})`
  const { rows } = await db.execute<IdRow>(
    purgeItems(
      sql`${media.id} in (select id from media where owner_id = ${uuid(author.userId)} and listing = 'trashed'
        and ${which} order by trashed_at, id limit ${wish.itemsMax}) and ${media.listing} = 'trashed'
        and ${isStillSignedIn(author, nowMs)}`,
      'purged',
      nowMs,
    ),
  )
  return readIds(rows)
}

export type TrashPosition = { readonly trashedAtMs: number; readonly id: MediaId }

export type TrashWish = {
  readonly sessionId: string
  /** Of this group: one's own, and for admins what admins took out. Null: one's own, of everywhere. */
  readonly groupId: GroupId | null
  readonly after: TrashPosition | null
  readonly rowsMax: number
  readonly nowMs: number
}

const trashQuery = declareQuery((db, wish: Slots<TrashWish>) => {
  const { groupId, after } = wish
  const isOwn = eq(media.ownerId, viewerId(wish))
  const isTakenOut = sql`${media.trashedBy} is not null and ${isMemberOf(wish, sql`${media.groupId}`, 'admin')}`
  return db
    .select({
      ...galleryColumns(wish),
      /** Null also to somebody who is no member any more. */
      groupName: sql<
        string | null
      >`case when ${isMemberOf(wish, sql`${media.groupId}`, 'viewer')} then ${groups.name} end`,
      trashedAt: media.trashedAt,
      isTakenOut: sql<boolean>`${media.trashedBy} is not null`,
    })
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .leftJoin(groups, eq(groups.id, media.groupId))
    .where(
      and(
        sql`${media.listing} = 'trashed'`,
        groupId === null ? isOwn : and(matches(media.groupId, groupId), sql`(${isOwn} or ${isTakenOut})`),
        after === null
          ? undefined
          : sql`(${media.trashedAt}, ${media.id}) < (${moment(after.trashedAtMs)}, ${uuid(after.id)})`,
      ),
    )
    .orderBy(desc(media.trashedAt), desc(media.id))
    .limit(wish.rowsMax)
})

/** What lies in the trash, the newest in it first. */
export async function readTrash(db: EdgeDatabase, wish: TrashWish) {
  const [session, rows] = await readAs(db, wish.sessionId, [trashQuery(db, wish)])
  const data = rows.map((row) => {
    const { trashedAt } = row
    if (trashedAt === null) throw new Error(`${row.id} is in the trash since never`)
    return { ...requirePlaced(row), trashedAt }
  })
  return { session, data } satisfies SessionRead<object[]>
}
