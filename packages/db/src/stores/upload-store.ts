// The rows of uploads between their reservation (reservation-store.ts) and where the person who sends them watches
// them. Settling is the persister's (outcome-store.ts).
import { and, eq, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, type Given, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { uuids } from './id-param.ts'
import { viewerId } from './block-filter.ts'
import { feedColumns, type FeedRow } from './feed-store.ts'
import { endReserved } from './quota-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'
import { showToOwner } from './show-to-owner.ts'

export type OneUploadWish = { readonly author: Author; readonly mediaId: MediaId; readonly nowMs: number }

const isOwn = ({ author, mediaId }: Given<OneUploadWish>) =>
  and(matches(media.id, mediaId), matches(media.ownerId, author.userId))

const ownQuery = declareQuery((db, wish: Slots<OneUploadWish>) =>
  db
    .select({
      state: media.state,
      incomingKey: media.incomingKey,
      declaredType: media.declaredType,
      declaredBytes: media.declaredBytes,
      declaredSha256: media.declaredSha256,
    })
    .from(media)
    .where(and(isOwn(wish), isStillSignedIn(wish.author, wish.nowMs))),
)

/** What a new signature for the author's own upload must bind, and whether there is still something to send. */
export async function findUpload(db: EdgeDatabase, wish: OneUploadWish) {
  const [row] = await retryRead(() => ownQuery(db, wish))
  return row ?? null
}

/**
 * Moves the author's own upload from reserved to cancelled and gives its room back. Returns the state it is in then,
 * and what may have to be aborted on S3; or null for no such row.
 */
export async function markCancelled(db: EdgeDatabase, wish: OneUploadWish) {
  const signedIn = isStillSignedIn(wish.author, wish.nowMs)
  const cancel = db.execute(endReserved(sql`${isOwn(wish)} and ${signedIn}`, 'cancelled', wish.nowMs))
  const look = db
    .select({ state: media.state, incomingKey: media.incomingKey, multipartUploadId: media.multipartUploadId })
    .from(media)
    .where(and(isOwn(wish), signedIn))
  const [, [row]] = await db.batch([cancel, look])
  return row ?? null
}

export type SendingWish = { readonly sessionId: string; readonly mediaId: MediaId; readonly nowMs: number }

const sendingQuery = declareQuery((db, wish: Slots<SendingWish>) =>
  db
    .select({
      id: media.id,
      state: media.state,
      incomingKey: media.incomingKey,
      declaredType: media.declaredType,
      declaredBytes: media.declaredBytes,
      declaredSha256: media.declaredSha256,
      multipartUploadId: media.multipartUploadId,
    })
    .from(media)
    .where(and(matches(media.id, wish.mediaId), eq(media.ownerId, viewerId(wish)))),
)

/** What is known of one upload while it is sent in parts, if it is the session's user's, and the session, in one trip. */
export async function findSending(db: EdgeDatabase, wish: SendingWish) {
  const [session, [data]] = await readAs(db, wish.sessionId, [sendingQuery(db, wish)])
  return { session, data: data ?? null } satisfies SessionRead<object | null>
}

/**
 * Stores what S3 calls the multipart upload of the author's reserved upload, unless one is stored. Returns the stored
 * one, or null when the upload is not reserved any more.
 */
export async function keepMultipart(
  db: EdgeDatabase,
  wish: OneUploadWish & { readonly multipartUploadId: string },
): Promise<string | null> {
  const [row] = await db
    .update(media)
    .set({ multipartUploadId: sql`coalesce(${media.multipartUploadId}, ${wish.multipartUploadId})` })
    .where(and(isOwn(wish), sql`${media.state} = 'reserved'`, isStillSignedIn(wish.author, wish.nowMs)))
    .returning({ multipartUploadId: media.multipartUploadId })
  return row?.multipartUploadId ?? null
}

/** Forgets a multipart upload that S3 has no more, so that another can be opened. */
export async function forgetMultipart(
  db: EdgeDatabase,
  wish: OneUploadWish & { readonly multipartUploadId: string },
): Promise<void> {
  await db
    .update(media)
    .set({ multipartUploadId: null })
    .where(
      and(
        isOwn(wish),
        eq(media.multipartUploadId, wish.multipartUploadId),
        sql`${media.state} = 'reserved'`,
        isStillSignedIn(wish.author, wish.nowMs),
      ),
    )
}

export type WatchWish = {
  readonly sessionId: string
  readonly mediaIds: readonly MediaId[]
  readonly nowMs: number
}

/** What an uploader is told of an upload, and what is shown of it. */
export const ownColumns = {
  ...feedColumns,
  state: media.state,
  listing: media.listing,
  refusalReason: media.refusalReason,
  duplicateOf: media.duplicateOf,
  declaredType: media.declaredType,
  detectedType: media.detectedType,
}

const watchedQuery = declareQuery((db, wish: Slots<WatchWish>) =>
  db
    .select(ownColumns)
    .from(media)
    .innerJoin(users, eq(users.id, media.ownerId))
    .where(and(sql`${media.id} = any(${uuids(wish.mediaIds)})`, eq(media.ownerId, viewerId(wish)))),
)

/** How far those of the uploads have come that belong to the session's user, and the session itself, in one trip. */
export async function findWatched(db: EdgeDatabase, wish: WatchWish) {
  const [session, rows] = await readAs(db, wish.sessionId, [watchedQuery(db, wish)])
  const data = rows.map(({ refusalReason, duplicateOf, declaredType, detectedType, ...row }) => ({
    id: row.id,
    state: row.state,
    refusalReason,
    duplicateOf,
    declaredType,
    detectedType,
    ready: showToOwner(row),
  }))
  return { session, data } satisfies SessionRead<{ ready: FeedRow | null }[]>
}
