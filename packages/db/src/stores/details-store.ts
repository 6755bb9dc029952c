// All that is known of one item, for whoever may see it.
import { and, eq, or, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { feedColumns, isPublic, requireReady } from './feed-store.ts'
import { isSeen } from './gallery-store.ts'
import { isOwnHeld } from './review-filter.ts'

type Place = (typeof media.place)['_']['data'] | null

type DetailsWish = { readonly viewer: Viewer | null; readonly mediaId: MediaId }

const detailsQuery = declareQuery((db, { viewer, mediaId }: Slots<DetailsWish>) => {
  const isOwn = viewer === null ? sql`false` : sql`${media.ownerId} = ${viewerId(viewer)}`
  const isShared = sql`exists (select 1 from groups where id = ${media.groupId} and location_policy <> 'strip')`
  return db
    .select({
      ...feedColumns,
      takenOffsetMinutes: media.takenOffsetMinutes,
      takenSource: media.takenSource,
      videoCodec: media.videoCodec,
      audioCodec: media.audioCodec,
      frameRate: media.frameRate,
      peaks: media.peaks,
      tags: media.tags,
      captions: media.captions,
      camera: media.camera,
      lens: media.lens,
      exposure: media.exposure,
      place: sql<Place>`case when ${isOwn} or ${isShared} then ${media.place} end`.mapWith(media.place),
      fileName: sql<string | null>`case when ${isOwn} then ${media.fileName} end`,
    })
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(matches(media.id, mediaId), viewer === null ? isPublic : or(isSeen(viewer), isOwnHeld(viewer))))
})

/**
 * A public item, one of a gallery of the session's user, or one of theirs that waits for a review, in one trip. The file's name is null for everyone but its
 * owner; the place too, unless the policy of the group it is in lets the members know. A viewer of null is nobody.
 */
export async function readDetails(db: EdgeDatabase, viewer: Viewer | null, mediaId: MediaId) {
  const [row] = await retryRead(() => detailsQuery(db, { viewer, mediaId }))
  return row === undefined ? null : { ...row, ...requireReady(row) }
}
