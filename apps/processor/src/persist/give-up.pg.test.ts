// An outcome that cannot be read, over a real database: its upload does not wait for the janitor's last try.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { markGivenUp } from '@shoebox/db/stores/janitor-store.ts'
import { isRefusedByData, settleMany } from '@shoebox/db/stores/outcome-store.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createLog } from '../log.ts'
import { persistOutcomes } from './persist-outcomes.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const { rows } = await openDatabase(start)
const [ann, bob] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bob')]

async function persist(mediaId: MediaId, key: string) {
  const unreadable = { version: 1, mediaId, ownerId: ann.userId, incomingKey: key, outcome: 'ready', heightPx: 2 ** 39 }
  await persistOutcomes(
    {
      settleMany: (outcomes, nowMs) => settleMany(rows.db, outcomes, nowMs),
      isRefusedByData,
      markGivenUp: (upload, nowMs) => markGivenUp(rows.db, upload, nowMs),
      nowMs: () => start.getTime() + 1000,
      log: createLog('persist', () => {}),
    },
    [makeSqsRecord('m1', JSON.stringify(unreadable), 4)],
  )
  const [row] = await rows.db.select().from(media).where(eq(media.id, mediaId))
  return [row?.state, row?.refusalReason]
}

test('refuses the upload that waits for it', async () => {
  const mediaId = await rows.addUpload(ann)
  expect(await persist(mediaId, incomingKey(ann.userId, mediaId))).toEqual(['refused', 'processing_failed'])
})

test('leaves alone what another outcome has settled, and what lies under another key', async () => {
  const [ready, reserved] = [await rows.addItem(ann, start), await rows.addUpload(ann)]
  expect(await persist(ready, incomingKey(ann.userId, ready))).toEqual(['ready', null])
  expect(await persist(reserved, incomingKey(bob.userId, reserved))).toEqual(['reserved', null])
})
