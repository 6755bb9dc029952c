import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { inArray } from 'drizzle-orm'
import { media } from '@shoebox/db/schema/media.ts'
import { deletions } from '@shoebox/db/schema/upkeep.ts'
import { buckets, type LambdaName } from '@shoebox/local/cloud-names.ts'
import { derivativeNames } from '@shoebox/shared/media/derivatives.ts'
import { derivativeKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { makeFastMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { openCloud } from '../test/open-cloud.ts'
import { makeOwner, reserveUploads, type ReservedUpload } from '../test/reserve-uploads.ts'

const lines: string[] = []
const { stack, db, s3 } = await openCloud(new Date(), {
  // More deliveries than there are kills: what is tested is that nothing is lost, not when we give up.
  queues: { visibilityTimeoutSeconds: 3, maxReceiveCount: 50 },
  log: (part, line) => lines.push(`${part} ${line}`),
})

async function send(uploads: readonly ReservedUpload[], body: Buffer): Promise<void> {
  for (const { key } of uploads) await s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body: body }))
}

async function countStates(): Promise<Record<string, number>> {
  const { rows } = await db.$client.query<{ state: string; count: string }>(
    'select state, count(*) from media group by state',
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

/** Kills the function over and over, at moments spread over its work, until everything is settled. */
async function killUntilSettled(names: readonly LambdaName[], settled: () => Promise<boolean>): Promise<number> {
  let kills = 0
  const killsMax = 15
  await pollUntil(
    async () => {
      if (await settled()) return true
      const name = names[kills % names.length]
      if (kills < killsMax && name !== undefined) kills += stack.lambdas.kill(name) > 0 ? 1 : 0
      return false
    },
    { timeoutMs: 90_000, everyMs: 230, what: 'every upload to be settled' },
  )
  return kills
}

const messagesLeft = () =>
  (['uploads', 'videos', 'outcomes'] as const)
    .map((queue) => stack.sqs.counts(queue))
    .map(({ visible, inFlight }) => visible + inFlight)

test(
  'loses no film when the video function and those around it are killed in the middle of work',
  { timeout: 150_000 },
  async () => {
    const owner = await makeOwner(db)
    const film = await makeFastMp4()
    const films = await reserveUploads(db, owner, film, 5, 5000)
    await send(films, film)
    const isSettled = async () => (await countStates())['reserved'] === undefined
    const kills = await killUntilSettled(['video', 'video', 'inspect', 'video', 'persist'], isSettled)

    expect(kills).toBeGreaterThan(5)
    const rows = await db
      .select()
      .from(media)
      .where(
        inArray(
          media.id,
          films.map(({ mediaId }) => mediaId),
        ),
      )
    expect(rows.map(({ state, kind, hasPlay }) => ({ state, kind, hasPlay }))).toEqual(
      films.map(() => ({ state: 'ready', kind: 'video', hasPlay: true })),
    )
    await pollUntil(() => messagesLeft().every((left) => left === 0), {
      timeoutMs: 30_000,
      what: 'the queues to empty',
    })
    expect(stack.sqs.counts('videos-dead').visible).toBe(0)
    // Each whole, and nothing beside what its row says: originals, three pictures, what is played.
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.media }))
    const stored = Contents.map(({ Key = '' }) => Key)
    for (const { id, generation } of rows)
      expect(stored.filter((key) => key.includes(id)).toSorted()).toEqual([
        originalKey(id, generation ?? ''),
        playKey(id, generation ?? ''),
        ...derivativeNames.map((name) => derivativeKey(id, generation ?? '', name)).toSorted(),
      ])
    expect(await db.select().from(deletions)).toEqual([])
  },
)

test('loses nothing when inspector and persister are killed in the middle of work', { timeout: 120_000 }, async () => {
  const owner = await makeOwner(db)
  const photo = await (await openScene(2400, 1600)).jpeg().toBuffer()
  const note = Buffer.from('only words')
  const photos = await reserveUploads(db, owner, photo, 16)
  const notes = await reserveUploads(db, owner, note, 4, 1000)
  await send(photos, photo)
  await send(notes, note)
  const isSettled = async () => (await countStates())['reserved'] === undefined
  const kills = await killUntilSettled(['inspect', 'persist', 'inspect'], isSettled)

  expect(kills).toBeGreaterThan(5)
  expect(await countStates()).toEqual({ ready: 21, refused: 4 })
  // Whatever was in flight when its function died comes again, and is then done with.
  await pollUntil(() => messagesLeft().every((left) => left === 0), { timeoutMs: 30_000, what: 'the queues to empty' })
  expect([stack.sqs.counts('uploads-dead').visible, stack.sqs.counts('outcomes-dead').visible]).toEqual([0, 0])
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.media }))
  const ofPhotos = Contents.filter(({ Key }) => photos.some(({ mediaId }) => Key?.includes(mediaId)))
  // The original, three pictures and the copy.
  expect(ofPhotos).toHaveLength(16 * 5)
  const incoming = await s3.send(new ListObjectsV2Command({ Bucket: buckets.incoming }))
  const kept = new Set(incoming.Contents?.map(({ Key }) => Key))
  expect(
    [...photos, ...notes].every(({ key }) => kept.has(key)),
    'the janitor clears them',
  ).toBe(true)
})
