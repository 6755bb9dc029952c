// What operating the system asks the database: how uploads stand, and what lies there. Asked every minute, so each count
// reads an index of its own and only storage, counted by the hour, goes through all items.
import { and, count, gte, isNotNull, isNull, lt, or, sql, sum } from 'drizzle-orm'
import type { KindStorage, UploadFacts } from '@shoebox/shared/operations/observation.schema.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

export async function countUploads(db: PoolDatabase, nowMs: number): Promise<UploadFacts> {
  const reserved = db
    .select({
      reserved: count().as('reserved'),
      stuck: sql<number>`count(*) filter (where ${media.reinjections} > 0)`.mapWith(Number).as('stuck'),
    })
    .from(media)
    .where(sql`${media.state} = 'reserved'`)
    .as('reserved_now')
  const given = db
    .select({ givenUp: count().as('given_up') })
    .from(media)
    .where(and(sql`${media.refusalReason} = 'processing_failed'`, gte(media.settledAt, new Date(nowMs - dayMs))))
    .as('given')
  const left = db
    .select({ undeleted: count().as('undeleted') })
    .from(deletions)
    .where(
      and(
        isNull(deletions.doneAt),
        // What is gone from S3 waits for its turn at the edge, and for a last look.
        or(
          and(isNull(deletions.goneAt), lt(deletions.createdAt, new Date(nowMs - hourMs))),
          lt(deletions.createdAt, new Date(nowMs - dayMs)),
        ),
      ),
    )
    .as('left_over')
  const [row] = await db
    .select({
      reserved: reserved.reserved,
      stuck: reserved.stuck,
      givenUp: given.givenUp,
      undeleted: left.undeleted,
    })
    .from(reserved)
    .crossJoin(given)
    .crossJoin(left)
  return row ?? { reserved: 0, stuck: 0, givenUp: 0, undeleted: 0 }
}

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
