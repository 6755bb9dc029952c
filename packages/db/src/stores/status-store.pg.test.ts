import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { media } from '../schema/media.ts'
import { deletions } from '../schema/upkeep.ts'
import { askForStray } from './deletion-store.ts'
import { findRounds, keepRound } from './round-store.ts'
import { countUploads, measureStorage } from './status-store.ts'

const now = new Date('2026-06-15T12:00:00.000Z')
const nowMs = now.getTime()
const hourMs = 60 * 60_000
const { rows } = await openDatabase(now)

test('a round that has nothing to say yet is kept, and the next takes its place', async () => {
  const round = { task: 'reconcile', startedMs: nowMs, endedMs: nowMs + 1, isOk: true }
  await keepRound(rows.db, { ...round, report: null })
  expect(await findRounds(rows.db)).toEqual([{ ...round, report: {} }])
  await keepRound(rows.db, { ...round, isOk: false, report: { rows: 1 } })
  expect(await findRounds(rows.db)).toEqual([{ ...round, isOk: false, report: { rows: 1 } }])
})

test('counts what waits, what is stuck, what was given up within a day, and what is overdue by an hour', async () => {
  const ann = await rows.addAuthor('Ann')
  const [waiting, stuck, lost, old] = [
    await rows.addUpload(ann),
    await rows.addUpload(ann),
    await rows.addUpload(ann),
    await rows.addUpload(ann),
  ]
  const change = (id: typeof waiting, values: Partial<typeof media.$inferInsert>) =>
    rows.db.update(media).set(values).where(eq(media.id, id))
  await change(stuck, { reinjections: 1 })
  const givenUp = { state: 'refused', refusalReason: 'processing_failed' } as const
  await change(lost, { ...givenUp, settledAt: new Date(nowMs - 23 * hourMs) })
  await change(old, { ...givenUp, settledAt: new Date(nowMs - 25 * hourMs) })
  const wish = { mediaId: lost, reason: 'stray', wasShown: false, nextTryAt: now } as const
  await rows.db.insert(deletions).values([
    { ...wish, generation: 'fresh', createdAt: new Date(nowMs - hourMs / 2) },
    { ...wish, generation: 'overdue', createdAt: new Date(nowMs - 2 * hourMs) },
    { ...wish, generation: 'gone', createdAt: new Date(nowMs - 2 * hourMs), goneAt: now },
    { ...wish, generation: 'gone for a day', createdAt: new Date(nowMs - 25 * hourMs), goneAt: now },
    { ...wish, generation: 'done', createdAt: new Date(nowMs - 2 * hourMs), doneAt: now },
  ])
  const again = { mediaId: lost, generation: 'asked again', incomingKey: null }
  for (const hours of [2, 0.5]) await askForStray(rows.db, again, nowMs - hours * hourMs)
  expect(await countUploads(rows.db, nowMs)).toEqual({ reserved: 2, stuck: 1, givenUp: 1, undeleted: 2 })
  expect(await measureStorage(rows.db)).toEqual([])
})
