// The SQL of reviews and of what may not come back, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as knowing from './known-bad-store.ts'
import { recordSql } from './record-sql.ts'
import * as reviewing from './review-store.ts'
import { showSql } from './show-sql.ts'

const nowMs = Date.parse('2026-06-15T12:00:00.000Z')
const sessionId = 'session'
const [userId, mediaId] = [numberedId('user', 1), numberedId('media', 1)]
const author = { userId, sessionId }
const audit = sealForTest({
  chain: null,
  action: 'review.approved',
  actorId: userId,
  subject: { kind: 'media', id: mediaId },
  atMs: nowMs,
})
const change = { author, mediaIds: [mediaId], audits: [audit], nowMs }
const read = { sessionId, nowMs, rowsMax: 30 }

const stores = { 'known-bad-store': knowing, 'review-store': reviewing }
const calls: Record<keyof typeof stores, Record<string, (db: EdgeDatabase) => Promise<unknown>>> = {
  'known-bad-store': {
    findKnownBad: (db) => knowing.findKnownBad(db, { ...read, after: { addedAtMs: nowMs, id: mediaId } }),
    liftKnownBad: (db) => knowing.liftKnownBad(db, { author, mediaId, audit, nowMs }),
  },
  'review-store': {
    findHeld: (db) => reviewing.findHeld(db, { ...read, after: { heldAtMs: nowMs, id: mediaId } }),
    findOwnHeld: (db) => reviewing.findOwnHeld(db, read),
    approveHeld: (db) => reviewing.approveHeld(db, change),
    refuseHeld: async (db) => {
      await reviewing.refuseHeld(db, { ...change, known: null })
      await reviewing.refuseHeld(db, { ...change, known: [audit] })
    },
    findReviewTiers: (db) => reviewing.findReviewTiers(db, { sessionId, nowMs }),
    setReviewTiers: (db) => reviewing.setReviewTiers(db, { author, tiers: [{ daysMax: 7, posts: 3 }], audit, nowMs }),
  },
}

test.each(Object.entries(stores))('every function of %s has its statements here', (name, store) => {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  expect(Object.keys(calls[name as keyof typeof stores]).toSorted()).toEqual(functions.map(([key]) => key).toSorted())
})

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(functions)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})
