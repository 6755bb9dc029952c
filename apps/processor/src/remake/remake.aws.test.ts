import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { videoMessageSchema } from '@shoebox/shared/messages/video.schema.ts'
import { copyKey, derivativeKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { makeOrientedJpeg, openScene } from '@shoebox/testing/samples/pictures.ts'
import { makeFastMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { startVideo, type Video } from '../../test/start-video.ts'
import { createS3MediaObjects } from '../adapters/s3-media-objects.ts'
import { createS3PlayObjects } from '../adapters/s3-play-objects.ts'
import { isOfOriginal } from './remake-timed-media.ts'

let video: Video

beforeAll(async () => {
  video = await startVideo()
})
afterAll(() => video.stop())
beforeEach(() => {
  video.outcomes.length = 0
  video.videos.length = 0
})

/** The stores as the Lambdas open them for originals. */
function openOriginals() {
  const stores = { s3: video.client, incomingBucket: buckets.media, mediaBucket: buckets.media }
  return { ...createS3MediaObjects(stores), ...createS3PlayObjects(stores) }
}

const keysOf = async (mediaId: string) => (await video.listMedia()).filter((key) => key.includes(mediaId)).toSorted()
const remove = (Key: string) => video.client.send(new DeleteObjectCommand({ Bucket: buckets.media, Key }))

function onlyReady() {
  const [outcome] = video.outcomes
  if (outcome?.outcome !== 'ready') throw new Error('not ready')
  video.outcomes.length = 0
  return outcome
}

test('makes a missing picture again beside its original, says nothing, and leaves the rest alone', async () => {
  const { mediaId, key } = await video.upload(await makeOrientedJpeg(6))
  await video.inspect(key)
  const { generation } = onlyReady()
  const before = await keysOf(mediaId)
  const lost = derivativeKey(mediaId, generation, 'tile')
  const { body } = await video.readMedia(lost)
  const kept = (await video.readMedia(derivativeKey(mediaId, generation, 'thumb'))).head.LastModified
  await remove(lost)
  // As it is long after its upload.
  await video.client.send(new DeleteObjectCommand({ Bucket: buckets.incoming, Key: key }))

  await video.remake(originalKey(mediaId, generation), openOriginals())
  expect(await keysOf(mediaId)).toEqual(before)
  expect((await video.readMedia(lost)).body.equals(body)).toBe(true)
  expect((await video.readMedia(derivativeKey(mediaId, generation, 'thumb'))).head.LastModified).toEqual(kept)
  expect(video.outcomes).toEqual([])
})

test('makes the copy again of a picture that is its own copy', async () => {
  const file = await (await openScene()).png().toBuffer()
  const { mediaId, key } = await video.upload(file)
  await video.inspect(key)
  const { generation } = onlyReady()
  const before = await keysOf(mediaId)
  await remove(copyKey(mediaId, generation))
  await video.client.send(new DeleteObjectCommand({ Bucket: buckets.incoming, Key: key }))

  await video.remake(originalKey(mediaId, generation), openOriginals())
  expect(await keysOf(mediaId)).toEqual(before)
  expect((await video.readMedia(copyKey(mediaId, generation))).body.equals(file)).toBe(true)
})

test('makes what is missing of a film again, through the video function', async () => {
  const message = await video.receive(await makeFastMp4(), 'video/mp4')
  await video.process(message)
  const { generation } = onlyReady()
  const { mediaId } = message
  const before = await keysOf(mediaId)
  const play = await video.readMedia(playKey(mediaId, generation))
  await Promise.all([playKey(mediaId, generation), derivativeKey(mediaId, generation, 'preview')].map(remove))
  await video.client.send(new DeleteObjectCommand({ Bucket: buckets.incoming, Key: message.incomingKey }))

  await video.remake(originalKey(mediaId, generation), openOriginals())
  const [handedOn] = video.videos.map((one) => videoMessageSchema.parse(one))
  if (handedOn === undefined) throw new Error('nothing was handed on')
  expect(isOfOriginal(handedOn)).toBe(true)
  await video.remakeFilm(handedOn, openOriginals())
  expect(await keysOf(mediaId)).toEqual(before)
  expect((await video.readMedia(playKey(mediaId, generation))).body.equals(play.body)).toBe(true)
  expect(video.outcomes).toEqual([])
})

test('makes all pictures of a film again where one is missing, and none where only the copy is', async () => {
  const message = await video.receive(await makeFastMp4(), 'video/mp4')
  await video.process(message)
  const { generation } = onlyReady()
  const { mediaId } = message
  const [thumb, tile] = [derivativeKey(mediaId, generation, 'thumb'), derivativeKey(mediaId, generation, 'tile')]
  const todays = await video.readMedia(tile)
  const ofOtherMoment = { Bucket: buckets.media, Key: tile, Body: 'a picture of another moment' }
  await video.client.send(new PutObjectCommand(ofOtherMoment))
  const original = originalKey(mediaId, generation)
  const originals = openOriginals()
  const { etag = '' } = (await originals.headIncoming(original)) ?? {}
  const remake = () => video.remakeFilm({ ...message, incomingKey: original, etag }, originals)

  await remove(playKey(mediaId, generation))
  await remake()
  expect((await video.readMedia(tile)).body.toString()).toBe(ofOtherMoment.Body)

  await remove(thumb)
  await remake()
  const { body, head } = await video.readMedia(tile)
  expect(body.equals(todays.body)).toBe(true)
  expect([head.ContentType, head.CacheControl]).toEqual([todays.head.ContentType, todays.head.CacheControl])
  expect(await keysOf(mediaId)).toContain(thumb)
  expect(video.outcomes).toEqual([])
})

test('leaves the copy that people play where there is no time to look through it', async () => {
  const message = await video.receive(await makeFastMp4(), 'video/mp4')
  await video.process(message)
  const { generation } = onlyReady()
  const { mediaId } = message
  const before = await keysOf(mediaId)
  const originals = openOriginals()
  const original = originalKey(mediaId, generation)
  const { etag = '' } = (await originals.headIncoming(original)) ?? {}
  let nowMs = 0
  const readIncoming: typeof originals.readIncoming = (...range) => {
    nowMs += 300_000
    return originals.readIncoming(...range)
  }
  await remove(derivativeKey(mediaId, generation, 'thumb'))
  const slow = { ...originals, readIncoming }
  await video.remakeFilm({ ...message, incomingKey: original, etag }, slow, () => nowMs)
  expect(nowMs).toBeGreaterThan(0)
  expect(await keysOf(mediaId)).toEqual(before)
})

test('never deletes an original that does not pass any more', async () => {
  const { mediaId, key } = await video.upload(await makeOrientedJpeg(1))
  await video.inspect(key)
  const { generation } = onlyReady()
  const refusing = {
    decode: async () => ({ ok: false as const, refusal: { reason: 'image_damaged' as const, detail: '' } }),
  }
  await video.remake(originalKey(mediaId, generation), openOriginals(), { decoder: refusing })
  expect(await keysOf(mediaId)).toContain(originalKey(mediaId, generation))
  expect(video.outcomes).toEqual([])
})
