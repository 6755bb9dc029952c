import { beforeAll, expect, test } from 'vitest'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { groups, memberships } from '../schema/groups.ts'
import { findHistory } from './history-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime() + 1000
const { rows, edge } = await openDatabase(start)
let ann: Author

beforeAll(async () => {
  ann = await rows.addAuthor('Ann')
  const bob = await rows.addAuthor('Bob')
  for (let n = 0; n < 5; n += 1) {
    await rows.addUpload(ann, { fileName: `${n}.jpg` })
    await rows.addUpload(bob)
  }
  await rows.addItem(ann, start, { fileName: 'ready.jpg' })
})

const read = async (changes: Partial<Parameters<typeof findHistory>[1]> = {}) =>
  (await findHistory(edge, { sessionId: ann.sessionId, after: null, rowsMax: 4, nowMs, ...changes })).data

test('a person sees their own uploads, newest first, page after page, none twice and none left out', async () => {
  const first = await read()
  expect(first.map((row) => row.fileName)).toEqual(['ready.jpg', '4.jpg', '3.jpg', '2.jpg'])
  expect(first[0]).toMatchObject({ state: 'ready', ready: { ownerName: 'Ann' } })
  const second = await read({ after: first.at(-1)?.id ?? null })
  expect(second.map((row) => row.fileName)).toEqual(['1.jpg', '0.jpg'])
  expect(second[0]).toMatchObject({ state: 'reserved', ready: null, declaredBytes: 1000, createdAt: start })
})

test('nobody sees anything once their session ended', async () => {
  expect(await read({ nowMs: nowMs + 2 * 3_600_000 })).toEqual([])
  expect(await read({ sessionId: 'none' })).toEqual([])
})

test('says which gallery an upload is meant for, and its name only to a member', async () => {
  const cleo = await rows.addAuthor('Cleo')
  const groupId = idFromUuid('group', '01990000-0000-7000-8000-000000000001')
  await rows.db.insert(groups).values({ id: groupId, name: 'Trip', createdAt: start, activeAt: start, memberCount: 1 })
  await rows.addUpload(cleo, { groupId })
  const look = async () => (await read({ sessionId: cleo.sessionId }))[0]
  expect(await look()).toMatchObject({ groupId, groupName: null })
  const member = { groupId, userId: cleo.userId, role: 'contributor', joinedAt: start, seenAt: start } as const
  await rows.db.insert(memberships).values(member)
  expect(await look()).toMatchObject({ groupId, groupName: 'Trip' })
})

test('the picture of a person or a group is no upload to go on with', async () => {
  const dora = await rows.addAuthor('Dora')
  await rows.addUpload(dora, { purpose: 'avatar' })
  expect(await read({ sessionId: dora.sessionId })).toEqual([])
})
