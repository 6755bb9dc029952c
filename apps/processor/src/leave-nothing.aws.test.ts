// Two-way truth on the whole local cloud: what nobody wants leaves nothing behind, and what people have stays whole,
// with every message delivered three times and shuffled.
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { purgeItems } from '@shoebox/db/stores/deletion-store.ts'
import { buckets, type QueueName } from '@shoebox/local/cloud-names.ts'
import { parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeOrientedJpeg } from '@shoebox/testing/samples/pictures.ts'
import { makeFastMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { openCloud } from '../test/open-cloud.ts'
import { makeOwner, reserveUploads, type ReservedUpload } from '../test/reserve-uploads.ts'

const { stack, db, s3 } = await openCloud(new Date())

const put = ({ key }: ReservedUpload, Body: Buffer) =>
  s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body }))

async function listMedia(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.media }))
  return Contents.map(({ Key = '' }) => Key)
}

/** Every message that waits in a queue twice more, in another order. */
function repeatAll(queue: QueueName): void {
  const bodies = stack.sqs.peek(queue)
  const again = [...bodies, ...bodies].map((body, n) => [body, (n * 7 + 3) % 11] as const)
  for (const [body] of again.toSorted(([, one], [, other]) => one - other)) stack.sqs.send(queue, body)
}

const isEmpty = (queue: QueueName) => {
  const { visible, inFlight } = stack.sqs.counts(queue)
  return visible + inFlight === 0
}

const idsOf = (uploads: readonly ReservedUpload[]) => uploads.map(({ mediaId }) => mediaId)

test(
  'what is put after it was cancelled leaves nothing, and nothing else is touched',
  { timeout: 120_000 },
  async () => {
    const owner = await makeOwner(db)
    const photo = await makeOrientedJpeg(6)
    const film = await makeFastMp4()
    const kept = await reserveUploads(db, owner, photo, 4)
    const cancelled = await reserveUploads(db, owner, photo, 3, 100)
    const [keptFilm, cancelledFilm] = await reserveUploads(db, owner, film, 2, 200)
    if (keptFilm === undefined || cancelledFilm === undefined) throw new Error('nothing was reserved')
    const gone = [...cancelled, cancelledFilm]
    await db
      .update(media)
      .set({ state: 'cancelled', settledAt: new Date() })
      .where(inArray(media.id, idsOf(gone)))
    for (const name of ['inspect', 'video', 'persist'] as const) await stack.lambdas.pause(name)
    for (const upload of [...kept, ...cancelled]) await put(upload, photo)
    for (const upload of [keptFilm, cancelledFilm]) await put(upload, film)
    const steps = [
      ['inspect', 'uploads'],
      ['video', 'videos'],
      ['persist', 'outcomes'],
    ] as const
    for (const [name, queue] of steps) {
      await pollUntil(() => stack.sqs.peek(queue).length > 0, { what: `messages for ${name}` })
      repeatAll(queue)
      stack.lambdas.resume(name)
      await pollUntil(() => isEmpty(queue), { timeoutMs: 60_000, what: `${name} to be done` })
    }
    const rows = await db.select().from(media)
    const ready = rows.filter(({ state }) => state === 'ready').map(({ id }) => id)
    expect(ready.toSorted()).toEqual(idsOf([...kept, keptFilm]).toSorted())
    expect((await listMedia()).length, 'made for nobody').toBe(9 * 5)

    await stack.lambdas.invoke('purge', {})
    const left = await listMedia()
    expect(left).toHaveLength(5 * 5)
    expect(left.filter((key) => idsOf(gone).some((id) => key.includes(id)))).toEqual([])
    expect((await db.select().from(deletions)).map(({ goneAt, reason }) => [goneAt !== null, reason])).toEqual(
      gone.map(() => [true, 'superseded']),
    )
    expect(await stack.lambdas.invoke('reconcile', { begin: 'report' })).toMatchObject({
      rows: 9,
      objects: 34,
      found: {},
    })
  },
)

test('what is lost beside an original comes back by itself, after a report of it', { timeout: 60_000 }, async () => {
  // What settled within the hour is not looked at.
  await db.update(media).set({ settledAt: new Date(Date.now() - 2 * 60 * 60_000) })
  const before = await listMedia()
  const play = before.find((key) => key.endsWith('/play'))
  const film = play === undefined ? undefined : parseMediaKey(play)?.mediaId
  const tile = before.find((key) => key.endsWith('/tile.webp') && parseMediaKey(key)?.mediaId !== film)
  for (const Key of [tile, play]) await s3.send(new DeleteObjectCommand({ Bucket: buckets.media, Key }))
  const missing = { count: 2, bytes: expect.any(Number) as number }
  const report = await stack.lambdas.invoke('reconcile', { begin: 'report' })
  expect(report).toMatchObject({ found: { derivative_missing: { ...missing, repaired: 0 } } })
  const next = await stack.lambdas.invoke('reconcile', {})
  expect(next).toMatchObject({ found: { derivative_missing: { ...missing, repaired: 2 } } })
  await pollUntil(async () => (await listMedia()).length === before.length, { what: 'both to be back' })
  expect((await listMedia()).toSorted()).toEqual(before.toSorted())
})

test('an item that is ended is gone from both buckets by the next round', async () => {
  const [item] = await db
    .select()
    .from(media)
    .where(sql`state = 'ready'`)
    .limit(1)
  if (item === undefined) throw new Error('there is no item')
  await db.execute(purgeItems(sql`${media.id} = ${sql.param(item.id, media.id)}`, 'account_deleted', Date.now()))
  await stack.lambdas.invoke('purge', {})
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.incoming }))
  const everything = [...(await listMedia()), ...Contents.map(({ Key = '' }) => Key)]
  expect(everything.filter((key) => key.includes(item.id))).toEqual([])
})

test('the janitor has nothing to say of a cloud that is well', async () => {
  expect(await stack.lambdas.invoke('janitor', {})).toMatchObject({
    swept: { reinjected: 0, givenUp: 0, expired: 0, failed: 0 },
    tidied: { purged: 0, failed: 0 },
  })
})
