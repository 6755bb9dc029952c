// Losing access, over HTTP and through the delivery front, which decides as the distribution does: the API refuses at
// once, and what was signed before ends within three buckets. Buckets are 5 s here and 5 minutes in production.
import { randomBytes } from 'node:crypto'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groups } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startDelivery, type Delivery } from '@shoebox/local/delivery/start-delivery.ts'
import { findFreePort } from '@shoebox/local/ports.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { copyKey, derivativeKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { addGroup, addPerson, addPicture, generation, newId, type Person } from '../test/group-world.ts'
import { everyLoss, type Loss } from '../test/every-loss.ts'
import { openEdge } from '../test/open-edge.ts'
import type { GalleryItem, GalleryPage } from './gallery/gallery.schema.ts'
import type { SignManyOutput, SignOutput } from './originals/originals.schema.ts'

const bucketSeconds = 5
const boundMs = 3 * bucketSeconds * 1000

const port = await findFreePort()
const { edge, db } = await openEdge({
  MEDIA_ORIGIN: `http://127.0.0.1:${port}`,
  DELIVERY_BUCKET_SECONDS: String(bucketSeconds),
})
let delivery: Delivery
let s3: S3Client

beforeAll(async () => {
  const keys = new Map([['KTEST', edge.deliveryPublicKey]])
  delivery = await startDelivery({ port, keys, siteOrigin: edge.origin, findObject: edge.findObject })
  s3 = new S3Client({ endpoint: edge.s3Endpoint, region, credentials })
})

afterAll(async () => {
  s3.destroy()
  await delivery.stop()
})

const put = (Key: string, Body: string) =>
  s3.send(
    new PutObjectCommand({
      Bucket: buckets.media,
      Key,
      Body,
      ContentType: 'image/jpeg',
      ContentDisposition: 'attachment',
    }),
  )

/** A picture with its objects. */
async function addStored(person: Person, groupId: GroupId | null, columns = {}): Promise<MediaId> {
  const mediaId = await addPicture(db, person, groupId, columns)
  await put(derivativeKey(mediaId, generation, 'tile'), 'tile')
  await put(originalKey(mediaId, generation), 'original')
  await put(copyKey(mediaId, generation), 'copy')
  await put(playKey(mediaId, generation), 'play')
  return mediaId
}

const statusOf = async (url: string) => (await fetch(url)).status
const tileOf = ({ delivery: { base, query } }: GalleryItem) => `${base}/tile.webp?${query}`
const firstItem = async ({ visitor }: Person, groupId: GroupId) =>
  ((await visitor.query('gallery.page', { groupId })).data as GalleryPage).items[0]

test(
  'whoever loses access is refused by the API at once and by the delivery within the stated bound',
  { timeout: 120_000 },
  () => Promise.all(Object.entries(everyLoss(db, edge)).map(([name, loss]) => loseAccess(name, loss))),
)

async function loseAccess(name: string, { end, refusal = 'not_found' }: Loss): Promise<void> {
  const [owner, member] = [await addPerson(db, edge), await addPerson(db, edge)]
  const groupId = await addGroup(db, [
    [owner, 'owner'],
    [member, 'contributor'],
  ])
  await db.update(groups).set({ locationPolicy: 'keep' }).where(eq(groups.id, groupId))
  const mediaId = await addStored(owner, groupId)
  const item = (await firstItem(member, groupId))!
  const original = (await member.visitor.query('originals.sign', { mediaId })).data as SignOutput
  const urls = [tileOf(item), original.url]
  expect(await Promise.all(urls.map(statusOf))).toEqual([200, 200])

  const ended = await end({ owner, member, groupId, mediaId })
  const endedAtMs = Date.now()
  expect(ended.status, name).toBe(200)
  for (const { expiresAt } of [item.delivery, original])
    expect(Date.parse(expiresAt), name).toBeLessThanOrEqual(endedAtMs + boundMs)
  expect((await member.visitor.mutate('likes.like', { mediaId })).refusal, name).toMatchObject({ code: refusal })
  // Read every second, as whoever kept the addresses would: nothing opens after the bound, and no new one is given.
  for (let dueMs = endedAtMs; dueMs <= endedAtMs + boundMs; dueMs += 1000) {
    await pollUntil(() => Date.now() >= dueMs, { timeoutMs: boundMs })
    for (const procedure of ['gallery.item', 'originals.sign', 'comments.list'])
      expect((await member.visitor.query(procedure, { mediaId })).refusal, name).toMatchObject({ code: refusal })
    const statuses = await Promise.all(urls.map(statusOf))
    if (dueMs >= endedAtMs + boundMs) expect(statuses, name).toEqual([403, 403])
  }
}

describe('a download', () => {
  test('has the form that the group’s policy allows, is a file, and opens nothing beside it', async () => {
    const [owner, member, stranger] = [await addPerson(db, edge), await addPerson(db, edge), await addPerson(db, edge)]
    const groupId = await addGroup(db, [
      [owner, 'owner'],
      [member, 'viewer'],
    ])
    const picture = await addStored(owner, groupId, { copyType: 'image/jpeg', fileName: 'Zuhause 🏡.jpg' })
    const film = await addStored(owner, groupId, { kind: 'video', type: 'video/mp4', hasPlay: true })
    const sign = async ({ visitor }: Person, mediaId: MediaId) =>
      (await visitor.query('originals.sign', { mediaId })).data as SignOutput
    const bodyOf = async ({ url }: SignOutput) => await (await fetch(url)).text()
    const policies = { strip: ['copy', 'play'], coarse: ['copy', 'play'], keep: ['original', 'original'] } as const
    for (const [locationPolicy, bodies] of Object.entries(policies)) {
      await owner.visitor.mutate('groups.setLocationPolicy', { groupId, locationPolicy })
      const got = [await sign(member, picture), await sign(member, film)]
      expect(await Promise.all(got.map(bodyOf))).toEqual(bodies)
      expect(got[0]!.fileName).toMatch(/^shoebox-\d{8}-\d{6}\.jpg$/)
      expect(await bodyOf(await sign(owner, picture))).toBe('original')
    }
    const { url, fileName, form } = await sign(owner, picture)
    expect([fileName, form]).toEqual(['Zuhause 🏡.jpg', 'original'])
    const headers = (await fetch(url)).headers
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Zuhause __.jpg"; filename*=UTF-8''Zuhause%20%F0%9F%8F%A1.jpg`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const elsewhere = [url.replace(picture, film), url.replace('attachment', 'inline'), url.replace('/o/', '/v/')]
    expect(await Promise.all(elsewhere.map(statusOf))).toEqual([403, 403, 403])
    expect((await stranger.visitor.query('originals.sign', { mediaId: picture })).refusal).toEqual({
      code: 'not_found',
    })
  })

  test('is answered for many exactly as for each alone, in the order asked for', async () => {
    const [owner, member, stranger] = [await addPerson(db, edge), await addPerson(db, edge), await addPerson(db, edge)]
    const groupId = await addGroup(db, [
      [owner, 'owner'],
      [member, 'viewer'],
    ])
    const sha256 = randomBytes(32).toString('base64')
    const picture = await addStored(owner, groupId, { copyType: 'image/jpeg', sha256 })
    const noCopy = await addStored(owner, groupId)
    const film = await addStored(owner, groupId, {
      kind: 'video',
      type: 'video/mp4',
      hasPlay: true,
      sha256: `${sha256}-2`,
    })
    const foreign = await addStored(stranger, null)
    await db.update(media).set({ listing: 'trashed', trashedAt: new Date() }).where(eq(media.id, foreign))
    const mediaIds = [film, foreign, picture, noCopy]
    for (const locationPolicy of ['strip', 'coarse', 'keep'] as const) {
      await owner.visitor.mutate('groups.setLocationPolicy', { groupId, locationPolicy })
      for (const { visitor } of [owner, member, stranger]) {
        const many = (await visitor.query('originals.signMany', { mediaIds })).data as SignManyOutput
        const alone = await Promise.all(mediaIds.map((mediaId) => visitor.query('originals.sign', { mediaId })))
        const named = alone.map((answer, i) => ({ ...(answer.data as SignOutput), mediaId: mediaIds[i] }))
        expect(many.items.map(({ mediaId, fileName, form }) => ({ mediaId, fileName, form }))).toEqual(
          named.filter(({ url }) => url).map(({ mediaId, fileName, form }) => ({ mediaId, fileName, form })),
        )
        expect(many.refused).toEqual(
          mediaIds.flatMap((mediaId, i) => {
            const code = alone[i]!.refusal?.['code']
            return code === undefined ? [] : [{ mediaId, code }]
          }),
        )
        expect(await Promise.all(many.items.map(({ url }) => statusOf(url)))).toEqual(many.items.map(() => 200))
      }
    }
    // A checksum is told only of the bytes that the address answers, and only where it is one of the whole file.
    const own = (await owner.visitor.query('originals.signMany', { mediaIds })).data as SignManyOutput
    expect(own.items.map((item) => item.sha256)).toEqual([null, sha256, expect.any(String)])
    await owner.visitor.mutate('groups.setLocationPolicy', { groupId, locationPolicy: 'strip' })
    const copies = (await member.visitor.query('originals.signMany', { mediaIds })).data as SignManyOutput
    expect(copies.items.map((item) => item.sha256)).toEqual([null, null])
  })

  test.each([0, 101])('is not answered for %i at once', async (count) => {
    const { visitor } = await addPerson(db, edge)
    const mediaIds = Array.from({ length: count }, () => newId('media'))
    expect((await visitor.query('originals.signMany', { mediaIds })).status).toBe(400)
  })

  test('of something public is the copy, and of what a moderator took down is nobody’s', async () => {
    const [ann, ben] = [await addPerson(db, edge), await addPerson(db, edge)]
    const mediaId = await addStored(ann, null, { copyType: 'image/jpeg', sha256: randomBytes(32).toString('base64') })
    const formFor = async ({ visitor }: Person) => {
      const answer = await visitor.query('originals.sign', { mediaId })
      return answer.refusal?.['code'] ?? (answer.data as SignOutput).form
    }
    expect([await formFor(ann), await formFor(ben)]).toEqual(['original', 'copy'])
    await db.update(media).set({ listing: 'quarantined' }).where(eq(media.id, mediaId))
    expect([await formFor(ann), await formFor(ben)]).toEqual(['not_found', 'not_found'])
  })
})
