// Evidence over a real database and real buckets: what was reported can be seen after everything it was about is gone.
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { cases, evidence } from '@shoebox/db/schema/reports.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import * as outbox from '@shoebox/db/stores/deletion-store.ts'
import * as store from '@shoebox/db/stores/evidence-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { uuidOf, type EvidenceId, type MediaId } from '@shoebox/shared/ids.ts'
import { evidenceFolder, originalKey, viewFolder } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { openBuckets } from '../../test/open-buckets.ts'
import { createS3DeletableObjects } from '../adapters/s3-deletable-objects.ts'
import { createS3EvidenceCopy } from '../adapters/s3-evidence.ts'
import { createLog } from '../log.ts'
import { keepEvidence, type KeepEvidenceDeps } from './keep-evidence.ts'
import { purgeDeletions } from './purge-deletions.ts'

const hourMs = 60 * 60_000
const startMs = Date.now()
const generation = '0123456789abcdef'
const { rows } = await openDatabase(new Date(startMs))
const { s3, client } = await openBuckets()
const ann = await rows.addAuthor('Ann')
let nowMs = startMs
let numbers = 0

beforeEach(async () => {
  nowMs = startMs
  for (const table of [evidence, cases, deletions]) await rows.db.delete(table)
})

const bucket = () => createS3DeletableObjects(client, buckets.media)
const log = createLog('purge', () => {})

/** A round as the Lambda does it. */
async function round(changes: Partial<KeepEvidenceDeps> = {}) {
  const kept = await keepEvidence(
    {
      nowMs: () => nowMs,
      claimEvidence: (wish) => store.claimEvidence(rows.db, wish),
      markCopied: (id, copied) => store.markCopied(rows.db, id, copied),
      removeEvidence: (id) => store.removeEvidence(rows.db, id),
      copyObject: createS3EvidenceCopy(client, buckets.media),
      media: bucket(),
      triesMax: store.evidenceTriesMax,
      log,
      ...changes,
    },
    Infinity,
  )
  const purged = await purgeDeletions(
    {
      nowMs: () => nowMs,
      claim: (wish) => outbox.claimDeletions(rows.db, wish),
      markGone: (deletion, gone) => outbox.markGone(rows.db, deletion, gone),
      markDone: (deletion, at) => outbox.markDone(rows.db, deletion, at),
      keepInvalidation: async () => {},
      markInvalidated: async () => {},
      media: bucket(),
      incoming: createS3DeletableObjects(client, buckets.incoming),
      abortMultipart: async () => {},
      edge: null,
      log,
    },
    Infinity,
  )
  return { ...kept, gone: purged.gone }
}

async function keys(): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: buckets.media }))
  return Contents.map(({ Key = '' }) => Key)
}

/** A reported film of Ann's. */
async function addReported(files = ['preview.webp', 'play']): Promise<{ id: MediaId; evidenceId: EvidenceId }> {
  const id = await rows.addItem(ann, new Date(startMs), { kind: 'video', type: 'video/mp4' })
  const view = viewFolder(id, generation)
  for (const Key of [originalKey(id, generation), `${view}/preview.webp`, `${view}/thumb.webp`, `${view}/play`])
    await client.send(new PutObjectCommand({ Bucket: buckets.media, Key, Body: Key, ContentType: 'image/webp' }))
  const n = (numbers += 1)
  const [caseId, evidenceId] = [numberedId('case', n), numberedId('evidence', n)]
  const at = new Date(startMs)
  await rows.db.insert(cases).values({
    id: caseId,
    subjectKind: 'item',
    subjectId: uuidOf(id),
    personId: ann.userId,
    openedAt: at,
    lastReportedAt: at,
  })
  const more = { createdAt: at, nextTryAt: at }
  await rows.db
    .insert(evidence)
    .values({ id: evidenceId, caseId, mediaId: id, generation, kind: 'video', files, ...more })
  return { id, evidenceId }
}

const end = (id: MediaId) =>
  rows.db.execute(outbox.purgeItems(sql`${media.id} = ${sql.param(id, media.id)}`, 'account_deleted', startMs))

test('what was shown is copied before it goes, and stays when nothing else of the item does', async () => {
  const { id, evidenceId } = await addReported()
  await end(id)
  expect(await round()).toMatchObject({ kept: 1, gone: 1, evidenceFailed: 0 })
  const folder = evidenceFolder(evidenceId)
  const mine = (await keys()).filter((key) => key.includes(id) || key.startsWith(folder))
  expect(mine).toEqual([`${folder}/play`, `${folder}/preview.webp`])
  expect(s3.findObject(buckets.media, `${folder}/preview.webp`)?.system['content-type']).toBe('image/webp')
  expect(await rows.db.select().from(evidence)).toMatchObject([{ state: 'kept', keptAt: new Date(nowMs) }])
})

test('nothing of an item is deleted while its evidence cannot be copied, until that is given up', async () => {
  const { id } = await addReported()
  await end(id)
  const broken = { copyObject: () => Promise.reject(new Error('S3 is away')) }
  for (let tries = 0; tries < store.evidenceTriesMax - 1; tries += 1) {
    expect(await round(broken)).toMatchObject({ gone: 0, evidenceFailed: 1 })
    nowMs += hourMs
  }
  expect((await keys()).filter((key) => key.includes(id))).toHaveLength(4)
  expect(await round(broken)).toMatchObject({ missing: 1, gone: 1 })
  expect((await keys()).filter((key) => key.includes(id))).toEqual([])
})

test('a copy that was made and not noted is made again, and what is not there is no reason to wait', async () => {
  const { id } = await addReported(['preview.webp', 'gone.webp'])
  expect(await round({ markCopied: () => Promise.reject(new Error('killed')) })).toMatchObject({ evidenceFailed: 1 })
  nowMs += hourMs
  expect(await round()).toMatchObject({ kept: 1, evidenceFailed: 0 })
  expect(await rows.db.select().from(evidence)).toMatchObject([{ mediaId: id, files: ['preview.webp'] }])
})

test('the copies of a case that was forgotten go, and nobody else’s', async () => {
  const [old, kept] = [await addReported(), await addReported()]
  await round()
  await rows.db.update(evidence).set({ state: 'unwanted' }).where(eq(evidence.id, old.evidenceId))
  nowMs += hourMs
  expect(await round()).toMatchObject({ forgotten: 1, evidenceFailed: 0 })
  const left = (await keys()).filter((key) => key.startsWith('e/'))
  expect(left.some((key) => key.includes(old.evidenceId))).toBe(false)
  expect(left.filter((key) => key.includes(kept.evidenceId))).toHaveLength(2)
  expect(await rows.db.select({ id: evidence.id }).from(evidence)).toEqual([{ id: kept.evidenceId }])
})
