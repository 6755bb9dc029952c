import { createVerify } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { likes, media } from '@shoebox/db/schema/media.ts'
import { databaseRows, type Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openEdge } from '../../test/open-edge.ts'
import { mediaOrigin } from '../../test/start-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'
import { feedItem, type Details, type FeedItem, type FeedPage } from './feed.schema.ts'

const { edge } = await openEdge()
let rows: ReturnType<typeof databaseRows>
let author: Author
let viewer: Visitor & { email: string }
const start = new Date('2026-06-15T12:00:00.000Z')

beforeAll(async () => {
  rows = databaseRows(edge.databaseUrl, start)
  author = await rows.addAuthor('Ann')
  viewer = await signUpVisitor(edge, 'Viewer')
})

beforeEach(async () => {
  await rows.db.delete(likes)
  await rows.db.delete(media)
})

afterAll(async () => {
  await rows.end()
})

/** Every value of every item is what its schema says: of a list the Worker itself looks at names alone. */
async function page(visitor: Visitor, input: object = {}): Promise<FeedPage> {
  const answered = (await visitor.query('feed.page', input)).data as FeedPage
  return { ...answered, items: z.parse(z.array(feedItem), answered.items) }
}

const addItems = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => rows.addItem(author, rows.later(n * 1000))))

describe('pages', () => {
  test('go through everything once, newest first, however they are cut', async () => {
    const ids = await addItems(7)
    for (const size of [1, 2, 3, 7, 100]) {
      const seen: string[] = []
      let cursor: string | null | undefined
      do {
        const part: FeedPage = await page(viewer, { size, ...(cursor !== undefined && { cursor }) })
        seen.push(...part.items.map((item) => item.id))
        cursor = part.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(ids.toReversed())
    }
  })

  test('show ready items only, and of them nothing that is private', async () => {
    const id = await rows.addItem(author, start, {
      fileName: 'my-home-address.jpg',
      sha256: 'SHA',
      takenLocal: '2026-01-01T00:00:00',
    })
    await rows.addUpload(author)
    await rows.addUpload(author, { state: 'refused', refusalReason: 'file_empty' })
    await rows.addUpload(author, { state: 'cancelled' })
    const answer = await viewer.query('feed.page', {})
    expect((answer.data as FeedPage).items.map((item) => item.id)).toEqual([id])
    expect(answer.text).not.toMatch(/home-address|SHA"|usr_[^"]*\/med_|@rows|sha256|photo.jpg/)
  })

  test('say what the owner of an item said of it, whom nobody else speaks for', async () => {
    const owner = await signUpVisitor(edge, 'Bo')
    const [{ id: ownerId } = { id: author.userId }] = await rows.db
      .select({ id: users.id })
      .from(users)
      .where(eq(users.email, owner.email))
    const mediaId = await rows.addItem({ ...author, userId: ownerId }, start)
    const said = { caption: 'Home at last', altText: 'A lake' }
    expect((await owner.mutate('gallery.describe', { mediaId, ...said })).data).toEqual({})
    expect((await viewer.mutate('gallery.describe', { mediaId, caption: 'Mine' })).refusal).toEqual({
      code: 'not_found',
    })
    expect((await page(viewer)).items).toMatchObject([{ id: mediaId, ...said }])
    expect((await new Visitor(edge).query('feed.item', { mediaId })).data).toMatchObject(said)
  })

  test('tell of a film how long it is, whether it has a picture and whether it can be played', async () => {
    const timed = { kind: 'video', type: 'video/mp4', durationMs: 61_500, isHdr: true, hasPlay: true } as const
    await rows.addItem(author, start, timed)
    await rows.addItem(author, rows.later(1000), { kind: 'audio', type: 'audio/mpeg', derivatives: [] })
    const [sound, film] = (await page(viewer)).items
    expect(film).toMatchObject({ ...timed, hasPoster: true })
    expect(sound).toMatchObject({ durationMs: null, hasPoster: false, hasPlay: false, isHdr: false })
  })

  test.each(['', 'x', 'AAAA', '!!!!', 'MA', 'ß', '../../', 'A'.repeat(101)])('refuse the cursor %j', async (cursor) => {
    expect((await viewer.query('feed.page', { cursor })).refusal).toEqual({
      code: 'invalid_input',
      fields: ['cursor'],
    })
    expect((await viewer.query('feed.since', { after: cursor })).refusal).toEqual({
      code: 'invalid_input',
      fields: ['after'],
    })
  })

  test.each([0, 101, -1, 1.5, '30', null, 1e9])('refuse the size %j', async (size) => {
    expect((await viewer.query('feed.page', { size })).refusal).toEqual({ code: 'invalid_input', fields: ['size'] })
  })

  test('begin with the newest for a call that says nothing', async () => {
    await addItems(2)
    const answer = await new Visitor(edge).query('feed.page')
    expect(answer.status).toBe(200)
    expect((answer.data as FeedPage).items).toHaveLength(2)
  })

  test('refuse unknown fields', async () => {
    expect((await viewer.query('feed.page', { page: 2 })).refusal).toEqual({ code: 'invalid_input', fields: ['page'] })
  })
})

describe('what is new', () => {
  test('is found even when it was committed out of order', async () => {
    const first = await rows.addItem(author, rows.later(20_000))
    const { sinceCursor } = await page(viewer)
    const late = await rows.addItem(author, rows.later(15_000))
    const next = await rows.addItem(author, rows.later(30_000))
    const answer = await viewer.query('feed.since', { after: sinceCursor })
    const data = answer.data as { items: FeedItem[]; sinceCursor: string; isComplete: boolean }
    expect(data.items.map((item) => item.id)).toEqual([next, first, late])
    expect(data.isComplete).toBe(true)
  })

  test('is found from an empty feed on', async () => {
    const { sinceCursor, items } = await page(viewer)
    expect(items).toEqual([])
    const id = await rows.addItem(author, new Date(Date.now() + 60_000))
    const answer = await viewer.query('feed.since', { after: sinceCursor })
    expect((answer.data as { items: FeedItem[] }).items.map((item) => item.id)).toEqual([id])
  })

  test('says so when it is more than one answer carries', async () => {
    await addItems(1)
    const { sinceCursor } = await page(viewer)
    await addItems(105)
    const data = (await viewer.query('feed.since', { after: sinceCursor })).data as {
      items: FeedItem[]
      isComplete: boolean
    }
    expect(data).toMatchObject({ isComplete: false })
    expect(data.items).toHaveLength(100)
  })
})

describe('one item', () => {
  test('is found when it is ready and else like one that does not exist', async () => {
    const ready = await rows.addItem(author, start)
    const reserved = await rows.addUpload(author)
    expect((await new Visitor(edge).query('feed.item', { mediaId: ready })).data).toMatchObject({ id: ready })
    for (const mediaId of [reserved, numberedId('media', 404)]) {
      const answer = await new Visitor(edge).query('feed.item', { mediaId })
      expect({ status: answer.status, refusal: answer.refusal }).toEqual({
        status: 404,
        refusal: { code: 'not_found' },
      })
    }
  })

  test('is delivered under a policy that the front can verify, for that item alone', async () => {
    const mediaId = await rows.addItem(author, start)
    const item = (await viewer.query('feed.item', { mediaId })).data as FeedItem
    expect(item.delivery.base).toBe(`${mediaOrigin}/v/${mediaId}/0123456789abcdef`)
    const query = new URLSearchParams(item.delivery.query)
    const decode = (text: string | null) =>
      Buffer.from((text ?? '').replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64')
    const policy = decode(query.get('Policy'))
    const statement = JSON.parse(policy.toString()) as {
      Statement: { Resource: string; Condition: { DateLessThan: Record<string, number> } }[]
    }
    expect(statement.Statement[0]?.Resource).toBe(`${mediaOrigin}/v/${mediaId}/*`)
    const expiresAtMs = Number(statement.Statement[0]?.Condition.DateLessThan['AWS:EpochTime']) * 1000
    expect(new Date(expiresAtMs).toISOString()).toBe(item.delivery.expiresAt)
    expect(expiresAtMs - Date.now()).toBeGreaterThan(9 * 60_000)
    expect(expiresAtMs - Date.now()).toBeLessThanOrEqual(15 * 60_000)
    const verify = createVerify('sha256').update(policy)
    expect(verify.verify(edge.deliveryPublicKey, decode(query.get('Signature')))).toBe(true)
    expect(query.get('Key-Pair-Id')).toBe('KTEST')
  })

  test('has the same URL for everyone within a bucket', async () => {
    const mediaId = await rows.addItem(author, start)
    const urls = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { delivery } = (await new Visitor(edge).query('feed.item', { mediaId })).data as FeedItem
        return `${delivery.base}?${delivery.query}`
      }),
    )
    // Two only if the clock passed into the next bucket meanwhile.
    expect(new Set(urls).size).toBeLessThanOrEqual(2)
    expect(urls.filter((url) => url === urls[4]).length).toBeGreaterThan(1)
  })
})

describe('the details of an item', () => {
  const timed = {
    kind: 'video',
    type: 'video/mp4',
    durationMs: 61_500,
    videoCodec: 'hevc',
    audioCodec: 'aac',
    frameRate: 29.97,
    isHdr: true,
    hasPlay: true,
    tags: { title: 'The sea' },
  } as const

  test('say what is known of it, and nothing that is not', async () => {
    const taken = { takenLocal: '2026-01-01T10:00:00', takenOffsetMinutes: 60, takenSource: 'exif' } as const
    const capture = { camera: 'Canon EOS R5', lens: 'RF 50mm', exposure: { fNumber: 1.8, iso: 100 } }
    const captions = [{ language: 'de', label: 'Deutsch', bytes: 119 }]
    const film = await rows.addItem(author, start, { ...timed, ...taken, ...capture, captions })
    const picture = await rows.addItem(author, start)
    const details = async (mediaId: string) => (await new Visitor(edge).query('feed.details', { mediaId })).data
    const { kind, type, hasPlay, ...same } = timed
    expect(await details(film)).toMatchObject({
      ...same,
      ...capture,
      mediaId: film,
      kind,
      originalType: type,
      isPlayable: hasPlay,
      captions: [{ language: 'de', label: 'Deutsch' }],
      owner: { id: author.userId, name: 'Ann' },
      taken: { local: '2026-01-01T10:00:00', offsetMinutes: 60, source: 'exif' },
    })
    const nothing = {
      taken: null,
      durationMs: null,
      videoCodec: null,
      frameRate: null,
      peaks: null,
      tags: null,
      camera: null,
    }
    expect(await details(picture)).toMatchObject({ ...nothing, isHdr: false, isPlayable: false, captions: [] })
  })

  test('name file and place only to their owner, while their session lives, and never a position', async () => {
    const viewerId = (await rows.db.select().from(users).where(eq(users.email, viewer.email)))[0]!.id
    const mine = { userId: viewerId, sessionId: '' }
    const mediaId = await rows.addItem(mine, start, {
      fileName: 'my-home-address.jpg',
      place: { country: 'DE', city: 'Berlin', latitude: 52.5, longitude: 13.4 },
    })
    const nameFor = async (who: Visitor, changes = {}) => {
      const { fileName, place } = (await who.query('feed.details', { mediaId }, changes)).data as Details
      return fileName ?? place
    }
    expect((await viewer.query('feed.details', { mediaId })).data).toMatchObject({ fileName: 'my-home-address.jpg' })
    expect(((await viewer.query('feed.details', { mediaId })).data as Details).place).toEqual({
      country: 'DE',
      city: 'Berlin',
    })
    expect(await nameFor(new Visitor(edge))).toBeNull()
    expect(await nameFor(await signUpVisitor(edge, 'Other'))).toBeNull()
    expect(await nameFor(viewer, { cookie: '__Host-shoebox=not-a-token' })).toBeNull()
    const past = { expiresAt: new Date(Date.now() - 1000) }
    const living = await rows.db.select().from(sessions).where(eq(sessions.userId, viewerId))
    await rows.db.update(sessions).set(past).where(eq(sessions.userId, viewerId))
    expect(await nameFor(viewer)).toBeNull()
    for (const { id, expiresAt } of living) await rows.db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id))
  })

  test('of one that is not ready are those of one that does not exist, for its owner too', async () => {
    const reserved = await rows.addUpload(author)
    for (const mediaId of [reserved, numberedId('media', 404)]) {
      const answer = await viewer.query('feed.details', { mediaId })
      expect({ status: answer.status, refusal: answer.refusal }).toEqual({
        status: 404,
        refusal: { code: 'not_found' },
      })
    }
  })

  test.each([{}, { mediaId: 'med_1' }, { mediaId: 'x'.repeat(10_000) }, { mediaId: numberedId('user', 1) }])(
    'refuse %j',
    async (input) => {
      expect((await viewer.query('feed.details', input)).refusal).toMatchObject({ code: 'invalid_input' })
    },
  )
})

describe('likes', () => {
  test('need a session that is alive', async () => {
    const mediaId = await rows.addItem(author, start)
    const late = await signUpVisitor(edge, 'Late')
    const newest = (await rows.db.select().from(sessions)).toSorted(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
    )[0]!
    await rows.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(sessions.id, newest.id))
    for (const cookie of [null, `__Host-shoebox=${'c'.repeat(40)}`, late.cookie]) {
      for (const procedure of ['likes.like', 'likes.unlike']) {
        const answer = await new Visitor(edge).mutate(procedure, { mediaId }, { cookie })
        expect({ status: answer.status, refusal: answer.refusal }).toEqual({
          status: 401,
          refusal: { code: 'sign_in_needed' },
        })
      }
      const read = await new Visitor(edge).query('feed.likedAmong', { mediaIds: [mediaId] }, { cookie })
      expect(read.refusal).toEqual({ code: 'sign_in_needed' })
    }
    expect(await rows.db.$count(likes)).toBe(0)
  })

  test('are idempotent, and told to the viewer alone', async () => {
    const mediaId = await rows.addItem(author, start)
    for (const procedure of ['likes.like', 'likes.like']) {
      expect((await viewer.mutate(procedure, { mediaId })).data).toEqual({ liked: true, likeCount: 1 })
    }
    expect((await viewer.query('feed.likedAmong', { mediaIds: [mediaId] })).data).toEqual({ mediaIds: [mediaId] })
    const other = await signUpVisitor(edge, 'Other')
    expect((await other.query('feed.likedAmong', { mediaIds: [mediaId] })).data).toEqual({ mediaIds: [] })
    expect((await other.mutate('likes.like', { mediaId })).data).toEqual({ liked: true, likeCount: 2 })
    for (const procedure of ['likes.unlike', 'likes.unlike']) {
      expect((await viewer.mutate(procedure, { mediaId })).data).toEqual({ liked: false, likeCount: 1 })
    }
  })

  test('given and taken by two at once leave the count of the rows', async () => {
    const mediaId = await rows.addItem(author, start)
    const pair = [viewer, await signUpVisitor(edge, 'Second')]
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => pair[n % 2]!.mutate(n % 4 < 2 ? 'likes.like' : 'likes.unlike', { mediaId })),
    )
    const [row] = await rows.db.select().from(media).where(eq(media.id, mediaId))
    expect(row?.likeCount).toBe(await rows.db.$count(likes, eq(likes.mediaId, mediaId)))
  })

  test('do not exist for items that are not ready or not there', async () => {
    const reserved = await rows.addUpload(author)
    for (const mediaId of [reserved, numberedId('media', 404)]) {
      for (const procedure of ['likes.like', 'likes.unlike']) {
        expect((await viewer.mutate(procedure, { mediaId })).refusal).toEqual({ code: 'not_found' })
      }
    }
  })

  test.each([
    {},
    { mediaId: 1 },
    { mediaId: 'med_1' },
    { mediaId: numberedId('user', 1) },
    { mediaId: numberedId('media', 1), userId: 1 },
  ])('refuse %j', async (input) => {
    for (const procedure of ['likes.like', 'likes.unlike']) {
      expect((await viewer.mutate(procedure, input)).refusal).toMatchObject({ code: 'invalid_input' })
    }
  })
})
