// What tests of settling start from: a database, two people, uploads of the first that wait, and outcomes of those.
import { afterAll } from 'vitest'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { ReadyOutcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { openDatabase } from './open-database.ts'
import { makeReadyOutcome, makeRefusedOutcome } from './samples/outcomes.ts'

type Columns = Partial<typeof media.$inferInsert>

const startedAt = new Date('2026-06-15T12:00:00.000Z')

/** To be awaited once, at the top of a test file: the database goes after the last of its tests. */
export async function openSettling() {
  const { url, rows } = await openDatabase(startedAt)
  // As many as persisters run into each other.
  const db = connectPool({ connectionString: url, connectionsMax: 8 })
  afterAll(() => db.$client.end())
  const [ann, bob] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bob')]

  /** Of which the browser told no sum, unless the columns say so. */
  const reserveOne = (columns: Columns = {}): Promise<MediaId> =>
    rows.addUpload(ann, { declaredSha256: null, ...columns })

  return {
    db,
    ann: ann.userId,
    bob: bob.userId,
    startedAt,
    /** Outcomes may wait: these are settled an hour after their inspection. */
    nowMs: startedAt.getTime() + 3_600_000,
    reserveOne,
    reserve: (count: number, columns: Columns = {}) =>
      Promise.all(Array.from({ length: count }, () => reserveOne(columns))),
    ready: (mediaId: MediaId, change: Partial<ReadyOutcome> = {}) =>
      makeReadyOutcome(ann.userId, mediaId, { sha256: 'B'.repeat(44), ...change }),
    refused: (mediaId: MediaId, change: Partial<RefusedOutcome> = {}) =>
      makeRefusedOutcome(ann.userId, mediaId, change),
    find: async (id: MediaId) => (await db.select().from(media)).find((row) => row.id === id),
  }
}
