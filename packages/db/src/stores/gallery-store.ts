// Reading a group's gallery, in the order of its timeline. Each statement asks itself whether the session's user belongs
// to the group; what they have hidden is left out, and what is of people apart from them. A page costs the same at any
// depth: the index starts at its place.
import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import { idFromUuid, type GroupId, type MediaId, type UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Given, type Slot, type Slots, valueOf } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { hiddenItems } from '../schema/gallery.ts'
import { media } from '../schema/media.ts'
import { isApart, isOfNobodyApart, viewerId, type Viewer } from './block-filter.ts'
import { feedColumns, requireReady } from './feed-store.ts'
import { uuid, uuids } from './id-param.ts'
import { isMemberOf, membershipQuery, type GroupRead, type MemberWish } from './membership-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

export type TimelinePosition = { readonly timelineAtMs: number; readonly id: MediaId }

export type GalleryFilter = {
  readonly uploaders?: readonly UserId[] | undefined
  readonly kinds?: readonly MediaKind[] | undefined
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type GalleryWish = MemberWish & {
  readonly filter: GalleryFilter
  /** IANA name of the zone in which days begin. */
  readonly zone: string
}

/** How much was said about the row of media at hand by people whom the viewer meets. Written out, as in group-store.ts. */
export const shownCommentCount = (viewer: Given<Viewer>): SQL<number> =>
  sql<number>`media.comment_count - (
        select count(*) from comments as said where said.media_id = media.id and ${isApart(viewerId(viewer), sql`said.author_id`)})`.mapWith(
    Number,
  )

/** Whatever a gallery shows of an item. */
export const galleryColumns = (viewer: Given<Viewer>) => ({
  ...feedColumns,
  groupId: media.groupId,
  commentCount: shownCommentCount(viewer),
  timelineAt: media.timelineAt,
})

type SelectedRow = Parameters<typeof requireReady>[0] & { timelineAt: Date | null; groupId: GroupId | null }

/** A ready row has its place in time as well. */
export function requirePlaced<R extends SelectedRow>(row: R) {
  const { timelineAt } = row
  if (timelineAt === null) throw new Error(`${row.id} is ready and has no place in time`)
  return { ...row, ...requireReady(row), timelineAt }
}

/** The viewer has not hidden the row of media at hand. */
const isNotHidden = (viewer: Slots<Viewer>): SQL => sql`not exists (
    select 1 from hidden_items where hidden_items.user_id = ${viewerId(viewer)} and hidden_items.media_id = media.id)`

/** What the viewer sees of the gallery. */
const isShown = (wish: Slots<MemberWish>) =>
  and(
    matches(media.groupId, wish.groupId),
    sql`${media.isInGallery}`,
    isMemberOf(wish, uuid(wish.groupId), 'viewer'),
    isNotHidden(wish),
    isOfNobodyApart(wish),
  )

/** The first instant of a day, `days` after it, in a zone. */
const startOf = (day: Slot<string>, zone: Slot<string>, interval = '0 days'): SQL =>
  sql`((${day}::date + ${interval}::interval) at time zone ${zone})`

const isWanted = ({ filter, zone }: Slots<GalleryWish>) =>
  and(
    filter.uploaders === undefined ? undefined : sql`${media.ownerId} = any(${uuids(filter.uploaders)})`,
    filter.kinds === undefined ? undefined : sql`${media.kind} = any(${filter.kinds}::text[])`,
    filter.from === undefined ? undefined : gte(media.timelineAt, startOf(filter.from, zone)),
    filter.to === undefined ? undefined : lt(media.timelineAt, startOf(filter.to, zone, '1 day')),
  )

/** A row comparison, which the index answers by starting at the right place. */
const isAfter = ({ timelineAtMs, id }: Slots<TimelinePosition>): SQL =>
  sql`(${media.timelineAt}, ${media.id}) < (${moment(timelineAtMs)}, ${uuid(id)})`

type PageWish = GalleryWish & { readonly after: TimelinePosition | null; readonly rowsMax: number }

const isOnPage = (wish: Slots<PageWish>) =>
  and(isShown(wish), isWanted(wish), wish.after === null ? undefined : isAfter(wish.after))

const pageQuery = declareQuery((db, wish: Slots<PageWish>) =>
  db
    .select(galleryColumns(wish))
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(isOnPage(wish))
    .orderBy(desc(media.timelineAt), desc(media.id))
    .limit(wish.rowsMax),
)

/** Items of the gallery from a place in its timeline on, newest first. */
export async function readGalleryPage(db: EdgeDatabase, wish: PageWish) {
  const [session, [membership], rows] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    pageQuery(db, wish),
  ])
  const data = { membership: membership ?? null, found: rows.map(requirePlaced) }
  return { session, data } satisfies GroupRead<object[]>
}

const idsQuery = declareQuery((db, wish: Slots<PageWish>) =>
  db
    .select({
      id: media.id,
      ownerId: media.ownerId,
      timelineAt: sql<Date>`${media.timelineAt}`.mapWith(media.timelineAt),
    })
    .from(media)
    .where(isOnPage(wish))
    .orderBy(desc(media.timelineAt), desc(media.id))
    .limit(wish.rowsMax),
)

/** Which items the same gallery holds and whose they are, and nothing else: thousands of them cost what a page costs. */
export async function readGalleryIds(db: EdgeDatabase, wish: PageWish) {
  const [session, [membership], found] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    idsQuery(db, wish),
  ])
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

type ChunkColumns = { section: string; month: string; count: string; after_at: string | null; after_id: string | null }

type TimelineWish = GalleryWish & { readonly chunkMax: number }

const timelineQuery = declareQuery((db, wish: Slots<TimelineWish>) => {
  const today = sql`(${moment(wish.nowMs)} at time zone ${wish.zone})::date`
  return db.execute<ChunkColumns>(sql`
      with shown as (
        select ${media.timelineAt} as at, ${media.id} as id, (${media.timelineAt} at time zone ${wish.zone})::date as day
        from ${media} where ${and(isShown(wish), isWanted(wish))}
      ), placed as (
        select at, id, to_char(day, 'YYYY-MM') as month, case
          when day > ${today} then to_char(day, 'YYYY-MM')
          when day = ${today} then 'today'
          when day >= date_trunc('week', ${today}) then 'week'
          when day >= date_trunc('month', ${today}) then 'month'
          when day >= date_trunc('year', ${today}) then 'year'
          else to_char(day, 'YYYY-MM') end as section
        from shown
      ), numbered as (
        select at, month, section, lag(at) over line as after_at, lag(id) over line as after_id,
          row_number() over part - 1 as number, count(*) over (partition by section, month) as total
        from placed
        window line as (order by at desc, id desc), part as (partition by section, month order by at desc, id desc)
      )
      select section, month, least(${wish.chunkMax}::bigint, total - number) as count,
        extract(epoch from after_at) * 1000 as after_at, after_id
      from numbered where number % ${wish.chunkMax}::bigint = 0 order by at desc, number`)
})

/**
 * The gallery cut into chunks: by section (as far back as the viewer's today says), by month, and every `chunkMax` items.
 * Each says what it comes after, so that any of them can be read without those before it. Weeks begin on Monday; what
 * is dated after today stands in its month. One walk along the index of the timeline.
 */
export async function readTimeline(db: EdgeDatabase, wish: TimelineWish) {
  const [session, [membership], { rows }] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    timelineQuery(db, wish),
  ])
  const found = rows.map(({ section, month, count, after_at, after_id }) => ({
    section,
    month,
    count: Number(count),
    after:
      after_at === null || after_id === null
        ? null
        : { timelineAtMs: Math.round(Number(after_at)), id: idFromUuid('media', after_id) },
  }))
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

type SinceWish = MemberWish & { readonly fromMs: number; readonly rowsMax: number }

const sinceQuery = declareQuery((db, wish: Slots<SinceWish>) =>
  db
    .select(galleryColumns(wish))
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(isShown(wish), gte(media.publishedAt, moment(wish.fromMs))))
    .orderBy(desc(media.publishedAt), desc(media.id))
    .limit(wish.rowsMax),
)

/** What became visible in the gallery at or after a moment, newest first. */
export async function readGallerySince(db: EdgeDatabase, wish: SinceWish) {
  const [session, [membership], rows] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    sinceQuery(db, wish),
  ])
  const data = { membership: membership ?? null, found: rows.map(requirePlaced) }
  return { session, data } satisfies GroupRead<object[]>
}

export type ItemWish = { readonly sessionId: string; readonly mediaId: MediaId; readonly nowMs: number }

const isInGalleryOf = (viewer: Given<Viewer>): SQL =>
  sql`${media.isInGallery} and ${isMemberOf(viewer, sql`${media.groupId}`, 'viewer')}`

/** A condition on the row of media at hand: it is in a gallery of the viewer's, by somebody who is not apart from them. */
export const isInOwnGallery = (viewer: Given<Viewer>): SQL =>
  sql`${isInGalleryOf(viewer)} and ${isOfNobodyApart(viewer)}`

/** The same for what the viewer sees anywhere: there, or in the public feed. */
export const isSeen = (viewer: Given<Viewer>): SQL =>
  sql`(${media.isPublic} or ${isInGalleryOf(viewer)}) and ${isOfNobodyApart(viewer)}`

const itemQuery = declareQuery((db, wish: Slots<ItemWish>) =>
  db
    .select(galleryColumns(wish))
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(matches(media.id, wish.mediaId), isInOwnGallery(wish))),
)

/** One item of a gallery that the session's user belongs to, hidden or not. */
export async function readGalleryItem(db: EdgeDatabase, wish: ItemWish) {
  const [session, [row]] = await readAs(db, wish.sessionId, [itemQuery(db, wish)])
  const data = row === undefined ? null : requirePlaced(row)
  return { session, data } satisfies SessionRead<object | null>
}

type HiddenWish = MemberWish & { readonly after: MediaId | null; readonly rowsMax: number }

const hiddenQuery = declareQuery((db, wish: Slots<HiddenWish>) =>
  db
    .select(galleryColumns(wish))
    .from(hiddenItems)
    .innerJoin(media, eq(media.id, hiddenItems.mediaId))
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(
      and(
        eq(hiddenItems.userId, viewerId(wish)),
        matches(media.groupId, wish.groupId),
        sql`${media.isInGallery}`,
        isMemberOf(wish, uuid(wish.groupId), 'viewer'),
        isOfNobodyApart(wish),
        wish.after === null ? undefined : lt(hiddenItems.mediaId, valueOf(hiddenItems.mediaId, wish.after)),
      ),
    )
    .orderBy(desc(hiddenItems.mediaId))
    .limit(wish.rowsMax),
)

/** What the viewer has hidden in the gallery, the newest upload first: ids sort by creation. */
export async function readHidden(db: EdgeDatabase, wish: HiddenWish) {
  const [session, [membership], rows] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    hiddenQuery(db, wish),
  ])
  const data = { membership: membership ?? null, found: rows.map(requirePlaced) }
  return { session, data } satisfies GroupRead<object[]>
}
