import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { openSettling } from '@shoebox/testing/open-settling.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { isRefusedByData, settleMany } from './outcome-store.ts'

const { db, bob, nowMs, startedAt, ready, reserve, reserveOne, find } = await openSettling()

describe('content that is there already', () => {
  /** Files that were not asked for twice. */
  const once = { allowDuplicate: false, quotaBytes: 1000 }
  const sum = () => `${crypto.randomUUID().replaceAll('-', '')}${'A'.repeat(11)}=`
  /** As a message comes again until it is settled. */
  const settleUntilTold = async (id: MediaId, sha256: string): Promise<unknown> => {
    try {
      return await settleMany(db, [ready(id, { sha256 })], nowMs)
    } catch (error) {
      if (!isRefusedByData(error)) throw error
      return settleUntilTold(id, sha256)
    }
  }
  const endsOf = async (ids: readonly MediaId[]) => {
    const rows = await db.select().from(media)
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  }

  test('is refused, names the item that has it, costs no room and leaves nothing in S3', async () => {
    const [first, second] = [await reserveOne(once), await reserveOne(once)]
    const sha256 = sum()
    await settleMany(db, [ready(first, { sha256 })], nowMs)
    expect(await settleMany(db, [ready(second, { sha256 })], nowMs)).toEqual([second])
    const nothing = { generation: null, derivatives: null, publishedAt: null, quotaBytes: 0 }
    expect(await find(second)).toMatchObject({
      state: 'refused',
      refusalReason: 'duplicate',
      duplicateOf: first,
      ...nothing,
    })
    const [wish] = await db.select().from(deletions).where(eq(deletions.mediaId, second))
    expect(wish).toMatchObject({ generation: ready(second).generation, reason: 'superseded' })
    expect(await find(first)).toMatchObject({ state: 'ready', duplicateOf: null })
  })

  test('comes twice in one batch and is kept once', async () => {
    const [first, second] = [await reserveOne(once), await reserveOne(once)]
    const sha256 = sum()
    await settleMany(db, [ready(second, { sha256 }), ready(first, { sha256 })], nowMs)
    expect(await endsOf([first, second])).toMatchObject([{ state: 'ready' }, { duplicateOf: first }])
  })

  test('is kept once by persisters that run into each other', async () => {
    const ids = await reserve(12, once)
    const sha256 = sum()
    await Promise.all(ids.map((id) => settleUntilTold(id, sha256)))
    const ends = await endsOf(ids)
    const [kept, ...others] = ends.filter((row) => row?.state === 'ready')
    expect(others).toEqual([])
    expect(ends.filter((row) => row?.duplicateOf === kept?.id)).toHaveLength(11)
  })

  test('is kept again for somebody else, and for whoever asked for it', async () => {
    const [first, second] = [await reserveOne(once), await reserveOne({ ...once, allowDuplicate: true })]
    const foreign = await reserveOne({ ...once, ownerId: bob })
    const sha256 = sum()
    const outcomes = [first, second].map((id) => ready(id, { sha256 }))
    await settleMany(db, [...outcomes, ready(foreign, { sha256, ownerId: bob })], nowMs)
    expect((await endsOf([first, second, foreign])).map((row) => row?.state)).toEqual(['ready', 'ready', 'ready'])
  })

  test.each(['trashed', 'removed'] as const)('is kept anew, and once, while the other is %s', async (listing) => {
    const [first, others] = [await reserveOne(once), await reserve(8, once)]
    const sha256 = sum()
    await settleMany(db, [ready(first, { sha256 })], nowMs)
    const out = { listing, trashedAt: listing === 'trashed' ? startedAt : null }
    await db.update(media).set(out).where(eq(media.id, first))
    await Promise.all(others.map((id) => settleUntilTold(id, sha256)))
    const ends = await endsOf(others)
    const [kept, ...more] = ends.filter((row) => row?.state === 'ready')
    expect(more).toEqual([])
    expect(ends.filter((row) => row?.duplicateOf === kept?.id)).toHaveLength(7)
    const back = { listing: 'listed' as const, trashedAt: null }
    await db.update(media).set(back).where(eq(media.id, first))
    expect(await find(first), 'may come back').toMatchObject({ state: 'ready', listing: 'listed' })
  })

  test('stays refused while the other is judged', async () => {
    const [first, second] = [await reserveOne(once), await reserveOne(once)]
    const sha256 = sum()
    await settleMany(db, [ready(first, { sha256 })], nowMs)
    await db.update(media).set({ listing: 'quarantined' }).where(eq(media.id, first))
    await settleMany(db, [ready(second, { sha256 })], nowMs)
    expect(await find(second)).toMatchObject({ state: 'refused', duplicateOf: first })
  })

  test('goes by what S3 says: without a sum nothing is a duplicate', async () => {
    const ids = await reserve(2, once)
    await settleMany(
      db,
      ids.map((id) => ready(id, { sha256: null })),
      nowMs,
    )
    expect((await endsOf(ids)).map((row) => row?.state)).toEqual(['ready', 'ready'])
  })
})
