// What members see of a gallery and do with it, on real Postgres; and that a page costs the same at any depth.
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { makeId, uuidOf, type GroupId, type Id, type IdKind, type MediaId } from '@shoebox/shared/ids.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { comments, hiddenItems } from '../schema/gallery.ts'
import { groups, memberships } from '../schema/groups.ts'
import { likes, media } from '../schema/media.ts'
import * as commenting from './comment-store.ts'
import { addComment, findComments } from './comment-store.ts'
import { hideItems, moveItems, unhideItems } from './gallery-change-store.ts'
import {
  readGalleryIds,
  readGalleryPage,
  readHidden,
  type GalleryFilter,
  type TimelinePosition,
} from './gallery-store.ts'
import * as trash from './gallery-trash-store.ts'
import { emptyTrash, readTrash } from './gallery-trash-store.ts'
import { addLike, removeLike } from './like-store.ts'
import { recordSql } from './record-sql.ts'

const moveToTrash = audited(trash.moveToTrash)
const restoreItems = audited(trash.restoreItems)
const removeComment = audited(commenting.removeComment)

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const { rows, edge } = await openDatabase(start)
let people: Record<'owner' | 'admin' | 'ann' | 'ben' | 'viewer' | 'stranger', Author>

beforeAll(async () => {
  const add = () => rows.addAuthor()
  people = {
    owner: await add(),
    admin: await add(),
    ann: await add(),
    ben: await add(),
    viewer: await add(),
    stranger: await add(),
  }
})

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, nowMs, crypto.getRandomValues(new Uint8Array(10)))

async function addGroup(isEmpty = false): Promise<GroupId> {
  const id = newId('group')
  const { owner, admin, ann, ben, viewer } = people
  await rows.db.insert(groups).values({ id, name: 'Friends', createdAt: start, activeAt: start, memberCount: 5 })
  const members: [Author, Role][] = [
    [owner, 'owner'],
    [admin, 'admin'],
    [ann, 'contributor'],
    [ben, 'contributor'],
    [viewer, 'viewer'],
  ]
  if (isEmpty) return id
  await rows.db
    .insert(memberships)
    .values(members.map(([{ userId }, role]) => ({ groupId: id, userId, role, joinedAt: start, seenAt: start })))
  return id
}

const at = (text: string) => new Date(text)
const add = (owner: Author, groupId: GroupId | null, columns: Partial<typeof media.$inferInsert> = {}) =>
  rows.addItem(owner, start, { groupId, allowDuplicate: false, ...columns })

type Wish = { after?: TimelinePosition | null; filter?: GalleryFilter; zone?: string; rowsMax?: number }
const wishOf = ({ sessionId }: Author, groupId: GroupId, wish: Wish) => ({
  sessionId,
  groupId,
  nowMs,
  filter: {},
  zone: 'UTC',
  after: null,
  rowsMax: 100,
  ...wish,
})
const page = async (author: Author, groupId: GroupId, wish: Wish = {}) =>
  (await readGalleryPage(edge, wishOf(author, groupId, wish))).data.found
const names = async (author: Author, groupId: GroupId, wish: Wish = {}) =>
  (await readGalleryIds(edge, wishOf(author, groupId, wish))).data.found
const idsOf = (found: readonly { id: MediaId }[]) => found.map(({ id }) => id)
const change = (author: Author, ...mediaIds: MediaId[]) => ({ author, mediaIds, nowMs })
const rowOf = async (id: MediaId) => (await rows.db.select().from(media).where(eq(media.id, id)))[0]

/** How many statements wait for a lock. */
const countWaiting = async () =>
  (
    await rows.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).rows.length

describe('a page', () => {
  test('goes through everything once in the order of time, however it is cut and whatever has the same moment', async () => {
    const groupId = await addGroup()
    const ids: MediaId[] = []
    for (const day of ['1899-05-05', '2020-01-01', '2020-01-01', '2020-01-01', '2026-03-01'])
      ids.push(await add(people.ann, groupId, { timelineAt: at(`${day}T00:00:00Z`) }))
    for (const [rowsMax, read] of [1, 2, 3, 100].flatMap((max) => [[max, page] as const, [max, names] as const])) {
      const seen: MediaId[] = []
      let from: TimelinePosition | null = null
      for (;;) {
        const found: Pick<Awaited<ReturnType<typeof names>>[number], 'id' | 'timelineAt'>[] = await read(
          people.viewer,
          groupId,
          { after: from, rowsMax },
        )
        seen.push(...idsOf(found))
        const last = found.at(-1)
        if (last === undefined) break
        from = { timelineAtMs: last.timelineAt.getTime(), id: last.id }
      }
      expect(seen).toEqual(ids.toReversed())
    }
  })

  test('is empty for whoever does not belong to the group, and never shows another group or the feed', async () => {
    const groupId = await addGroup()
    await add(people.ann, groupId)
    await add(people.ann, null)
    await add(people.ann, await addGroup())
    expect(await page(people.stranger, groupId)).toEqual([])
    expect(await names(people.stranger, groupId)).toEqual([])
    expect(await page(people.viewer, groupId)).toHaveLength(1)
    expect(await names(people.viewer, groupId)).toMatchObject([{ ownerId: people.ann.userId }])
    const { data } = await readGalleryPage(edge, {
      sessionId: people.stranger.sessionId,
      groupId,
      nowMs,
      filter: {},
      zone: 'UTC',
      after: null,
      rowsMax: 9,
    })
    expect(data.membership).toBeNull()
  })

  test('shows what the filter asks for, with days that begin where the viewer is', async () => {
    const groupId = await addGroup()
    const late = await add(people.ann, groupId, { timelineAt: at('2026-03-01T23:30:00Z') })
    const film = await add(people.ben, groupId, {
      timelineAt: at('2026-02-28T23:30:00Z'),
      kind: 'video',
      type: 'video/mp4',
    })
    const filtered = async (filter: GalleryFilter, zone?: string) => {
      const wish = { filter, ...(zone !== undefined && { zone }) }
      const shown = idsOf(await page(people.viewer, groupId, wish))
      expect(idsOf(await names(people.viewer, groupId, wish))).toEqual(shown)
      return shown
    }
    expect(await filtered({ uploaders: [people.ben.userId] })).toEqual([film])
    expect(await filtered({ kinds: ['image'] })).toEqual([late])
    expect(await filtered({ from: '2026-03-01', to: '2026-03-01' })).toEqual([late])
    expect(await filtered({ from: '2026-03-01', to: '2026-03-01' }, 'Europe/Zurich')).toEqual([film])
    expect(await filtered({ from: '2026-03-02' }, 'Europe/Zurich')).toEqual([late])
  })

  test('costs the same at any depth: the index starts at its place', { timeout: 60_000 }, async () => {
    const groupId = await addGroup()
    // In parts, since one statement may run for ten seconds and the machine may be busy.
    for (let from = 0; from < 100_000; from += 10_000) {
      await rows.db.execute(sql`
        insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, state, incoming_key,
          created_at, published_at, timeline_at, type, kind, generation, group_id)
        select gen_random_uuid(), ${people.ann.userId.slice(4)}::uuid, gen_random_uuid(), 0, 'a', 'image/jpeg', 1, 'ready',
          'k' || n, ${start.toISOString()}::timestamptz, ${start.toISOString()}::timestamptz,
          ${start.toISOString()}::timestamptz - n * interval '1 hour', 'image/jpeg', 'image', 'g',
          ${groupId.slice(4)}::uuid
        from generate_series(${from + 1}::int, ${from + 10_000}::int) as n`)
    }
    await rows.db.execute(sql`analyze media`)
    type Read = typeof readGalleryPage | typeof readGalleryIds
    const buffersAt = async (read: Read, rowsMax: number, after: TimelinePosition | null): Promise<number> => {
      const wish = { sessionId: people.viewer.sessionId, groupId, nowMs, filter: {}, zone: 'UTC', after, rowsMax }
      const statement = (await recordSql((db) => read(db, wish))).at(-1)!
      const client = await rows.db.$client.connect()
      try {
        const explained = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
          text: `explain (analyze, buffers, format json) ${statement.query}`,
          values: [...statement.params],
        })
        const { Plan: plan } = explained.rows[0]!['QUERY PLAN'][0]
        expect(indexesOf(plan)).toContain('media_timeline')
        expect(nodesOf(plan)).not.toContain('Sort')
        return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
      } finally {
        client.release()
      }
    }
    const middle = { timelineAtMs: nowMs - 50_000 * 3_600_000, id: newId('media') }
    for (const [read, rowsMax] of [
      [readGalleryPage, 61],
      [readGalleryIds, 5001],
    ] as const) {
      await buffersAt(read, rowsMax, null)
      const [first, deep] = [await buffersAt(read, rowsMax, null), await buffersAt(read, rowsMax, middle)]
      expect(deep).toBeLessThan(first * 1.2 + 20)
    }
  })
})

type Plan = {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Plan[]
}
const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)]
const nodesOf = (plan: Plan) => walk(plan).map((node) => node['Node Type'])
const indexesOf = (plan: Plan) => walk(plan).map((node) => node['Index Name'])

describe('the trash', () => {
  test('takes one’s own and what one governs, and gives back by who put it there', async () => {
    const groupId = await addGroup()
    const { owner, admin, ann, ben, viewer, stranger } = people
    const [own, taken, ofAdmin] = [await add(ann, groupId), await add(ann, groupId), await add(admin, groupId)]
    const all = [own, taken, ofAdmin] as const
    for (const nobody of [ben, viewer, stranger]) expect(await moveToTrash(edge, change(nobody, ...all))).toEqual([])
    expect(await moveToTrash(edge, change(ann, own, ofAdmin))).toEqual([own])
    expect(await moveToTrash(edge, change(admin, taken))).toEqual([taken])
    expect(idsOf(await page(viewer, groupId))).toEqual([ofAdmin])
    // Whoever was overruled does not overrule back; what somebody took away themselves is theirs to give back.
    expect(await restoreItems(edge, change(ann, taken))).toEqual([])
    expect(await restoreItems(edge, change(admin, own))).toEqual([])
    const trashOf = async ({ sessionId }: Author, group: GroupId | null) =>
      idsOf((await readTrash(edge, { sessionId, groupId: group, after: null, rowsMax: 9, nowMs })).data).toSorted()
    expect(await trashOf(ann, null)).toEqual([own, taken].toSorted())
    expect(await trashOf(admin, groupId)).toEqual([taken])
    expect(await trashOf(ben, groupId)).toEqual([])
    expect(await restoreItems(edge, change(owner, taken))).toEqual([taken])
    expect(await restoreItems(edge, change(ann, own))).toEqual([own])
    expect(await page(viewer, groupId)).toHaveLength(3)
  })

  test('of somebody who left is emptied or moved elsewhere, not put back', async () => {
    const groupId = await addGroup()
    const { ann, admin } = people
    const [one, two] = [await add(ann, groupId), await add(ann, groupId)]
    await rows.db.delete(memberships).where(and(eq(memberships.groupId, groupId), eq(memberships.userId, ann.userId)))
    expect(await moveToTrash(edge, change(ann, one, two))).toHaveLength(2)
    expect(await restoreItems(edge, change(ann, one, two))).toEqual([])
    expect(await moveItems(edge, { ...change(ann, one), toGroupId: null })).toEqual([one])
    expect(await emptyTrash(edge, { author: admin, mediaIds: [two], itemsMax: 9, nowMs })).toEqual([])
    expect(await emptyTrash(edge, { author: ann, mediaIds: null, itemsMax: 9, nowMs })).toEqual([two])
    expect(await rowOf(two)).toBeUndefined()
  })
})

describe('moving', () => {
  test('needs the right to add to the target, makes an item new there, and leaves what was said behind', async () => {
    const [from, to] = [await addGroup(), await addGroup()]
    const { ann, ben, viewer, admin } = people
    const item = await add(ann, from, { publishedAt: new Date(nowMs - 1000) })
    await addComment(edge, { author: ben, id: newId('comment'), mediaId: item, text: 'Oh!', nowMs })
    for (const nobody of [ben, admin])
      expect(await moveItems(edge, { ...change(nobody, item), toGroupId: to })).toEqual([])
    const ofViewer = await add(viewer, from)
    expect(await moveItems(edge, { ...change(viewer, ofViewer), toGroupId: to })).toEqual([])
    expect(await moveItems(edge, { ...change(ann, item), toGroupId: to })).toEqual([item])
    expect(await rowOf(item)).toMatchObject({ groupId: to, commentCount: 0, publishedAt: start })
    expect(await rows.db.$count(comments, eq(comments.mediaId, item))).toBe(0)
  })

  test('takes captions and descriptions along or deletes them, as its owner wishes, and never those of others', async () => {
    const [from, to] = [await addGroup(), await addGroup()]
    const { ann, ben } = people
    const words = { caption: 'Sea', altText: 'A lighthouse' }
    const [item, ofBen] = [await add(ann, from, words), await add(ben, from, words)]
    expect(await moveItems(edge, { ...change(ann, item), toGroupId: to })).toEqual([item])
    expect(await rowOf(item)).toMatchObject(words)
    const both = change(ann, item, ofBen)
    expect(await moveItems(edge, { ...both, toGroupId: from, withoutWords: true })).toEqual([item])
    expect(await rowOf(item)).toMatchObject({ groupId: from, caption: '', altText: '' })
    expect(await rowOf(ofBen)).toMatchObject({ ...words, groupId: from })
  })

  test.each(['said first', 'moved first'])(
    'leaves nothing behind of what is said at that moment, and takes nothing of it along: %s',
    async (order) => {
      const { ann, ben } = people
      const mediaId = await add(ann, await addGroup())
      const say = () => addComment(edge, { author: ben, id: newId('comment'), mediaId, text: 'Oh!', nowMs })
      const move = () => moveItems(edge, { ...change(ann, mediaId), toGroupId: null })
      const [first, second] = order === 'said first' ? [say, move] : [move, say]
      // Both wait for the item, one behind the other.
      const both = await rows.db.transaction(async (holding) => {
        await holding.execute(sql`select 1 from media where id = ${uuidOf(mediaId)} for update`)
        const begun = [first()]
        await pollUntil(async () => (await countWaiting()) === 1, { what: 'the first to wait' })
        begun.push(second())
        await pollUntil(async () => (await countWaiting()) === 2, { what: 'the second to wait' })
        return begun
      })
      const answers = await Promise.all(both)
      expect(answers).toEqual(order === 'said first' ? [1, [mediaId]] : [[mediaId], null])
      expect(await rowOf(mediaId)).toMatchObject({ groupId: null, commentCount: 0 })
      expect(await rows.db.$count(comments, eq(comments.mediaId, mediaId))).toBe(0)
    },
  )

  test('and taking a comment back at once do not stand in each other’s way, nor count below nothing', async () => {
    const { ann, ben } = people
    for (let round = 0; round < 10; round += 1) {
      const mediaId = await add(ann, await addGroup())
      const id = newId('comment')
      await addComment(edge, { author: ben, id, mediaId, text: 'Oh!', nowMs })
      await Promise.all([
        removeComment(edge, { author: ben, id, nowMs }),
        moveItems(edge, { ...change(ann, mediaId), toGroupId: null }),
      ])
      expect(await rowOf(mediaId)).toMatchObject({ groupId: null, commentCount: 0 })
    }
  })

  test('passes over what the target has already, of twins as well', async () => {
    const [from, to] = [await addGroup(), await addGroup()]
    const { ann, ben } = people
    await add(ben, to, { sha256: 'there' })
    const known = await add(ann, from, { sha256: 'there' })
    const [one, two] = [await add(ann, from, { sha256: 'twin' }), await add(ann, null, { sha256: 'twin' })]
    const moved = await moveItems(edge, { ...change(ann, known, one, two), toGroupId: to })
    expect(moved).toHaveLength(1)
    expect([one, two]).toContain(moved[0])
    const races = await Promise.all(
      [known, one, two].map((id) => moveItems(edge, { ...change(ann, id), toGroupId: null })),
    )
    expect(races.flat().length).toBeGreaterThan(0)
  })
})

describe('hiding', () => {
  test('is for oneself alone, can be taken back, and works on nothing that one cannot see', async () => {
    const groupId = await addGroup()
    const { ann, ben, viewer, stranger } = people
    const item = await add(ann, groupId)
    expect(await hideItems(edge, change(stranger, item))).toEqual([])
    expect(await rows.db.$count(hiddenItems, eq(hiddenItems.mediaId, item))).toBe(0)
    expect(await hideItems(edge, change(viewer, item, item))).toEqual([item])
    expect(await page(viewer, groupId)).toEqual([])
    expect(await names(viewer, groupId)).toEqual([])
    expect(idsOf(await page(ben, groupId))).toEqual([item])
    const hidden = { sessionId: viewer.sessionId, groupId, after: null, rowsMax: 9, nowMs }
    expect(idsOf((await readHidden(edge, hidden)).data.found)).toEqual([item])
    await unhideItems(edge, change(viewer, item))
    expect(idsOf(await page(viewer, groupId))).toEqual([item])
  })
})

describe('what is said and liked', () => {
  test('is counted as the rows are, however many do it at once', async () => {
    const groupId = await addGroup()
    const { owner, admin, ann, ben, viewer, stranger } = people
    const mediaId = await add(ann, groupId)
    const all = [owner, admin, ann, ben, viewer, stranger]
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        addComment(edge, { author: all[n % 6]!, id: newId('comment'), mediaId, text: 'Oh!', nowMs }),
      ),
    )
    await Promise.all(all.map((author) => addLike(edge, { author, mediaId, nowMs })))
    expect(await rowOf(mediaId)).toMatchObject({ commentCount: 25, likeCount: 5 })
    expect(await rows.db.$count(comments, eq(comments.mediaId, mediaId))).toBe(25)
    const read = ({ sessionId }: Author) => findComments(edge, { sessionId, mediaId, after: null, rowsMax: 100, nowMs })
    expect((await read(stranger)).data).toBeNull()
    const said = (await read(admin)).data!
    expect([said.isAdmin, said.comments.length]).toEqual([true, 25])
    // Being an admin of another group makes nobody one of this.
    await rows.db.insert(memberships).values({
      groupId: await addGroup(true),
      userId: viewer.userId,
      role: 'owner',
      joinedAt: start,
      seenAt: start,
    })
    expect((await read(viewer)).data?.isAdmin).toBe(false)
    const ofBen = said.comments.find(({ authorId }) => authorId === ben.userId)!
    for (const nobody of [viewer, stranger, ann])
      expect(await removeComment(edge, { author: nobody, id: ofBen.id, nowMs })).toBe(false)
    const removals = await Promise.all(
      [ben, admin].map((author) => removeComment(edge, { author, id: ofBen.id, nowMs })),
    )
    expect(removals.filter(Boolean)).toHaveLength(1)
    expect(await rowOf(mediaId)).toMatchObject({ commentCount: 24 })
  })

  test('stays as it is when somebody who cannot see the item any more takes their like back', async () => {
    const groupId = await addGroup()
    const mediaId = await add(people.ann, groupId)
    const like = { author: people.ben, mediaId, nowMs }
    expect(await addLike(edge, like)).toBe(1)
    await rows.db
      .delete(memberships)
      .where(and(eq(memberships.groupId, groupId), eq(memberships.userId, people.ben.userId)))
    expect(await removeLike(edge, like)).toBeNull()
    expect((await rowOf(mediaId))?.likeCount).toBe(await rows.db.$count(likes, eq(likes.mediaId, mediaId)))
  })
})
