import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '@shoebox/db/schema/accounts.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { parseIncomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { stayInDay } from '@shoebox/testing/stay-in-window.ts'
import { addPerson, addPicture } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'
import type { UsageOutput } from '../account/account.schema.ts'
import type { BeginOutput, MineOutput, UploadRequest, WatchOutput } from './uploads.schema.ts'

const { edge, db } = await openEdge()
let ann: Visitor
let bob: Visitor

beforeAll(async () => {
  ann = await signUpVisitor(edge, 'Ann')
  bob = await signUpVisitor(edge, 'Bob')
})

const bytes = new TextEncoder().encode('certainly a photo')
const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64')
/** Sent again and again on purpose: each test wants a reservation of its own. */
const photo = { name: 'photo.jpg', type: 'image/jpeg', bytes: bytes.length, sha256, allowDuplicate: true }

async function begin(visitor: Visitor, files: readonly object[] = [photo], batchId: string = crypto.randomUUID()) {
  const answer = await visitor.mutate('uploads.begin', { batchId, files })
  if (answer.status !== 200) throw new Error(answer.text)
  return (answer.data as BeginOutput).files
}

async function reserveOne(visitor: Visitor): Promise<{ mediaId: MediaId; request: UploadRequest }> {
  const [file] = await begin(visitor)
  if (file?.ok !== true || file.method !== 'put') throw new Error('not reserved')
  return file
}

const put = (request: UploadRequest, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(request.url, { method: request.method, headers: { ...request.headers, ...headers }, body })

describe('every procedure', () => {
  const inputs = (mediaId: MediaId) => ({
    'uploads.begin': { batchId: crypto.randomUUID(), files: [photo] },
    'uploads.sign': { mediaId },
    'uploads.cancel': { mediaId },
    'uploads.watch': { mediaIds: [mediaId] },
  })
  const call = (visitor: Visitor, procedure: string, input: unknown, cookie?: string | null) =>
    procedure === 'uploads.watch'
      ? visitor.query(procedure, input, cookie === undefined ? {} : { cookie })
      : visitor.mutate(procedure, input, cookie === undefined ? {} : { cookie })

  test('is refused without a session, with a made-up one and with an expired one', async () => {
    const { mediaId } = await reserveOne(ann)
    const late = await signUpVisitor(edge, 'Late')
    await db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(sessions.id, await newestSession()))
    for (const [procedure, input] of Object.entries(inputs(mediaId))) {
      for (const cookie of [null, `__Host-shoebox=${'b'.repeat(40)}`, late.cookie]) {
        const answer = await call(new Visitor(edge), procedure, input, cookie)
        expect({ procedure, status: answer.status, refusal: answer.refusal }).toEqual({
          procedure,
          status: 401,
          refusal: { code: 'sign_in_needed' },
        })
      }
    }
    expect(await db.$count(media, eq(media.state, 'cancelled'))).toBe(0)
  })

  test('refuses unknown fields and wrong types', async () => {
    const { mediaId } = await reserveOne(ann)
    for (const [procedure, input] of Object.entries(inputs(mediaId))) {
      expect((await call(ann, procedure, { ...input, extra: 1 })).refusal).toEqual({
        code: 'invalid_input',
        fields: ['extra'],
      })
      for (const wrong of [
        {},
        { mediaId: 7 },
        { mediaIds: 'med_x' },
        { mediaId: mediaId.replace('med_', 'usr_') },
        { files: [] },
      ]) {
        expect((await call(ann, procedure, wrong)).refusal).toMatchObject({ code: 'invalid_input' })
      }
    }
  })
})

async function newestSession(): Promise<string> {
  const rows = await db.select().from(sessions)
  return rows.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]!.id
}

describe('the pre-flight', () => {
  test('reserves what fits and says of each other file why not, in the order asked', async () => {
    const files = await begin(ann, [
      photo,
      { ...photo, bytes: 0 },
      { ...photo, sha256: undefined, bytes: 50 * 2 ** 20 + 1 },
      { ...photo, name: 'a.svg', type: 'image/svg+xml' },
      { ...photo, name: 'setup.exe', type: '' },
      { ...photo, name: 'movie.MOV', type: '' },
    ])
    expect(files.map((file) => (file.ok ? 'ok' : file.code))).toEqual([
      'ok',
      'file_empty',
      'file_too_large',
      'type_not_allowed',
      'type_not_allowed',
      'ok',
    ])
    expect(files[2]).toEqual({ ok: false, code: 'file_too_large', bytesMax: 50 * 2 ** 20 })
    expect(files[5]).toMatchObject({ request: { headers: { 'content-type': 'video/quicktime' } } })
  })

  test('repeated, returns the same rows; at once too', async () => {
    const batchId = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(ann, [photo, photo], batchId)))
    const ids = answers.map((files) => JSON.stringify(files.map((file) => file.ok && file.mediaId)))
    expect(new Set(ids).size).toBe(1)
    expect(await db.$count(media, eq(media.batchId, batchId))).toBe(2)
  })

  test('for files of another person than who is signed in by now, is refused and writes nothing', async () => {
    const idOf = async (visitor: Visitor) =>
      ((await visitor.query('account.me')).data as { user: { id: string } }).user.id
    const [annId, bobId] = await Promise.all([idOf(ann), idOf(bob)])
    const { groupId } = (await ann.mutate('groups.create', { name: 'Lake' })).data as { groupId: string }
    const batchId = crypto.randomUUID()
    // To whom the group is not there too: the tab must learn that it is another person's.
    for (const place of [{}, { groupId }, { groupId, purpose: 'cover' }]) {
      const answer = await bob.mutate('uploads.begin', { batchId, files: [photo], userId: annId, ...place })
      expect(answer).toMatchObject({ status: 401, refusal: { code: 'sign_in_needed' } })
    }
    // Before all else: clients leave the name out where an input is said to be wrong.
    const empty = await bob.mutate('uploads.begin', { batchId, files: [], userId: annId })
    expect(empty.refusal).toEqual({ code: 'sign_in_needed' })
    expect(await db.$count(media, eq(media.batchId, batchId))).toBe(0)
    for (const place of [{}, { groupId }]) {
      const input = { batchId: crypto.randomUUID(), files: [photo], userId: annId, ...place }
      expect((await ann.mutate('uploads.begin', input)).data).toMatchObject({ files: [{ ok: true }] })
    }
    const wrong = await bob.mutate('uploads.begin', { batchId, files: [photo], userId: `${bobId}0` })
    expect(wrong.refusal).toMatchObject({ code: 'invalid_input', fields: ['userId'] })
  })

  test('repeated with another file in its place, signs nothing for it', async () => {
    const batchId = crypto.randomUUID()
    await begin(ann, [photo], batchId)
    const [changed] = await begin(ann, [{ ...photo, bytes: photo.bytes + 1 }], batchId)
    expect(changed).toEqual({ ok: false, code: 'invalid_input' })
  })

  test('writes rows before it signs, under keys made of ids alone', async () => {
    const [file] = await begin(ann, [{ ...photo, name: '../../etc/passwd\u202E.jpg' }])
    if (file?.ok !== true || file.method !== 'put') throw new Error('not reserved')
    const [row] = await db.select().from(media).where(eq(media.id, file.mediaId))
    expect(row).toMatchObject({ state: 'reserved', declaredBytes: bytes.length, declaredSha256: sha256 })
    expect(parseIncomingKey(row!.incomingKey)).toEqual({ ownerId: row!.ownerId, mediaId: file.mediaId })
    expect(new URL(file.request.url).pathname).toBe(`/shoebox-incoming/${row!.incomingKey}`)
  })

  test.each([
    ['51 files', Array.from({ length: 51 }, () => photo)],
    ['no files', []],
    ['a negative length', [{ ...photo, bytes: -1 }]],
    ['a broken length', [{ ...photo, bytes: 1.5 }]],
    ['an endless length', [{ ...photo, bytes: 1e300 }]],
    ['a short checksum', [{ ...photo, sha256: 'AAAA' }]],
    ['a checksum that is not base64 of 32 bytes', [{ ...photo, sha256: `${'A'.repeat(42)}B=` }]],
    ['no checksum for what goes in one request', [{ ...photo, sha256: undefined }]],
    ['a checksum of the whole for what goes in parts', [{ ...photo, bytes: 16 * 2 ** 20 + 1 }]],
    ['a name with U+0000', [{ ...photo, name: 'a\0b.jpg' }]],
    ['an unknown field', [{ ...photo, ownerId: numberedId('user', 1) }]],
    ['a file that is text', ['photo.jpg']],
  ])('refuses %s', async (_, files) => {
    const answer = await ann.mutate('uploads.begin', { batchId: crypto.randomUUID(), files })
    expect(answer.status).toBe(400)
    expect(answer.refusal).toMatchObject({ code: 'invalid_input' })
  })

  test('keeps the name of a file whatever letters it has, shortened', async () => {
    const name = `${'😀'.repeat(300)}\uD800.jpg`
    const [file] = await begin(ann, [{ ...photo, name }])
    if (file?.ok !== true) throw new Error('not reserved')
    const [row] = await db.select().from(media).where(eq(media.id, file.mediaId))
    expect(row?.fileName).toBe('😀'.repeat(255))
  })
})

describe('the signed request', () => {
  test('stores exactly the declared bytes, once', async () => {
    const { request } = await reserveOne(ann)
    expect((await put(request, bytes)).status).toBe(200)
    expect((await put(request, bytes)).status).toBe(412)
  })

  test('stores nothing else', async () => {
    const { request } = await reserveOne(ann)
    const other = new TextEncoder().encode('certainly a virus')
    expect(other.length).toBe(bytes.length)
    expect((await put(request, other)).status).toBe(400)
    expect((await put(request, bytes.slice(1))).status).toBe(403)
    expect((await put(request, bytes, { 'content-type': 'text/html' })).status).toBe(403)
    expect((await put(request, other, { 'x-amz-checksum-sha256': 'A'.repeat(43) + '=' })).status).toBe(403)
    const { 'if-none-match': _, ...replacing } = request.headers
    expect((await put({ ...request, headers: replacing }, bytes)).status).toBe(403)
    const elsewhere = request.url.replace(/med_[0-9a-f]{8}/, 'med_00000000')
    expect((await put({ ...request, url: elsewhere }, bytes)).status).toBe(403)
    expect((await put(request, bytes)).status).toBe(200)
  })
})

describe('signing anew, cancelling and watching', () => {
  test('a reserved upload of one’s own is signed anew, a settled one is not', async () => {
    const { mediaId, request } = await reserveOne(ann)
    const again = await ann.mutate('uploads.sign', { mediaId })
    expect((again.data as { request: UploadRequest }).request.headers).toEqual({
      ...request.headers,
      'x-amz-meta-request-id': expect.any(String),
    })
    expect((await ann.mutate('uploads.cancel', { mediaId })).data).toEqual({})
    expect((await ann.mutate('uploads.cancel', { mediaId })).data).toEqual({})
    const settled = await ann.mutate('uploads.sign', { mediaId })
    expect({ status: settled.status, refusal: settled.refusal }).toEqual({
      status: 409,
      refusal: { code: 'upload_settled' },
    })
    await db.update(media).set({ state: 'refused' }).where(eq(media.id, mediaId))
    expect((await ann.mutate('uploads.cancel', { mediaId })).refusal).toEqual({ code: 'upload_settled' })
  })

  test("somebody else's upload is answered exactly like none", async () => {
    const { mediaId } = await reserveOne(ann)
    const missing = numberedId('media', 404)
    const plain = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    for (const procedure of ['uploads.sign', 'uploads.cancel']) {
      const [foreign, none] = [
        await bob.mutate(procedure, { mediaId }),
        await bob.mutate(procedure, { mediaId: missing }),
      ]
      expect(foreign.status).toBe(404)
      expect(plain(foreign.text)).toBe(plain(none.text))
    }
    const watched = await bob.query('uploads.watch', { mediaIds: [mediaId, missing] })
    expect(watched.data).toEqual({ items: [] })
    const [row] = await db.select().from(media).where(eq(media.id, mediaId))
    expect(row?.state).toBe('reserved')
  })

  test('a settled file of a repeated pre-flight says so and which upload to watch', async () => {
    const batchId = crypto.randomUUID()
    const [file] = await begin(ann, [photo], batchId)
    const mediaId = file?.ok === true ? file.mediaId : null
    await ann.mutate('uploads.cancel', { mediaId })
    expect(await begin(ann, [photo], batchId)).toEqual([{ ok: false, code: 'upload_settled', mediaId }])
  })

  test('watching shows the owner what became of a file', async () => {
    const { mediaId } = await reserveOne(ann)
    const watch = async () =>
      ((await ann.query('uploads.watch', { mediaIds: [mediaId, mediaId] })).data as WatchOutput).items
    expect(await watch()).toMatchObject([{ mediaId, state: 'reserved', reason: null, item: null }])
    await db
      .update(media)
      .set({ state: 'refused', refusalReason: 'content_mismatch', detectedType: 'application/x-msdownload' })
      .where(eq(media.id, mediaId))
    expect(await watch()).toMatchObject([
      {
        state: 'refused',
        reason: 'content_mismatch',
        declaredType: 'image/jpeg',
        detectedType: 'application/x-msdownload',
      },
    ])
    // More than fit into an address, so by POST.
    const watchMany = (count: number) =>
      ann.mutate('uploads.watch', {
        mediaIds: [mediaId, ...Array.from({ length: count - 1 }, (_, n) => numberedId('media', n))],
      })
    expect((await watchMany(1000)).data).toMatchObject({ items: [{ mediaId }] })
    expect((await watchMany(1001)).refusal).toMatchObject({ code: 'invalid_input' })
  })
})

describe('quota, duplicates and history', () => {
  const MB = 2 ** 20
  const sized = (bytes: number, n: number) => ({
    name: `${n}.jpg`,
    type: 'image/jpeg',
    bytes,
    sha256: Buffer.alloc(32, n).toString('base64'),
  })
  const idOf = (file: BeginOutput['files'][number] | undefined): MediaId | null =>
    file?.ok === true ? file.mediaId : null
  const usageOf = async (visitor: Visitor) => (await visitor.query('account.usage')).data as UsageOutput

  test('what fits the day is reserved, the rest says why; usage tells it, and cancelling gives it back', async () => {
    await stayInDay()
    const eve = await signUpVisitor(edge, 'Eve')
    const before = await usageOf(eve)
    expect(before).toMatchObject({ plan: 'free', day: { usedBytes: 0, limitBytes: 100 * MB }, total: { usedBytes: 0 } })
    const untilReset = new Date(before.day.resetsAt).getTime() - Date.now()
    expect(untilReset).toBeGreaterThan(0)
    expect(untilReset).toBeLessThanOrEqual(86_400_000)
    const film = { name: 'a.mp4', type: 'video/mp4', bytes: 90 * MB }
    const files = await begin(eve, [film, sized(11 * MB, 1), sized(10 * MB, 2), { ...film, bytes: 2048 * MB }])
    expect(files.map((file) => (file.ok ? file.method : file.code))).toEqual([
      'multipart',
      'over_day_quota',
      'put',
      'too_large_for_plan',
    ])
    expect(await usageOf(eve)).toMatchObject({ day: { usedBytes: 100 * MB }, total: { usedBytes: 100 * MB } })
    const [first] = files
    if (first?.ok !== true) throw new Error('not reserved')
    await eve.mutate('uploads.cancel', { mediaId: first.mediaId })
    expect(await usageOf(eve)).toMatchObject({ day: { usedBytes: 10 * MB }, total: { usedBytes: 10 * MB } })
  })

  test('usage and history are for who is signed in, and of nobody else', async () => {
    for (const procedure of ['account.usage', 'uploads.mine']) {
      const answer = await new Visitor(edge).query(procedure, procedure === 'uploads.mine' ? {} : undefined)
      expect(answer.refusal).toEqual({ code: 'sign_in_needed' })
    }
    const { mediaId } = await reserveOne(ann)
    const finn = await signUpVisitor(edge, 'Finn')
    expect((await finn.query('uploads.mine', {})).data).toEqual({ items: [], nextCursor: null })
    expect((await finn.query('uploads.mine', { cursor: mediaId })).data).toEqual({ items: [], nextCursor: null })
    expect((await finn.query('uploads.mine', { cursor: 'x' })).refusal).toMatchObject({ code: 'invalid_input' })
    expect((await finn.query('uploads.mine', { size: 101 })).refusal).toMatchObject({ code: 'invalid_input' })
  })

  test('the history shows every upload with its end, page after page', async () => {
    const gwen = await signUpVisitor(edge, 'Gwen')
    const reserved = await begin(gwen, [sized(5, 1), sized(5, 2), sized(5, 3)])
    const ids = reserved.map((file) => (file.ok ? file.mediaId : null))
    await gwen.mutate('uploads.cancel', { mediaId: ids[1] })
    const seen: MineOutput['items'] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = (await gwen.query('uploads.mine', { size: 2, ...(cursor !== undefined && { cursor }) }))
        .data as MineOutput
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(new Set(seen.map(({ mediaId }) => mediaId))).toEqual(new Set(ids))
    expect(seen).toHaveLength(3)
    expect(seen.find(({ mediaId }) => mediaId === ids[1])).toMatchObject({
      state: 'cancelled',
      fileName: '2.jpg',
      declaredBytes: 5,
      settledAt: expect.any(String),
      item: null,
    })
  })

  test('content that is among one’s own items is pointed out, and sent again only on purpose', async () => {
    const file = sized(7, 42)
    const [first] = await begin(ann, [file])
    if (first?.ok !== true) throw new Error('not reserved')
    const ready = { state: 'ready', sha256: file.sha256, publishedAt: new Date(), generation: 'g' } as const
    const shown = { type: 'image/jpeg', kind: 'image', timelineAt: new Date() } as const
    await db
      .update(media)
      .set({ ...ready, ...shown })
      .where(eq(media.id, first.mediaId))
    expect(await begin(ann, [file])).toEqual([{ ok: false, code: 'duplicate', mediaId: first.mediaId }])
    expect(await begin(ann, [{ ...file, allowDuplicate: true }])).toMatchObject([{ ok: true }])
    expect(await begin(bob, [file])).toMatchObject([{ ok: true }])
  })

  test('the same content twice in a batch is reserved once, unless it is wanted twice', async () => {
    const file = sized(7, 43)
    const [first, second, other, wanted] = await begin(ann, [
      file,
      file,
      sized(7, 44),
      { ...file, allowDuplicate: true },
    ])
    expect(second).toEqual({ ok: false, code: 'duplicate', mediaId: idOf(first) })
    expect(new Set([first, other, wanted].map(idOf)).size).toBe(3)
  })

  test('content that is reserved and never came is taken up again by its owner, and by nobody else', async () => {
    const file = sized(7, 45)
    const [first] = await begin(ann, [file])
    expect(await begin(ann, [file])).toMatchObject([{ ok: true, mediaId: idOf(first) }])
    expect(idOf((await begin(bob, [file]))[0])).not.toBe(idOf(first))
  })

  test('an upload that turned out to be a duplicate names the item that is there', async () => {
    const [first, second] = (await begin(ann, [sized(7, 46), sized(7, 47)])).map(idOf)
    const refused = { state: 'refused', refusalReason: 'duplicate', duplicateOf: first } as const
    await db.update(media).set(refused).where(eq(media.id, second!))
    const told = { mediaId: second, state: 'refused', reason: 'duplicate', duplicateOf: first }
    expect((await ann.query('uploads.watch', { mediaIds: [second] })).data).toMatchObject({ items: [told] })
    const { items } = (await ann.query('uploads.mine', { size: 2 })).data as MineOutput
    expect(items.find(({ mediaId }) => mediaId === second)).toMatchObject(told)
  })

  test('what lies in the trash is marked as that until it is back, in the history and where it is watched', async () => {
    const { visitor, ...ivy } = await addPerson(db, edge, 'Ivy')
    const mediaId = await addPicture(db, ivy, null)
    const look = async () => {
      const mine = (await visitor.query('uploads.mine', {})).data as MineOutput
      const watched = (await visitor.query('uploads.watch', { mediaIds: [mediaId] })).data as WatchOutput
      return [mine, watched].map(({ items: [upload] }) => [upload?.item?.id, upload?.item?.isTrashed])
    }
    const [unmarked, marked] = [undefined, true].map((isTrashed) => [mediaId, isTrashed])
    expect(await look()).toEqual([unmarked, unmarked])
    await visitor.mutate('gallery.moveToTrash', { mediaIds: [mediaId] })
    expect(await look()).toEqual([marked, marked])
    await visitor.mutate('gallery.restore', { mediaIds: [mediaId] })
    expect(await look()).toEqual([unmarked, unmarked])
  })

  test('100 pre-flights at once never pass the day, and leave no room unused', async () => {
    await stayInDay()
    const hal = await signUpVisitor(edge, 'Hal')
    const film = { name: 'a.mp4', type: 'video/mp4', bytes: 30 * MB }
    const calls = Array.from({ length: 100 }, (_, n) => begin(hal, [film, sized(10 * MB, n), film]))
    const files = (await Promise.all(calls)).flat()
    const codes = files.flatMap((file) => (file.ok ? [] : [file.code]))
    expect(new Set(codes)).toEqual(new Set(['over_day_quota']))
    expect(await usageOf(hal)).toMatchObject({ day: { usedBytes: 100 * MB }, total: { usedBytes: 100 * MB } })
    const mine = files.flatMap((file) => (file.ok ? [file.mediaId] : []))
    await Promise.all(mine.flatMap((mediaId) => [1, 2].map(() => hal.mutate('uploads.cancel', { mediaId }))))
    expect(await usageOf(hal)).toMatchObject({ day: { usedBytes: 0 }, total: { usedBytes: 0 } })
  })
})
