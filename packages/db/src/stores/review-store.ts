// Items that wait for a review before anybody but their owner sees them, what moderators decide of them, and whose posts
// wait at all. A decision is one statement with everything that follows from it.
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import { defaultTiers, type ReviewTier } from '@shoebox/shared/safety/review-tiers.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slot, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { groups } from '../schema/groups.ts'
import { media } from '../schema/media.ts'
import { knownBad, siteSettings } from '../schema/review.ts'
import { isStillAdministrator, type AdministratorWish } from './administrator-store.ts'
import { auditedBy, auditedEach } from './audit-store.ts'
import { isBanned } from './ban-filter.ts'
import { itemsTakenDown } from './deletion-store.ts'
import { isModerator, type DeskWish } from './desk-store.ts'
import { feedColumns, requireReady } from './feed-store.ts'
import { readIds } from './gallery-trash-store.ts'
import { uuid, uuids } from './id-param.ts'
import { addKnownBad } from './known-bad.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { isOwnHeld } from './review-filter.ts'
import { readAs } from './read-as.ts'
import type { Author, SessionRead } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type HeldPosition = { readonly heldAtMs: number; readonly id: MediaId }

/** It waits, and nobody keeps its owner out meanwhile. */
const isWaiting = (nowMs: number | Slot<number>) =>
  sql`${media.listing} = 'held' and ${media.state} = 'ready' and not ${isBanned(sql`${media.ownerId}`, nowMs)}`

type HeldWish = DeskWish & { readonly after: HeldPosition | null; readonly rowsMax: number }

const heldQuery = declareQuery((db, wish: Slots<HeldWish>) => {
  const { after } = wish
  return db
    .select({
      ...feedColumns,
      purpose: media.purpose,
      heldFor: media.heldFor,
      /** Null: it would be public. */
      groupName: groups.name,
      ownerSince: users.createdAt,
      /** When what it looks like was removed. */
      removedAt: knownBad.addedAt,
    })
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .leftJoin(groups, eq(groups.id, media.groupId))
    .leftJoin(knownBad, eq(knownBad.mediaId, media.alikeTo))
    .where(
      and(
        isWaiting(wish.nowMs),
        isModerator(db, wish),
        after === null
          ? undefined
          : sql`(${media.publishedAt}, ${media.id}) > (${moment(after.heldAtMs)}, ${uuid(after.id)})`,
      ),
    )
    .orderBy(asc(media.publishedAt), asc(media.id))
    .limit(wish.rowsMax)
})

/** What waits, the longest first. */
export async function findHeld(db: EdgeDatabase, wish: HeldWish) {
  const [session, rows] = await readAs(db, wish.sessionId, [heldQuery(db, wish)])
  const data = rows.map((row) => ({ ...row, ...requireReady(row) }))
  return { session, data } satisfies SessionRead<object[]>
}

const ownHeldQuery = declareQuery((db, wish: Slots<DeskWish & { readonly rowsMax: number }>) =>
  db
    .select(feedColumns)
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(isOwnHeld(wish))
    .orderBy(desc(media.publishedAt), desc(media.id))
    .limit(wish.rowsMax),
)

/** Those of the session's user that wait, the latest first, wherever they are for. */
export async function findOwnHeld(db: EdgeDatabase, wish: DeskWish & { readonly rowsMax: number }) {
  const [session, rows] = await readAs(db, wish.sessionId, [ownHeldQuery(db, wish)])
  const data = rows.map((row) => ({ ...requireReady(row), isHeld: true }))
  return { session, data } satisfies SessionRead<object[]>
}

type HeldChange = {
  readonly author: Author
  readonly mediaIds: readonly MediaId[]
  /** One for each item that it may happen to. */
  readonly audits: readonly AuditEntry[]
  readonly nowMs: number
}

/** Waiting items that the author may decide of: everybody's but their own. Locked in the order of their ids. */
const waiting = (db: EdgeDatabase, { author, mediaIds, nowMs }: HeldChange) => sql`(
      select id from ${media} where id = any(${uuids(mediaIds)}) and ${isWaiting(nowMs)}
        and ${media.ownerId} <> ${uuid(author.userId)}
        and ${isStillModerator(db, author, nowMs)}
      order by id for update)`

/**
 * Shows items to whom they are for, as if they had just been uploaded; one whose owner left its group meanwhile goes to
 * their trash, as the others did. Answers all of them.
 */
export async function approveHeld(db: EdgeDatabase, change: HeldChange): Promise<MediaId[]> {
  const { audits, nowMs } = change
  const isLeft = sql`${media.groupId} is not null and not exists (select 1 from memberships as theirs
          where theirs.group_id = ${media.groupId} and theirs.user_id = ${media.ownerId})`
  const owner = { actor: sql`owner_id`, media: sql`id` }
  const { rows } = await db.execute<{ id: string }>(sql`
    with approved as (
      update ${media} set listing = case when ${isLeft} then 'trashed' else 'listed' end,
        trashed_at = case when ${isLeft} then ${moment(nowMs)} end, held_for = null, alike_to = null,
        published_at = ${moment(nowMs)}
      where id in ${waiting(db, change)}
      returning id, owner_id, group_id, purpose, listing
    ), told as (${tell('item_approved', { ...owner, subject: sql`owner_id` }, sql`approved`, nowMs)}
    ), told_group as (${tell(
      'items_added',
      { ...owner, group: sql`group_id` },
      sql`approved where group_id is not null and purpose = 'item' and listing = 'listed'`,
      nowMs,
    )}
    ), audited as (${auditedEach(audits, sql`approved`)})
    select id from approved`)
  return readIds(rows)
}

/**
 * Takes items down that were never seen. Answers those that it took.
 * @param known entries for those whose content is to be kept from coming back; null: it may
 */
export async function refuseHeld(
  db: EdgeDatabase,
  change: HeldChange & { readonly known: readonly AuditEntry[] | null },
): Promise<MediaId[]> {
  const { author, audits, known, nowMs } = change
  const kept =
    known === null
      ? sql``
      : sql`known as (${addKnownBad(sql`down`, author.userId, nowMs)}
    ), audited_known as (${auditedEach(known, sql`known`)}
    ), `
  const { rows } = await db.execute<{ id: string }>(sql`
    with ${itemsTakenDown(sql`${media.id} in ${waiting(db, change)}`, nowMs)}, told as (${tell(
      'item_refused',
      { actor: sql`owner_id`, subject: sql`owner_id`, media: sql`id` },
      sql`down`,
      nowMs,
    )}
    ), ${kept}audited as (${auditedEach(audits, sql`down`)})
    select id from down`)
  return readIds(rows)
}

const tiersQuery = declareQuery((db, wish: Slots<DeskWish>) =>
  db
    .select({ value: siteSettings.value })
    .from(siteSettings)
    .where(and(eq(siteSettings.name, 'review_tiers'), isModerator(db, wish))),
)

/** Whose public posts wait for a review. */
export async function findReviewTiers(db: EdgeDatabase, wish: DeskWish): Promise<SessionRead<readonly ReviewTier[]>> {
  const [session, [setting]] = await readAs(db, wish.sessionId, [tiersQuery(db, wish)])
  return { session, data: setting?.value ?? defaultTiers }
}

/** Sets it for what is reserved from now on. False: the author may not any more. */
export async function setReviewTiers(
  db: EdgeDatabase,
  wish: AdministratorWish & { readonly tiers: readonly ReviewTier[]; readonly audit: AuditEntry },
): Promise<boolean> {
  const { author, tiers, audit, nowMs } = wish
  const { rows } = await db.execute(sql`
    with changed as (
      insert into ${siteSettings} (name, value, changed_by, changed_at)
      select 'review_tiers', ${JSON.stringify(tiers)}::jsonb, ${uuid(author.userId)}, ${moment(nowMs)}
      where ${isStillAdministrator(wish)}
      on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by,
        changed_at = excluded.changed_at
      returning name
    ), audited as (${auditedBy(audit, sql`changed`)})
    select * from changed`)
  return rows.length > 0
}
