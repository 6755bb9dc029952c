// What members do with items: hide them for themselves, move their own to another gallery, describe them.
import { and, eq, sql } from 'drizzle-orm'
import { idFromUuid, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { findDatabaseFault } from '../database-fault.ts'
import { hiddenItems } from '../schema/gallery.ts'
import { media } from '../schema/media.ts'
import { mark, marked } from './batch-mark.ts'
import { isInOwnGallery } from './gallery-store.ts'
import { readIds, type ItemsChange } from './gallery-trash-store.ts'
import { isInGalleryStill } from './gallery-twin.ts'
import { uuid, uuids } from './id-param.ts'
import { isKnownBad } from './known-bad.ts'
import { isMemberOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { isAmongFirst } from './review-filter.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

/** Hides items of galleries that the author belongs to, for them alone. Answers the ids that are hidden now. */
export async function hideItems(db: EdgeDatabase, { author, mediaIds, nowMs }: ItemsChange): Promise<MediaId[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with shown as (
      select id from ${media} where id = any(${uuids(mediaIds)})
        and ${isInOwnGallery({ sessionId: author.sessionId, nowMs })}
    ), hidden as (
      insert into ${hiddenItems} (user_id, media_id, hidden_at)
      select ${uuid(author.userId)}, id, ${moment(nowMs)} from shown order by id
      on conflict (user_id, media_id) do nothing
    )
    select id from shown`)
  return readIds(rows)
}

/** Shows them again. What was not hidden stays as it is. */
export async function unhideItems(db: EdgeDatabase, { author, mediaIds, nowMs }: ItemsChange): Promise<void> {
  await db.execute(sql`
    delete from ${hiddenItems} where user_id = ${uuid(author.userId)} and media_id = any(${uuids(mediaIds)})
      and ${isStillSignedIn(author, nowMs)}`)
}

export type MoveWish = ItemsChange & {
  /** Null: the public feed. */
  readonly toGroupId: GroupId | null
  /** Captions and descriptions stay behind: they are gone. */
  readonly withoutWords?: boolean | undefined
}

/**
 * Moves items of the author's to another gallery, out of their trash as well. It is new there; what was said about it
 * belonged to the gallery it was in, and goes. An item stays where it is when its content is in the target already, and
 * when it waits for a review, or lies in the trash where it would go on to. From a group into the feed it passes the same
 * review as what is uploaded there.
 * Answers the ids that it moved.
 */
export async function moveItems(db: EdgeDatabase, wish: MoveWish): Promise<MediaId[]> {
  const { author, mediaIds, toGroupId, withoutWords, nowMs } = wish
  const me = uuid(author.userId)
  const target = toGroupId === null ? sql`null::uuid` : uuid(toGroupId)
  const gallery = toGroupId === null ? me : uuid(toGroupId)
  const mayAdd =
    toGroupId === null
      ? isStillSignedIn(author, nowMs)
      : isMemberOf({ sessionId: author.sessionId, nowMs }, uuid(toGroupId), 'contributor')
  const isFirst = sql`${target} is null and media.group_id is not null
        and ${sql.raw(isAmongFirst('media.review_first', 'media.owner_id'))}`
  const move = db.batch([
    // Keeps the author from being removed from the target meanwhile; a removal takes this row.
    db.execute(sql`select 1 from memberships where group_id = ${target} and user_id = ${me} for share`),
    // What lies in the target's trash, or was taken down there, does not keep its content out: it gives up being the only one.
    db.execute(sql`
      update ${media} set allow_duplicate = true where id in (
        select twin.id from ${media} as mine join ${media} as twin on coalesce(twin.group_id, twin.owner_id) = ${gallery}
          and twin.sha256 = mine.sha256 and twin.state = 'ready' and twin.id <> mine.id
        where mine.id = any(${uuids(mediaIds)}) and mine.owner_id = ${me} and mine.state = 'ready' and ${mayAdd}
          and not twin.allow_duplicate and not (${sql.raw(isInGalleryStill)})
        order by twin.id for update of twin)`),
    // One row: a list that stood in each would be a hundred times as long as the ids.
    db.execute<{ ids: string[] }>(sql`
      with locked as (
        select id, sha256, allow_duplicate, row_number() over (partition by sha256, allow_duplicate order by id) as place
        from (
          select id, sha256, allow_duplicate from ${media}
          where id = any(${uuids(mediaIds)}) and owner_id = ${me} and state = 'ready' and purpose = 'item'
            and (listing = 'listed' or (listing = 'trashed' and trashed_by is null)) and held_for is null
            and not ${sql.raw(isKnownBad('media.sha256'))}
            and (group_id is distinct from ${target} or listing = 'trashed') and ${mayAdd}
          order by id for update
        ) as mine
      ), moving as (
        select id from locked where allow_duplicate or sha256 is null or (place = 1 and not exists (
          select 1 from ${media} as twin where coalesce(twin.group_id, twin.owner_id) = ${gallery}
            and twin.state = 'ready' and twin.sha256 = locked.sha256 and not twin.allow_duplicate
            and twin.id <> locked.id))
      ), moved as (
        update ${media} set group_id = ${target}, listing = case when ${isFirst} then 'held' else 'listed' end,
          held_for = case when ${isFirst} then 'first_posts' end, trashed_at = null, published_at = ${moment(nowMs)},
          comment_count = 0${withoutWords === true ? sql`, caption = '', alt_text = ''` : sql``}
        from moving where media.id = moving.id
        returning media.id
      )
      select coalesce(array_agg(id), '{}') as ids, ${mark('moved', sql`string_agg(id::text, ' ')`)} from moved`),
    // By itself, with the items locked: it sees also what was said while this waited for them.
    db.execute(sql`delete from comments where media_id = any(string_to_array(${marked('moved')}, ' ')::uuid[])`),
  ])
  try {
    const [, , { rows }] = await move
    return (rows[0]?.ids ?? []).map((id) => idFromUuid('media', id))
  } catch (error) {
    // The same content came into the target meanwhile: nothing was moved, and a second try passes it over.
    if (findDatabaseFault(error)?.sqlState === '23505') return []
    throw error
  }
}

export type DescribeWish = {
  readonly author: Author
  readonly mediaId: MediaId
  readonly caption?: string | undefined
  readonly altText?: string | undefined
  readonly nowMs: number
}

/**
 * Writes what the owner says of an item. False: there is no such item of theirs, or it is in a gallery that they may not
 * add to (any more): who was removed says nothing to the group.
 */
export async function describeItem(db: EdgeDatabase, wish: DescribeWish): Promise<boolean> {
  const { author, mediaId, caption, altText, nowMs } = wish
  const mayAdd = isMemberOf({ sessionId: author.sessionId, nowMs }, sql`${media.groupId}`, 'contributor')
  const described = await db
    .update(media)
    .set({ caption: caption ?? sql`${media.caption}`, altText: altText ?? sql`${media.altText}` })
    .where(
      and(
        eq(media.id, mediaId),
        eq(media.ownerId, author.userId),
        sql`${media.state} = 'ready' and ${media.purpose} = 'item' and ${media.listing} in ('listed', 'trashed', 'held')
          and (${media.groupId} is null or ${mayAdd})`,
        isStillSignedIn(author, nowMs),
      ),
    )
    .returning({ id: media.id })
  return described.length > 0
}
