import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { quotaTotals } from '../schema/quota.ts'
import { deletions } from '../schema/upkeep.ts'
import { readPage } from './feed-store.ts'
import { readPersonPage } from './people-store.ts'
import { editProfile, findProfile, setAvatar } from './profile-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)

const picture = { purpose: 'avatar' as const, quotaBytes: 1000 }

test('an avatar is listed nowhere, and the one before it goes with its room', async () => {
  const ann = await rows.addAuthor()
  await rows.db.insert(quotaTotals).values({ userId: ann.userId, bytes: 2000 })
  const [first, second] = [await rows.addItem(ann, start, picture), await rows.addItem(ann, start, picture)]
  const item = await rows.addItem(ann, start)
  expect((await readPage(edge, null, null, 10)).map(({ id }) => id)).toEqual([item])

  expect(await setAvatar(edge, { author: ann, mediaId: second, nowMs })).toBe(true)
  expect((await findProfile(edge, { sessionId: ann.sessionId, nowMs })).data?.avatar).toEqual({
    id: second.slice(4),
    generation: '0123456789abcdef',
  })
  expect(await rows.db.$count(media, eq(media.id, first))).toBe(0)
  expect(await rows.db.select().from(deletions)).toMatchObject([{ mediaId: first, reason: 'purged' }])
  expect(await rows.db.select().from(quotaTotals)).toMatchObject([{ bytes: 1000 }])

  expect(await setAvatar(edge, { author: ann, mediaId: null, nowMs })).toBe(true)
  expect((await findProfile(edge, { sessionId: ann.sessionId, nowMs })).data?.avatar).toBeNull()
  expect(await rows.db.$count(media, eq(media.ownerId, ann.userId))).toBe(1)
})

test('nobody wears what is not their own, not a picture, not ready or not an avatar', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  const mine = await rows.addItem(ann, start, picture)
  const others = [
    await rows.addItem(bob, start, picture),
    await rows.addItem(ann, start),
    await rows.addItem(ann, start, { ...picture, kind: 'video' }),
    await rows.addUpload(ann, { purpose: 'avatar' }),
  ]
  await setAvatar(edge, { author: ann, mediaId: mine, nowMs })
  for (const mediaId of others) expect(await setAvatar(edge, { author: ann, mediaId, nowMs })).toBe(false)
  const ended = { author: { ...ann, sessionId: 'ended' }, mediaId: null, nowMs }
  expect(await setAvatar(edge, ended)).toBe(false)
  expect((await findProfile(edge, { sessionId: ann.sessionId, nowMs })).data?.avatar?.id).toBe(mine.slice(4))
})

test('what is not given stays', async () => {
  const ann = await rows.addAuthor()
  const by = { author: ann, nowMs }
  await editProfile(edge, { ...by, phone: '+905321234567' })
  await editProfile(edge, { ...by, name: 'Anna' })
  const profile = async () => (await findProfile(edge, { sessionId: ann.sessionId, nowMs })).data
  expect(await profile()).toMatchObject({ name: 'Anna', phone: '+905321234567' })
  await editProfile(edge, { ...by, phone: null })
  expect(await profile()).toMatchObject({ name: 'Anna', phone: null })
})

test('a person’s page has their public items, in order and in pages, and nothing else about them', async () => {
  const [ann, bob] = [await rows.addAuthor(), await rows.addAuthor('Bob')]
  await rows.db.update(users).set({ phone: '+905321234567' }).where(eq(users.id, ann.userId))
  const items = []
  for (let n = 0; n < 5; n += 1) items.push(await rows.addItem(ann, rows.later(n * 1000)))
  await rows.addItem(bob, start)
  await rows.addItem(ann, start, { listing: 'trashed', trashedAt: start })
  await rows.addUpload(ann)
  const first = await readPersonPage(edge, { viewer: null, userId: ann.userId, from: null, rowsMax: 3 })
  expect(Object.keys(first?.person ?? {}).toSorted()).toEqual(['avatar', 'id', 'name'])
  const last = first!.items.at(-1)!
  const from = { publishedAtMs: last.publishedAt.getTime(), id: last.id }
  const second = await readPersonPage(edge, { viewer: null, userId: ann.userId, from, rowsMax: 3 })
  expect([...first!.items, ...second!.items].map(({ id }) => id)).toEqual(items.toReversed())
})
