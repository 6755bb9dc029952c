// A film and a sound go the whole way as in the cloud: S3's event, inspect, video, persist, each in a process of its own.
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { media } from '@shoebox/db/schema/media.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { playKey } from '@shoebox/shared/upload/object-keys.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { allowedVideosAndSounds } from '@shoebox/testing/samples/allowed.ts'
import { makeFastMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { makeMp3 } from '@shoebox/testing/samples/time-based/sounds.ts'
import { openCloud } from '../test/open-cloud.ts'
import { makeOwner, reserveUploads } from '../test/reserve-uploads.ts'

const { db, s3 } = await openCloud(new Date())
let uploads = 0

async function walk(body: Buffer, declared = body) {
  const [upload] = await reserveUploads(db, await makeOwner(db), declared, 1, (uploads += 1))
  if (upload === undefined) throw new Error('nothing was reserved')
  await s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: upload.key, Body: body }))
  const ask = async () => {
    const [row] = await db.select().from(media).where(eq(media.id, upload.mediaId))
    return row === undefined || row.state === 'reserved' ? null : row
  }
  return pollUntil(ask, { timeoutMs: 60_000, what: 'the upload to be settled' })
}

async function headPlay({ id, generation }: Pick<typeof media.$inferSelect, 'id' | 'generation'>) {
  const key = playKey(id, generation ?? '')
  return s3.send(new HeadObjectCommand({ Bucket: buckets.media, Key: key }))
}

test(
  'a film becomes ready with its poster, its running time and what is played of it',
  { timeout: 90_000 },
  async () => {
    const row = await walk(await makeFastMp4())
    expect(row).toMatchObject({ state: 'ready', kind: 'video', type: 'video/mp4', videoCodec: 'avc', hasPlay: true })
    expect(row.durationMs).toBeGreaterThan(0)
    expect(row.derivatives?.length).toBeGreaterThan(0)
    expect(row.thumbhash).not.toBeNull()
    expect((await headPlay(row)).ContentType).toBe('video/mp4')
  },
)

test('a sound becomes ready with its waveform and what is played of it', { timeout: 90_000 }, async () => {
  const row = await walk(await makeMp3())
  expect(row).toMatchObject({ state: 'ready', kind: 'audio', type: 'audio/mpeg', videoCodec: null, hasPlay: true })
  expect(row.peaks).toHaveLength(200)
  expect((await headPlay(row)).ContentType).toBe('audio/mpeg')
})

test('a header without a film is refused, not published', { timeout: 90_000 }, async () => {
  const sample = allowedVideosAndSounds.find(({ type }) => type === 'video/mp4')
  const row = await walk((await sample?.make()) ?? Buffer.alloc(0))
  expect(row).toMatchObject({ state: 'refused', detectedType: 'video/mp4', publishedAt: null })
})

test('a sound that is not the declared one is refused, though of the same length', { timeout: 90_000 }, async () => {
  const sound = await makeMp3()
  const other = Buffer.from(sound)
  other.writeUInt8(other.readUInt8(other.length - 1) ^ 1, other.length - 1)
  const row = await walk(other, sound)
  expect(row).toMatchObject({ state: 'refused', refusalReason: 'content_mismatch', publishedAt: null })
})
