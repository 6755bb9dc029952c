// What is left in S3 of a file that was refused: a try before the one that refused it may have stored its work.
import { expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeReadyOutcome, makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { deletions } from '../schema/upkeep.ts'
import { settleMany } from './outcome-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const { rows } = await openDatabase(start)
const ann = await rows.addAuthor('Ann')
const generation = '0123456789abcdef'

const ready = (mediaId: MediaId) => makeReadyOutcome(ann.userId, mediaId, { generation })
const refused = (mediaId: MediaId) => makeRefusedOutcome(ann.userId, mediaId, { generation, reason: 'image_too_slow' })

const settle = (...outcomes: Outcome[]) => settleMany(rows.db, outcomes, start.getTime() + 1000)

test('goes, unless an earlier try made the file ready', async () => {
  const [slow, slowTwice, kept, keptAtOnce] = [
    await rows.addUpload(ann),
    await rows.addUpload(ann),
    await rows.addUpload(ann),
    await rows.addUpload(ann),
  ]
  await settle(refused(slow), refused(slowTwice), refused(slowTwice), ready(kept))
  await settle(ready(keptAtOnce), refused(keptAtOnce), refused(kept))
  const wishes = await rows.db.select().from(deletions).orderBy(deletions.mediaId)
  const wanted = { generation, incomingKey: null, reason: 'superseded', wasShown: false }
  expect(wishes).toMatchObject([
    { mediaId: slow, ...wanted },
    { mediaId: slowTwice, ...wanted },
  ])
})

test('goes with its bytes where the row is gone', async () => {
  const mediaId = await rows.addUpload(ann)
  await rows.db.$client.query('delete from deletions')
  await rows.db.$client.query('delete from media where id = $1', [mediaId.slice(4)])
  await settle(refused(mediaId))
  const wishes = await rows.db.select().from(deletions)
  expect(wishes).toMatchObject([{ mediaId, generation, incomingKey: incomingKey(ann.userId, mediaId) }])
})
