// The rows of uploads, from their reservation to where the person who sends them watches them. Settling is the
// persister's (outcome-store.ts).
import { and, eq, inArray, sql } from 'drizzle-orm'
import { idFromUuid, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { feedColumns, requireReady, type FeedRow } from './feed-store.ts'
import { isStillSignedIn, sessionQuery, userOfLivingSession, type Author, type SessionRead } from './session-store.ts'

export type Reservation = {
  readonly id: MediaId
  readonly ordinal: number
  readonly fileName: string
  readonly declaredType: MediaType
  readonly declaredBytes: number
  readonly declaredSha256: string
  readonly incomingKey: string
}

export type ReservationWish = {
  readonly author: Author
  readonly batchId: string
  readonly reservations: readonly Reservation[]
  readonly nowMs: number
}

export type ReservedRow = Omit<Reservation, 'fileName'> & { readonly state: StoredState }

type ReservedColumns = {
  id: string
  ordinal: number
  state: StoredState
  declared_type: MediaType
  /** bigint: the driver leaves it text. */
  declared_bytes: string
  declared_sha256: string
  incoming_key: string
}

/**
 * Writes the rows that are new and returns every row of the wish: where the batch was declared before, with the ids
 * and the state it has since. One statement, so two equal calls at once get the same rows. Null when the author's
 * session has ended.
 */
export async function reserveUploads(
  db: EdgeDatabase,
  { author, batchId, reservations, nowMs }: ReservationWish,
): Promise<ReservedRow[] | null> {
  const files = JSON.stringify(reservations.map((file) => ({ ...file, id: uuidOf(file.id) })))
  const { rows } = await db.execute<ReservedColumns>(sql`
    insert into ${media} (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256,
      state, incoming_key, created_at)
    select file.id, ${sql.param(author.userId, media.ownerId)}::uuid, ${batchId}::uuid, file.ordinal, file."fileName",
      file."declaredType", file."declaredBytes", file."declaredSha256", 'reserved', file."incomingKey",
      ${new Date(nowMs).toISOString()}::timestamptz
    from jsonb_to_recordset(${files}::jsonb) as file(id uuid, ordinal smallint, "fileName" text, "declaredType" text,
      "declaredBytes" bigint, "declaredSha256" text, "incomingKey" text)
    where ${isStillSignedIn(db, author, nowMs)}
    order by file.ordinal
    on conflict (owner_id, batch_id, ordinal) do update set ordinal = excluded.ordinal
    returning id, ordinal, state, declared_type, declared_bytes, declared_sha256, incoming_key`)
  if (rows.length === 0) return null
  return rows.map((row) => ({
    id: idFromUuid('media', row.id),
    ordinal: row.ordinal,
    state: row.state,
    declaredType: row.declared_type,
    declaredBytes: Number(row.declared_bytes),
    declaredSha256: row.declared_sha256,
    incomingKey: row.incoming_key,
  }))
}

export type OneUploadWish = { readonly author: Author; readonly mediaId: MediaId; readonly nowMs: number }

const isOwn = ({ author, mediaId }: OneUploadWish) => and(eq(media.id, mediaId), eq(media.ownerId, author.userId))

/** What a new signature for the author's own upload must bind, and whether there is still something to send. */
export async function findUpload(db: EdgeDatabase, wish: OneUploadWish) {
  const [row] = await retryRead(() =>
    db
      .select({
        state: media.state,
        incomingKey: media.incomingKey,
        declaredType: media.declaredType,
        declaredBytes: media.declaredBytes,
        declaredSha256: media.declaredSha256,
      })
      .from(media)
      .where(and(isOwn(wish), isStillSignedIn(db, wish.author, wish.nowMs))),
  )
  return row ?? null
}

/** Moves the author's own upload from reserved to cancelled. Returns the state it is in then, or null for no such row. */
export async function markCancelled(db: EdgeDatabase, wish: OneUploadWish): Promise<StoredState | null> {
  const signedIn = isStillSignedIn(db, wish.author, wish.nowMs)
  const cancel = db
    .update(media)
    .set({ state: 'cancelled', settledAt: new Date(wish.nowMs) })
    .where(and(isOwn(wish), sql`${media.state} = 'reserved'`, signedIn))
  const look = db
    .select({ state: media.state })
    .from(media)
    .where(and(isOwn(wish), signedIn))
  const [, [row]] = await db.batch([cancel, look])
  return row?.state ?? null
}

export type WatchWish = {
  readonly sessionId: string
  readonly mediaIds: readonly MediaId[]
  readonly nowMs: number
}

/** How far those of the uploads have come that belong to the session's user, and the session itself, in one trip. */
export async function findWatched(db: EdgeDatabase, { sessionId, mediaIds, nowMs }: WatchWish) {
  const watched = () =>
    db
      .select({
        ...feedColumns,
        state: media.state,
        refusalReason: media.refusalReason,
        declaredType: media.declaredType,
        detectedType: media.detectedType,
      })
      .from(media)
      .innerJoin(users, eq(users.id, media.ownerId))
      .where(
        and(inArray(media.id, [...mediaIds]), eq(media.ownerId, sql`(${userOfLivingSession(db, sessionId, nowMs)})`)),
      )
  const [[session], rows] = await retryRead(() => db.batch([sessionQuery(db, sessionId), watched()]))
  const data = rows.map(({ state, refusalReason, declaredType, detectedType, ...shown }) => ({
    id: shown.id,
    state,
    refusalReason,
    declaredType,
    detectedType,
    ready: state === 'ready' ? requireReady(shown) : null,
  }))
  return { session: session ?? null, data } satisfies SessionRead<{ ready: FeedRow | null }[]>
}
