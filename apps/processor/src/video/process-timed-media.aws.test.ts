import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import { outcomeSchema, type ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { accept } from '@shoebox/shared/result.ts'
import { videoMessageSchema } from '@shoebox/shared/messages/video.schema.ts'
import { captionKey, derivativeKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { makeZip } from '@shoebox/testing/samples/hostile.ts'
import { addCaptions, twoCues } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { makeColoured } from '../../test/coloured-films.ts'
import { startVideo, type Video } from '../../test/start-video.ts'
import { createS3MediaObjects } from '../adapters/s3-media-objects.ts'
import { createS3PlayObjects } from '../adapters/s3-play-objects.ts'
import { createReader } from './reader/reader-process.ts'

let video: Video

beforeAll(async () => {
  video = await startVideo()
})
afterAll(() => video.stop())
beforeEach(() => {
  video.outcomes.length = 0
  video.lines.length = 0
})

function onlyReady(): ReadyOutcome {
  const [outcome, ...others] = video.outcomes
  if (outcome === undefined || others.length > 0) throw new Error(`${video.outcomes.length} outcomes`)
  const parsed = outcomeSchema.parse(JSON.parse(JSON.stringify(outcome)))
  if (parsed.outcome !== 'ready') throw new Error(`${parsed.reason}: ${video.lines.join('')}`)
  return parsed
}

const mediaOf = async (mediaId: string) => (await video.listMedia()).filter((key) => key.includes(mediaId)).toSorted()

test.each([
  ['MP4', films.makeMp4, 'video/mp4', 'avc', 'aac'],
  ['QuickTime', films.makeQuickTime, 'video/quicktime', 'avc', 'aac'],
  ['WebM', films.makeWebm, 'video/webm', 'vp9', 'opus'],
  ['Matroska', films.makeMatroska, 'video/matroska', 'avc', 'opus'],
] as const)(
  'makes a film in %s ready: facts, poster, copy to play, original',
  async (_, make, type, videoCodec, audioCodec) => {
    const file = await make()
    const message = videoMessageSchema.parse(await video.receive(file, type))
    await video.process(message)
    const outcome = onlyReady()
    const { mediaId } = message
    expect(outcome).toMatchObject({ type, bytes: file.length, widthPx: 320, heightPx: 180, mediaId })
    expect(outcome.timed).toMatchObject({
      videoCodec,
      audioCodec,
      frameRate: 30,
      isHdr: false,
      peaks: null,
      hasPlay: true,
    })
    expect(outcome.thumbhash).not.toBeNull()
    expect(outcome.derivatives.map(({ name }) => name)).toEqual(['thumb', 'tile', 'preview'])
    for (const { name, widthPx, heightPx } of outcome.derivatives) {
      const stored = await video.readMedia(derivativeKey(mediaId, outcome.generation, name))
      expect(await sharp(stored.body).metadata()).toMatchObject({ format: 'webp', width: widthPx, height: heightPx })
    }
    expect((await video.readMedia(originalKey(mediaId, outcome.generation))).body.equals(file)).toBe(true)
    const play = await video.readMedia(playKey(mediaId, outcome.generation))
    expect(play.head).toMatchObject({ ContentType: type, ContentLength: file.length })
    expect(play.body.includes('Secret')).toBe(false)
    expect(await mediaOf(mediaId)).toHaveLength(5)
  },
)

test('bare AAC is served as what it is: a player that is told of MP4 looks for boxes', async () => {
  const message = await video.receive(await sounds.makeBareAac(), 'audio/mp4')
  await video.process(message)
  const { mediaId, generation, type } = onlyReady()
  const play = await video.readMedia(playKey(mediaId, generation))
  expect([type, play.head.ContentType]).toEqual(['audio/mp4', 'audio/aac'])
})

test('marks a film of high dynamic range', async () => {
  await video.process(await video.receive(await makeColoured('mp4', 'libx265', 'HLG'), 'video/mp4'))
  expect(onlyReady().timed).toMatchObject({ videoCodec: 'hevc', isHdr: true })
})

test('stores the captions of a film as WebVTT beside its copy, and once more when it is made again', async () => {
  const captions = [
    { as: 'srt', text: twoCues, language: 'deu', title: 'Deutsch' },
    { as: 'srt', text: twoCues, language: 'eng' },
  ] as const
  const file = await addCaptions({ film: await films.makeMp4(), format: 'mp4', captions })
  const message = await video.receive(file, 'video/mp4')
  await video.process(message)
  const { mediaId, generation, timed } = onlyReady()
  expect(timed?.captions).toEqual([
    { language: 'de', label: 'Deutsch', bytes: 103 },
    { language: 'en', label: null, bytes: 103 },
  ])
  const second = captionKey(mediaId, generation, 2)
  const { head, body } = await video.readMedia(second)
  expect(head).toMatchObject({ ContentType: 'text/vtt; charset=utf-8', ContentLength: 103 })
  expect(body.toString()).toContain('00:00:02.000 --> 00:00:02.800\nZwei\nZeilen ü\n')
  // The words themselves are gone from what is played: who plays it sees them once.
  expect((await video.readMedia(playKey(mediaId, generation))).body.includes('Zeilen')).toBe(false)

  await video.client.send(new DeleteObjectCommand({ Bucket: buckets.media, Key: second }))
  const stores = { s3: video.client, incomingBucket: buckets.media, mediaBucket: buckets.media }
  const originals = { ...createS3MediaObjects(stores), ...createS3PlayObjects(stores) }
  const original = originalKey(mediaId, generation)
  const { etag = '' } = (await originals.headIncoming(original)) ?? {}
  await video.remakeFilm({ ...message, incomingKey: original, etag }, originals)
  expect((await video.readMedia(second)).body.equals(body)).toBe(true)
})

test('makes a sound ready: words, waveform, cover, copy to play', async () => {
  const message = await video.receive(await sounds.makeMp3WithCover(), 'audio/mpeg')
  await video.process(message)
  const outcome = onlyReady()
  expect(outcome).toMatchObject({ type: 'audio/mpeg', widthPx: null, heightPx: null })
  expect(outcome.timed).toMatchObject({ videoCodec: null, audioCodec: 'mp3', hasPlay: true })
  expect(outcome.timed?.tags).toEqual({ title: 'A tone', artist: 'An oscillator' })
  expect(outcome.timed?.peaks).toHaveLength(200)
  const thumb = await video.readMedia(derivativeKey(message.mediaId, outcome.generation, 'thumb'))
  expect(await sharp(thumb.body).metadata()).toMatchObject({ format: 'webp', width: 200, height: 200 })
  // The cover was red.
  expect(outcome.dominantColor).toMatch(/^#[b-c]/)
})

test('makes a sound ready without a waveform where that would take too long', async () => {
  // The time is looked at each 256 packets.
  const sound = await sounds.makeBareAac()
  const message = await video.receive(Buffer.concat([sound, sound, sound]), 'audio/mp4')
  const entry = new URL('../../test/spent-reader.child.ts', import.meta.url)
  const reader = createReader({ entry, env: {} })
  try {
    await video.process(message, { reader })
  } finally {
    reader.stop()
  }
  const { timed, mediaId, generation } = onlyReady()
  expect(timed).toMatchObject({ audioCodec: 'aac', peaks: null, hasPlay: true })
  expect(video.lines.join('')).toContain('no waveform: over budget')
  expect(await mediaOf(mediaId)).toEqual([originalKey(mediaId, generation), playKey(mediaId, generation)])
})

test('a film of which a detail fits no column is ready without it', async () => {
  const message = await video.receive(await films.makeMp4(), 'video/mp4')
  const reader = createReader({ entry: new URL('reader/reader.child.ts', import.meta.url), env: {} })
  const read: typeof reader.read = async (...asked) => {
    const verdict = await reader.read(...asked)
    return verdict.ok ? accept({ ...verdict.value, facts: { ...verdict.value.facts, durationMs: 2 ** 31 } }) : verdict
  }
  try {
    await video.process(message, { reader: { read } })
  } finally {
    reader.stop()
  }
  expect(onlyReady().timed).toMatchObject({ durationMs: null, frameRate: 30, hasPlay: true })
  expect(video.lines.join('')).toContain('timed.durationMs')
})

test('says when a phone filmed', async () => {
  await video.process(await video.receive(await films.makeQuickTime(), 'video/quicktime'))
  expect(onlyReady().takenAt).toEqual({ local: '2026-06-15T14:30:05', offsetMinutes: 120, source: 'container' })
})

test('says with what and roughly where a phone filmed, and the exact place goes no further', async () => {
  // Once in Apple's keys and once in the older boxes.
  for (const film of [await films.makeQuickTime(), await films.makeMp4({ format: 'mov' })]) {
    video.outcomes.length = 0
    await video.process(await video.receive(film, 'video/quicktime'))
    expect(onlyReady().capture).toMatchObject({
      camera: films.secretDevice,
      place: { country: 'US', city: 'Barstow', latitude: 35.4, longitude: -116.9 },
    })
  }
  expect(JSON.stringify([video.outcomes, video.lines])).not.toMatch(/35\.43|116\.87/)
})

describe('a large file', () => {
  /** 12 MB of sound with its words behind it, as recorders write it. */
  async function makeLongWav(): Promise<Buffer> {
    const short = await sounds.makeWav()
    const dataAt = short.indexOf('data', 0, 'latin1')
    const format = short.subarray(short.indexOf('fmt ', 0, 'latin1'), short.indexOf('fmt ', 0, 'latin1') + 24)
    const samples = Buffer.alloc(12 * 2 ** 20, short.subarray(dataAt + 8, dataAt + 8 + 88_200))
    const data = Buffer.alloc(8)
    data.write('data', 0, 'latin1')
    data.writeUInt32LE(samples.length, 4)
    const place = Buffer.from('bext\x10\0\0\0Secret place 123', 'latin1')
    const body = Buffer.concat([Buffer.from('WAVE'), format, data, samples, place])
    const head = Buffer.alloc(8)
    head.write('RIFF', 0, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body])
  }

  test('is copied inside S3, and only the changed end passes through', async () => {
    const file = await makeLongWav()
    const message = await video.receive(file, 'audio/wav')
    const parts: string[] = []
    await video.process(message, {
      objects: {
        assemble(job) {
          parts.push(...job.parts.map(({ way }) => way))
          return video.objects.assemble(job)
        },
      },
    })
    const outcome = onlyReady()
    expect(parts).toEqual(['copy', 'send'])
    const play = await video.readMedia(playKey(message.mediaId, outcome.generation))
    expect(play.body).toHaveLength(file.length)
    expect(play.body.includes('Secret')).toBe(false)
    expect(play.body.subarray(0, -24).equals(file.subarray(0, -24))).toBe(true)
    expect(outcome.timed?.durationMs).toBeGreaterThan(140_000)
  })
})

describe('a picture that fails', () => {
  test('leaves the film ready without one', async () => {
    const message = await video.receive(await films.makeMp4(), 'video/mp4')
    await video.process(message, { decoder: { decode: () => Promise.reject(new Error('no decoder')) } })
    const outcome = onlyReady()
    expect(outcome).toMatchObject({ derivatives: [], thumbhash: null, widthPx: 320, heightPx: 180 })
    expect(outcome.timed?.hasPlay).toBe(true)
  })
})

test('a film whose copy would take longer than the function has comes once more, and is ready without one then', async () => {
  const message = await video.receive(await films.makeMp4(), 'video/mp4')
  let nowMs = 0
  const readIncoming: Video['objects']['readIncoming'] = (...given) => {
    nowMs += 300_000
    return video.objects.readIncoming(...given)
  }
  const slow = { nowMs: () => nowMs, objects: { readIncoming } }
  await expect(video.process(message, slow, { mayComeAgain: true })).rejects.toThrow('no time left')
  expect(video.outcomes).toEqual([])
  await video.process(message, slow)
  const outcome = onlyReady()
  expect(outcome.timed?.hasPlay).toBe(false)
  expect(outcome.derivatives).toHaveLength(3)
  expect(await mediaOf(message.mediaId)).not.toContain(playKey(message.mediaId, outcome.generation))
  expect(video.lines.join('')).toMatch(/"level":"warn".*"event":"play_given_up"/)
})

describe('delivered again', () => {
  test('says the same twice and leaves the same objects', async () => {
    const message = await video.receive(await films.makeMp4(), 'video/mp4')
    await video.process(message)
    const stored = await mediaOf(message.mediaId)
    await video.process(message)
    expect(video.outcomes).toHaveLength(2)
    expect(video.outcomes[1]).toEqual(video.outcomes[0])
    expect(await mediaOf(message.mediaId)).toEqual(stored)
  })

  test('takes the place of a copy that lies there', async () => {
    const message = await video.receive(await films.makeMp4(), 'video/mp4')
    await video.process(message)
    const play = playKey(message.mediaId, onlyReady().generation)
    const { body } = await video.readMedia(play)
    await video.client.send(new PutObjectCommand({ Bucket: buckets.media, Key: play, Body: 'Secret place' }))
    await video.process(message)
    expect((await video.readMedia(play)).body.equals(body)).toBe(true)
  })

  test('does both of two deliveries at once without harm', async () => {
    const message = await video.receive(await films.makeWebm(), 'video/webm')
    await Promise.all([video.process(message), video.process(message)])
    expect(video.outcomes[1]).toEqual(video.outcomes[0])
    expect(await mediaOf(message.mediaId)).toHaveLength(5)
  })

  test('has nothing to say when the object is another one by now, or gone', async () => {
    const message = await video.receive(await films.makeMp4(), 'video/mp4')
    const other = await sounds.makeWav()
    await video.client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: message.incomingKey, Body: other }))
    await video.process(message)
    expect(video.outcomes).toEqual([])
    expect(await mediaOf(message.mediaId)).toEqual([])
  })
})

describe('what is refused', () => {
  test('is also a sound with something in its middle, where players skip to the next frame', async () => {
    const sound = await sounds.makeMp3()
    const half = Math.floor(sound.length / 2)
    const hidden = Buffer.from('<?php system($_GET["c"]); ?>')
    const message = await video.receive(
      Buffer.concat([sound.subarray(0, half), hidden, sound.subarray(half)]),
      'audio/mpeg',
    )
    await video.process(message)
    expect(video.outcomes).toMatchObject([{ outcome: 'refused', reason: 'file_hides_other' }])
    expect(await mediaOf(message.mediaId)).toEqual([])
  })

  test('is a Matroska without pictures by the rules of sounds: what hides in it, and how large it may be', async () => {
    const sound = await sounds.makeMatroskaSound()
    await video.process(await video.receive(sound, 'video/matroska'))
    expect(onlyReady().timed).toMatchObject({ videoCodec: null, audioCodec: 'pcm-s16' })

    const hiding = Buffer.from(sound)
    const samplesAt = hiding.indexOf(Buffer.alloc(64), hiding.indexOf('1f43b675', 0, 'hex'))
    hiding.write('<?php system($_GET["c"]); ?>', samplesAt + 16)
    // An element Void that players skip.
    const padding = Buffer.alloc(bytesMaxByKind.audio)
    padding.writeUInt32BE(0xec010000)
    padding.writeUInt32BE(padding.length - 9, 5)
    for (const [file, reason] of [
      [hiding, 'file_hides_other'],
      [Buffer.concat([sound, padding]), 'file_too_large'],
    ] as const) {
      video.outcomes.length = 0
      const message = await video.receive(file, 'video/matroska')
      await video.process(message)
      expect(video.outcomes).toMatchObject([{ outcome: 'refused', reason, detectedType: 'video/matroska' }])
      expect(await mediaOf(message.mediaId)).toEqual([])
    }
  })

  test('is reported, and leaves nothing where people could reach it', async () => {
    const film = await films.makeFastMp4()
    const withoutHeader = Buffer.concat([film.subarray(0, 32), Buffer.alloc(5000, 7)])
    const payload = Buffer.from('<!doctype html><html><script>alert(1)</script>')
    // The sound becomes a clock, which goes from the copy: nothing says any more what stood in its samples.
    const clocked = Buffer.from(film)
    clocked.write('tmcd', film.indexOf('soun'), 'latin1')
    makeZip().copy(clocked, film.readUInt32BE(film.lastIndexOf('stco') + 12))
    for (const [file, reason] of [
      [withoutHeader, 'media_damaged'],
      [film.subarray(0, film.length - 30_000), 'media_damaged'],
      [Buffer.concat([film, payload]), 'file_hides_other'],
      [clocked, 'file_hides_other'],
    ] as const) {
      video.outcomes.length = 0
      const message = await video.receive(Buffer.from(file), 'video/mp4')
      await video.process(message)
      expect(video.outcomes).toMatchObject([{ outcome: 'refused', reason, detectedType: 'video/mp4' }])
      expect(await mediaOf(message.mediaId)).toEqual([])
    }
  })
})

test.each([
  ['gone', (Key: string) => video.client.send(new DeleteObjectCommand({ Bucket: buckets.incoming, Key }))],
  ['another', (Key: string) => video.client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key, Body: 'x' }))],
])('nothing is said of an upload that is %s when S3 copies it', async (_, change) => {
  const sent = await video.receive(await films.makeMp4(), 'video/mp4')
  await video.process(sent)
  const { body } = await video.readMedia(playKey(sent.mediaId, onlyReady().generation))
  video.outcomes.length = 0
  // Nothing of a copy has to be changed once more.
  const message = await video.receive(body, 'video/mp4')
  const assemble: Video['objects']['assemble'] = async (job) => {
    await change(message.incomingKey)
    return video.objects.assemble({ ...job, check: () => Promise.resolve(null) })
  }
  await video.process(message, { objects: { assemble } })
  expect(video.outcomes).toEqual([])
  expect(video.lines.join('')).toContain('object_changed')
})

test('a copy whose parts are gone before they are joined is a fault that comes again, not another upload', async () => {
  const message = await video.receive(await films.makeMp4(), 'video/mp4')
  const Bucket = buckets.media
  const assemble: Video['objects']['assemble'] = (job) => {
    const check = async () => {
      const { Uploads = [] } = await video.client.send(new ListMultipartUploadsCommand({ Bucket }))
      for (const { Key, UploadId } of Uploads)
        await video.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      return job.check()
    }
    return video.objects.assemble({ ...job, check })
  }
  await expect(video.process(message, { objects: { assemble } })).rejects.toThrow('The specified upload does not exist')
  expect(video.outcomes).toEqual([])
  await video.process(message)
  expect(onlyReady().timed?.hasPlay).toBe(true)
})

test('lets a fault of the store be a fault: nothing is said, the upload stays', async () => {
  const message = await video.receive(await films.makeMp4(), 'video/mp4')
  const failing = { readIncoming: () => Promise.reject(new Error('503')) }
  await expect(video.process(message, { objects: failing })).rejects.toThrow('503')
  expect(video.outcomes).toEqual([])
  expect(await video.isIncoming(message.incomingKey)).toBe(true)
})
