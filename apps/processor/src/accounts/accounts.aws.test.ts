// Exports and receipts on the local cloud, with the very function that runs there.
import { ListObjectsV2Command, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { dataExports, departures } from '@shoebox/db/schema/leaving.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { purgeItems } from '@shoebox/db/stores/deletion-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { startStack, type Stack } from '@shoebox/local/stack.ts'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { exportKey } from '@shoebox/shared/upload/object-keys.ts'

const parts = ['postgres', 's3', 'sqs', 'lambdas'] as const
const start = new Date()
let stack: Stack<(typeof parts)[number]>
let rows: ReturnType<typeof databaseRows>
let s3: S3Client

beforeAll(async () => {
  stack = await startStack({ parts })
  await stack.lambdas.pause('mail')
  rows = databaseRows(stack.postgres.url, start)
  s3 = new S3Client({ endpoint: stack.s3.endpoint, region: stack.region, credentials: stack.credentials })
})
afterAll(async () => {
  await rows.end()
  s3.destroy()
  await stack.stop()
})

const listExports = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: buckets.media, Prefix: 'x/' }))).Contents ?? []).map(
    ({ Key }) => Key,
  )
const mails = () => stack.sqs.peek('mail').map((body) => JSON.parse(body) as Record<string, unknown>)
const round = () => stack.lambdas.invoke('accounts', {})

test('an export is written where nobody else reads it, told of, and removed after its days', async () => {
  const ann = await rows.addAuthor()
  const item = await rows.addItem(ann, start)
  const id = numberedId('export', 1)
  await rows.db.insert(dataExports).values({ id, userId: ann.userId, requestedAt: start, nextTryAt: start })
  expect(await round()).toMatchObject({ written: 1, failed: 0 })

  const key = exportKey(ann.userId, id)
  expect(await listExports()).toEqual([key])
  const stored = await s3.send(new GetObjectCommand({ Bucket: buckets.media, Key: key }))
  expect(stored).toMatchObject({
    ContentType: 'application/json',
    ContentDisposition: expect.stringMatching(/^attachment/),
  })
  const json = JSON.parse((await stored.Body?.transformToString()) ?? '') as Record<string, unknown>
  expect(json).toMatchObject({ format: 'shoebox-export-1', account: { id: ann.userId }, items: [{ id: item }] })
  expect(mails()).toMatchObject([{ template: 'export-ready' }])

  expect(await round()).toMatchObject({ written: 0, removed: 0 })
  await rows.db.update(dataExports).set({ expiresAt: start })
  expect(await round()).toMatchObject({ removed: 1 })
  expect(await listExports()).toEqual([])
  expect(await rows.db.$count(dataExports)).toBe(0)
})

test('a receipt is mailed once S3 lists nothing of the account any more, and then nothing is kept', async () => {
  const ann = await rows.addAuthor()
  await rows.addItem(ann, start)
  const [user] = await rows.db.select().from(users).where(eq(users.id, ann.userId))
  await rows.db.execute(purgeItems(eq(media.ownerId, ann.userId).getSQL(), 'account_deleted', start.getTime()))
  const departure = { userId: ann.userId, email: user!.email, name: 'Ann', deletedAt: start, items: 1 }
  await rows.db.insert(departures).values(departure)
  expect(await round()).toMatchObject({ told: 0 })
  await stack.lambdas.invoke('purge', {})
  expect(await rows.db.select().from(deletions)).toMatchObject([{ doneAt: expect.any(Date) }])
  expect(await round()).toMatchObject({ told: 1 })
  expect(mails().at(-1)).toMatchObject({ template: 'account-deleted', to: user!.email, items: 1 })
  expect(await round()).toMatchObject({ told: 0 })
  expect(await rows.db.$count(departures)).toBe(0)
})
