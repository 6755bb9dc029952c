// Outcomes that cannot be stored or read, over a real database: which uploads are refused for it, and which wait.
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { markGivenUp } from '@shoebox/db/stores/janitor-store.ts'
import { isRefusedByData, settleMany } from '@shoebox/db/stores/outcome-store.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createLog } from '../log.ts'
import { persistOutcomes } from './persist-outcomes.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const { rows } = await openDatabase(start)
const ann = await rows.addAuthor('Ann')

// The schema lets nothing through that this database refuses: a rule which only the database knows.
await rows.db.execute(sql`alter table media add check (width_px <> 4321)`)
const good = (mediaId: MediaId) => makeReadyOutcome(ann.userId, mediaId)
const unstorable = (mediaId: MediaId) => makeReadyOutcome(ann.userId, mediaId, { widthPx: 4321 })
const newer = (mediaId: MediaId) => ({ ...good(mediaId), type: 'image/of-tomorrow' })

/** @param messages outcomes, each with how often it was received */
async function persist(...messages: readonly (readonly [outcome: { readonly mediaId: MediaId }, receives: number])[]) {
  const { batchItemFailures } = await persistOutcomes(
    {
      settleMany: (outcomes, nowMs) => settleMany(rows.db, outcomes, nowMs),
      isRefusedByData,
      markGivenUp: (upload, nowMs) => markGivenUp(rows.db, upload, nowMs),
      nowMs: () => start.getTime() + 1000,
      log: createLog('persist', () => {}),
    },
    messages.map(([outcome, receives], n) => makeSqsRecord(`m${n}`, JSON.stringify(outcome), receives)),
  )
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
}

async function endOf(mediaId: MediaId) {
  const [row] = await rows.db.select().from(media).where(eq(media.id, mediaId))
  return [row?.state, row?.refusalReason]
}

test('an upload whose outcome the database refuses is refused at the fourth try', async () => {
  const id = await rows.addUpload(ann)
  expect(await persist([unstorable(id), 3])).toEqual(['m0'])
  expect(await endOf(id)).toEqual(['reserved', null])
  expect(await persist([unstorable(id), 4])).toEqual(['m0'])
  expect(await endOf(id)).toEqual(['refused', 'processing_failed'])
})

test('and becomes ready when the same batch has an outcome of it that can be stored', async () => {
  const [id, other] = [await rows.addUpload(ann), await rows.addUpload(ann)]
  expect(await persist([unstorable(id), 4], [good(other), 4], [good(id), 1])).toEqual(['m0'])
  expect(await endOf(id)).toEqual(['ready', null])
  expect(await endOf(other)).toEqual(['ready', null])
})

test('an upload whose outcome newer code sent waits, until one comes that can be read', async () => {
  const id = await rows.addUpload(ann)
  expect(await persist([newer(id), 5])).toEqual(['m0'])
  expect(await endOf(id)).toEqual(['reserved', null])
  expect(await persist([newer(id), 5], [good(id), 1])).toEqual(['m0'])
  expect(await endOf(id)).toEqual(['ready', null])
})
