// All that is known of one item, for whoever may see it.
import { and, eq, or, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { feedColumns, isPublic, requireReady } from './feed-store.ts'
import { isInOwnGallery } from './gallery-store.ts'
import { userOfLivingSession } from './session-store.ts'

export type DetailsWish = {
  readonly mediaId: MediaId
  /** Of who asks, if there is one: what only the owner may know is read only for them. */
  readonly sessionId: string | null
  readonly nowMs: number
}

type Place = (typeof media.place)['_']['data'] | null

/**
 * A public item, or one of a gallery of the session's user, in one trip. The file's name is null for everyone but its
 * owner; the place too, unless the policy of the group it is in lets the members know.
 */
export async function readDetails(db: EdgeDatabase, { mediaId, sessionId, nowMs }: DetailsWish) {
  const isOwn = sessionId === null ? sql`false` : eq(media.ownerId, sql`(${userOfLivingSession(db, sessionId, nowMs)})`)
  const isShared = sql`exists (select 1 from groups where id = ${media.groupId} and location_policy <> 'strip')`
  const [row] = await retryRead(() =>
    db
      .select({
        ...feedColumns,
        takenOffsetMinutes: media.takenOffsetMinutes,
        takenSource: media.takenSource,
        videoCodec: media.videoCodec,
        audioCodec: media.audioCodec,
        frameRate: media.frameRate,
        peaks: media.peaks,
        tags: media.tags,
        camera: media.camera,
        lens: media.lens,
        exposure: media.exposure,
        place: sql<Place>`case when ${isOwn} or ${isShared} then ${media.place} end`.mapWith(media.place),
        fileName: sql<string | null>`case when ${isOwn} then ${media.fileName} end`,
      })
      .from(media)
      .innerJoin(users, eq(users.id, media.ownerId))
      .where(
        and(eq(media.id, mediaId), sessionId === null ? isPublic : or(isPublic, isInOwnGallery({ sessionId, nowMs }))),
      ),
  )
  return row === undefined ? null : { ...row, ...requireReady(row) }
}
