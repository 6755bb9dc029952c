import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { openSettling } from '@shoebox/testing/open-settling.ts'
import { deletions } from '../schema/upkeep.ts'
import { settleMany } from './outcome-store.ts'

const { db, nowMs, ready, reserveOne, find } = await openSettling()

describe('stored bytes that are not what was declared', () => {
  const declaredSha256 = `${'D'.repeat(43)}=`

  test.each([
    ['longer', { bytes: 1001, sha256: declaredSha256 }],
    ['shorter', { bytes: 999, sha256: null }],
    ['of another sum', { sha256: `${'E'.repeat(43)}=` }],
  ])('are refused where they are %s, and what was made of them goes', async (_, found) => {
    const id = await reserveOne({ declaredSha256 })
    expect(await settleMany(db, [ready(id, found)], nowMs)).toEqual([id])
    expect(await find(id)).toMatchObject({
      state: 'refused',
      refusalReason: 'content_mismatch',
      detectedType: 'image/jpeg',
      generation: null,
      derivatives: null,
      publishedAt: null,
      duplicateOf: null,
    })
    const wishes = await db.select().from(deletions).where(eq(deletions.mediaId, id))
    expect(wishes).toMatchObject([{ generation: ready(id).generation, reason: 'superseded' }])
  })

  test('are no twin of what was declared and is there', async () => {
    const once = { allowDuplicate: false }
    const [other, good] = [await reserveOne(once), await reserveOne(once)]
    const sha256 = `${'F'.repeat(43)}=`
    await settleMany(db, [ready(other, { sha256, bytes: 1 }), ready(good, { sha256 })], nowMs)
    expect(await find(other)).toMatchObject({ refusalReason: 'content_mismatch' })
    expect(await find(good)).toMatchObject({ state: 'ready' })
  })

  test('are kept where one of both sums is not known, and their length is right', async () => {
    const [inParts, withoutSum] = [await reserveOne(), await reserveOne({ declaredSha256 })]
    await settleMany(db, [ready(inParts), ready(withoutSum, { sha256: null })], nowMs)
    expect([await find(inParts), await find(withoutSum)]).toMatchObject([{ state: 'ready' }, { state: 'ready' }])
  })
})
