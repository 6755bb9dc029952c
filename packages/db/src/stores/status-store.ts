// What `npm run status` asks the database: how uploads stand, and what lies there.
import { and, count, gte, isNotNull, sql, sum } from 'drizzle-orm'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { media } from '../schema/media.ts'

export type UploadCounts = {
  /** Reserved, whether or not the bytes have come. */
  readonly reserved: number
  /** Of these, the ones whose event the janitor had to send again. */
  readonly stuck: number
  /** Ended in the last 24 hours because nothing came of them after all tries. */
  readonly givenUp: number
}

const dayMs = 24 * 60 * 60 * 1000

export async function countUploads(db: PoolDatabase, nowMs: number): Promise<UploadCounts> {
  const [row] = await db
    .select({
      reserved: sql<number>`count(*) filter (where ${media.state} = 'reserved')`.mapWith(Number),
      stuck: sql<number>`count(*) filter (where ${media.state} = 'reserved' and ${media.reinjections} > 0)`.mapWith(
        Number,
      ),
      givenUp: sql<number>`count(*) filter (where ${media.refusalReason} = 'processing_failed' and ${gte(
        media.settledAt,
        new Date(nowMs - dayMs),
      )})`.mapWith(Number),
    })
    .from(media)
  return row ?? { reserved: 0, stuck: 0, givenUp: 0 }
}

export type KindStorage = { readonly kind: MediaKind; readonly items: number; readonly bytes: number }

/** Originals by kind; what is derived from them comes on top. */
export async function measureStorage(db: PoolDatabase): Promise<KindStorage[]> {
  const rows = await db
    .select({ kind: media.kind, items: count(), bytes: sum(media.bytes).mapWith(Number) })
    .from(media)
    .where(and(sql`${media.state} = 'ready'`, isNotNull(media.kind)))
    .groupBy(media.kind)
    .orderBy(media.kind)
  return rows.flatMap(({ kind, items, bytes }) => (kind === null ? [] : [{ kind, items, bytes: bytes ?? 0 }]))
}
