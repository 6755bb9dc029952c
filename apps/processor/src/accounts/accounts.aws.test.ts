// Exports and receipts on the local cloud, with the very function that runs there.
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { groups, memberships } from '@shoebox/db/schema/groups.ts'
import { dataExports, departures } from '@shoebox/db/schema/leaving.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { deleteAccount } from '@shoebox/db/stores/departure-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { derivativeKey, exportKey, originalKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openCloud } from '../../test/open-cloud.ts'

const start = new Date()
const { stack, rows, s3, edge } = await openCloud(start)
await stack.lambdas.pause('mail')

const list = async (prefixes: readonly string[]) => {
  const pages = await Promise.all(
    prefixes.map((Prefix) => s3.send(new ListObjectsV2Command({ Bucket: buckets.media, Prefix }))),
  )
  return pages.flatMap(({ Contents }) => Contents ?? []).map(({ Key }) => Key)
}
const listExports = () => list(['x/'])
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

test('a receipt is mailed once S3 lists nothing of the account but what was handed over, and says both', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const groupId = numberedId('group', 1)
  const dates = { createdAt: start, activeAt: start }
  await rows.db.insert(groups).values({ id: groupId, name: 'Friends', memberCount: 2, ...dates })
  const member = { groupId, joinedAt: start, seenAt: start }
  await rows.db.insert(memberships).values([
    { ...member, userId: bob.userId, role: 'owner' },
    { ...member, userId: ann.userId, role: 'contributor' },
  ])
  const gone = [await rows.addItem(ann, start), await rows.addItem(ann, start, { purpose: 'avatar' })]
  const kept = await rows.addItem(ann, start, { groupId })
  const keysOf = (id: MediaId) => [originalKey(id, '0123456789abcdef'), derivativeKey(id, '0123456789abcdef', 'tile')]
  for (const Key of [...gone, kept].flatMap(keysOf))
    await s3.send(new PutObjectCommand({ Bucket: buckets.media, Key, Body: 'four' }))
  const [user] = await rows.db.select().from(users).where(eq(users.id, ann.userId))

  const wish = {
    author: ann,
    passwordHash: '-',
    groups: [],
    audits: [],
    items: 'handOver',
    nowMs: start.getTime(),
  } as const
  expect(await deleteAccount(edge, wish)).toBe('deleted')
  expect(await round()).toMatchObject({ told: 0 })
  await stack.lambdas.invoke('purge', {})
  expect(new Set(await list(['o/', 'v/']))).toEqual(new Set(keysOf(kept)))
  expect(await round(), 'a last look is due').toMatchObject({ told: 0 })
  await rows.db.update(deletions).set({ nextTryAt: start })
  await stack.lambdas.invoke('purge', {})
  expect(await round()).toMatchObject({ told: 1 })
  expect(mails().at(-1)).toMatchObject({
    template: 'account-deleted',
    to: user!.email,
    items: 1,
    objects: 4,
    bytes: 16,
    itemsHandedOver: 1,
    copies: { dropped: 0, lastAt: null, paths: [] },
  })
  expect(await round()).toMatchObject({ told: 0 })
  expect(await rows.db.$count(departures)).toBe(0)
})
