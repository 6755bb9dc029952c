// Accounts that were deleted and of which nothing is left: their people are told what went, and then forgotten.
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { idFromUuid, type MediaId, type UserId } from '@shoebox/shared/ids.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { dataExports, departures } from '../schema/leaving.ts'
import { deletions } from '../schema/upkeep.ts'

export type FinishedDeparture = Omit<typeof departures.$inferSelect, 'deletedAt' | 'mediaIds'> & {
  /** What S3 listed and was deleted, until it listed nothing more. */
  readonly objects: number
  readonly bytes: number
  readonly copies: EdgeCopies
}

/** What a delivery network may have kept, and what of it was dropped at every edge; nothing where there is none. */
export type EdgeCopies = {
  /** Items that were shown, so that there may have been copies. */
  readonly shown: number
  readonly dropped: number
  /** When the last of them were: ISO 8601. */
  readonly lastAt: string | null
  /** Some of those that were dropped. */
  readonly mediaIds: readonly MediaId[]
}

/** How many of the dropped items a receipt names. */
const namedMax = 20

/** Departures of which nothing is left in S3, exports too, nor at the edge, with what was deleted. The oldest first. */
export async function findFinishedDepartures(db: PoolDatabase, rowsMax: number): Promise<FinishedDeparture[]> {
  const { deletedAt, mediaIds, ...columns } = getTableColumns(departures)
  const isDropped = sql`${deletions.wasShown} and ${deletions.invalidatedAt} is not null`
  const gone = db
    .select({
      objects: sql<number>`coalesce(sum(${deletions.objects}), 0)`.mapWith(Number).as('gone_objects'),
      bytes: sql<number>`coalesce(sum(${deletions.bytes}), 0)`.mapWith(Number).as('gone_bytes'),
      isDone: sql<boolean>`coalesce(bool_and(${deletions.doneAt} is not null), true)`.as('is_done'),
      shown: sql<number>`count(*) filter (where ${deletions.wasShown})`.mapWith(Number).as('shown'),
      dropped: sql<number>`count(*) filter (where ${isDropped})`.mapWith(Number).as('dropped'),
      lastAt: sql<string | null>`max(${deletions.invalidatedAt})`.as('last_at'),
      uuids: sql<string[]>`coalesce((array_agg(${deletions.mediaId} order by ${deletions.id})
        filter (where ${isDropped}))[1:${sql.raw(String(namedMax))}], '{}')`.as('uuids'),
    })
    .from(deletions)
    .where(sql`${deletions.mediaId} = any(${mediaIds})`)
    .as('gone')
  const finished = await db
    .select({
      ...columns,
      ...{ objects: gone.objects, bytes: gone.bytes },
      ...{ shown: gone.shown, dropped: gone.dropped, lastAt: gone.lastAt, uuids: gone.uuids },
    })
    .from(departures)
    .innerJoinLateral(gone, sql`true`)
    .where(sql`${gone.isDone} and not exists (
      select 1 from ${dataExports} where ${dataExports.userId} = ${departures.userId})`)
    .orderBy(deletedAt)
    .limit(rowsMax)
  return finished.map(({ shown, dropped, lastAt, uuids, ...departure }) => ({
    ...departure,
    copies: {
      shown,
      dropped,
      lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
      mediaIds: uuids.map((uuid) => idFromUuid('media', uuid)),
    },
  }))
}

/** Forgets a departure: its person was told. */
export async function forgetDeparture(db: PoolDatabase, userId: UserId): Promise<void> {
  await db.delete(departures).where(eq(departures.userId, userId))
}
