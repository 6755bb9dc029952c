import { inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openSettling } from '@shoebox/testing/open-settling.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { settleMany } from './outcome-store.ts'

const { db, ann, bob, nowMs, ready, refused, reserve, reserveOne } = await openSettling()

describe('what is made ready and settles nothing', () => {
  const other = 'fedcba9876543210'
  const wishesFor = async (...ids: MediaId[]) =>
    (await db.select().from(deletions).where(inArray(deletions.mediaId, ids)))
      .map(({ mediaId, generation, incomingKey: key }) => ({ mediaId, generation, key }))
      .toSorted((a, b) => (a.mediaId < b.mediaId ? -1 : 1))

  test('goes, unless it is what the item became', async () => {
    const [kept, cancelled] = [await reserveOne(), await reserveOne({ state: 'cancelled' })]
    const [replaced, damaged] = [await reserveOne(), await reserveOne()]
    const never = numberedId('media', 999_999)
    await settleMany(db, [ready(kept), ready(replaced), refused(damaged)], nowMs)
    const late = [kept, cancelled, damaged, never].map((id) => ready(id))
    await settleMany(db, [...late, ready(replaced, { generation: other })], nowMs)
    expect(await wishesFor(kept, cancelled, replaced, damaged, never)).toEqual([
      { mediaId: cancelled, generation: ready(cancelled).generation, key: null },
      { mediaId: replaced, generation: other, key: null },
      { mediaId: damaged, generation: ready(damaged).generation, key: null },
      // Nobody's row will ever clear what arrived for it.
      { mediaId: never, generation: ready(never).generation, key: incomingKey(ann, never) },
    ])
  })

  test('goes too when the one that settles came in the same batch', async () => {
    const id = await reserveOne()
    await settleMany(db, [ready(id), ready(id, { generation: other })], nowMs)
    expect(await wishesFor(id)).toEqual([{ mediaId: id, generation: other, key: null }])
  })

  test('waits where the row may still become it', async () => {
    const id = await reserveOne()
    await settleMany(db, [ready(id, { ownerId: bob })], nowMs)
    expect(await wishesFor(id)).toEqual([])
    expect(await settleMany(db, [ready(id)], nowMs)).toEqual([id])
  })

  test('never takes what an item shows, with every message three times, shuffled, at several persisters', async () => {
    const ids = await reserve(40)
    const cancelled = new Set(ids.filter((_, n) => n % 4 === 0))
    await db
      .update(media)
      .set({ state: 'cancelled' })
      .where(inArray(media.id, [...cancelled]))
    const twice = ids.flatMap((id) => [ready(id), ready(id, { generation: other })])
    const messages = [...twice, ...twice, ...twice]
      .map((message, n) => [message, (n * 89 + 7) % 241] as const)
      .toSorted(([, one], [, next]) => one - next)
      .map(([message]) => message)
    await Promise.all(Array.from({ length: 24 }, (_, n) => settleMany(db, messages.slice(n * 10, n * 10 + 10), nowMs)))
    const rows = await db.select().from(media).where(inArray(media.id, ids))
    const wanted = new Set((await wishesFor(...ids)).map(({ mediaId, generation }) => `${mediaId}/${generation}`))
    for (const { id, generation } of rows) {
      const both = [ready(id).generation, other].map((name) => wanted.has(`${id}/${name}`))
      if (cancelled.has(id)) expect(both).toEqual([true, true])
      else expect(both).toEqual([generation === other, generation !== other])
    }
  })
})
