import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import type { FetchRange } from './block-source.ts'
import { createReader, type MediaReader, type ReaderOptions } from './reader-process.ts'

const entry = new URL('./reader.child.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'shoebox-reader-'))
const readers: MediaReader[] = []

function start(options: Partial<ReaderOptions> = {}): MediaReader {
  const reader = createReader({ entry, env: {}, ...options })
  readers.push(reader)
  return reader
}

afterAll(() => {
  for (const reader of readers) reader.stop()
  rmSync(folder, { recursive: true })
})

const shared = start()
const from =
  (file: Uint8Array): FetchRange =>
  async (begin, end) =>
    file.subarray(begin, end)
const read = (file: Uint8Array, type: TimedType, reader = shared) =>
  reader.read({ type, bytes: file.length }, from(file))

async function readWell(file: Uint8Array, type: TimedType) {
  const verdict = await read(file, type)
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return verdict.value
}

const film = { widthPx: 320, heightPx: 180, frameRate: 30, isHdr: false }
const aac = { codec: 'aac', channels: 1, sampleRateHz: 44_100 }
const opus = { codec: 'opus', channels: 1, sampleRateHz: 48_000 }

describe('films', () => {
  test.each([
    ['MP4, header last', films.makeMp4, 'video/mp4', { ...film, codec: 'avc' }, aac],
    ['MP4, header first', films.makeFastMp4, 'video/mp4', { ...film, codec: 'avc' }, aac],
    [
      'fragmented MP4',
      films.makeFragmentedMp4,
      'video/mp4',
      { ...film, codec: 'avc', frameRate: expect.closeTo(30, -1) },
      aac,
    ],
    [
      'MP4 as a browser records it',
      films.makeRecordedMp4,
      'video/mp4',
      { ...film, codec: 'avc', frameRate: expect.closeTo(30, -1) },
      aac,
    ],
    ['QuickTime', films.makeQuickTime, 'video/quicktime', { ...film, codec: 'avc' }, aac],
    ['WebM', films.makeWebm, 'video/webm', { ...film, codec: 'vp9' }, opus],
    ['WebM as a browser records it', films.makeRecordedWebm, 'video/webm', { ...film, codec: 'vp9' }, opus],
    ['Matroska', films.makeMatroska, 'video/matroska', { ...film, codec: 'avc' }, opus],
    ['HEVC', () => films.makeFilmIn('hevc'), 'video/mp4', { ...film, codec: 'hevc' }, null],
    ['AV1', () => films.makeFilmIn('av1'), 'video/mp4', { ...film, codec: 'av1' }, null],
    ['ProRes', () => films.makeFilmIn('prores'), 'video/quicktime', { ...film, codec: 'prores' }, null],
  ] as const)(
    'tells length, size, codecs and rate of %s, and takes a frame of it',
    async (_, make, type, video, audio) => {
      const { facts, frame, peaks, cost, notes } = await readWell(await make(), type)
      expect({ facts, notes }).toMatchObject({ facts: { type, video, audio }, notes: [] })
      expect(facts.durationMs).toBeCloseTo(3000, -2)
      expect(frame).toMatchObject({ widthPx: 320, heightPx: 180 })
      expect(frame?.rgb).toHaveLength(320 * 180 * 3)
      expect(peaks).toBeNull()
      expect(cost.reads).toBeLessThanOrEqual(5)
    },
  )

  test.each([90, 180, 270] as const)(
    'turns a film that was held at %i degrees upright, frame and size',
    async (degrees) => {
      const upright = (await readWell(await films.makeMp4({ streams: [films.h264] }), 'video/mp4')).frame
      const turned = (await readWell(await films.makeTurnedMp4(degrees), 'video/mp4')).frame
      const isSideways = degrees !== 180
      expect(turned).toMatchObject({ widthPx: isSideways ? 180 : 320, heightPx: isSideways ? 320 : 180 })
      const pixel = (frame: typeof turned, x: number, y: number) => [
        ...(frame?.rgb.subarray((y * (frame?.widthPx ?? 0) + x) * 3, (y * (frame?.widthPx ?? 0) + x) * 3 + 3) ?? []),
      ]
      // Where the point (40, 25) of the upright frame comes to lie.
      const [x, y] = { 90: [179 - 25, 40], 180: [319 - 40, 179 - 25], 270: [25, 319 - 40] }[degrees] as [number, number]
      expect(pixel(turned, x, y)).toEqual(pixel(upright, 40, 25))
    },
  )

  test.each([
    ['wider', [480, 180], [480, 180]],
    ['higher', [320, 240], [320, 240]],
    ['the same at half the size', [160, 90], [320, 180]],
    ['without a size', [0, 0], [320, 180]],
  ] as const)(
    'shows a film as its track’s header says when nothing else does: %s',
    async (_, [wide, high], [widthPx, heightPx]) => {
      const { facts, frame } = await readWell(await films.makeStretchedMp4(wide, high), 'video/mp4')
      expect([facts.video, frame]).toMatchObject([
        { widthPx, heightPx },
        { widthPx, heightPx },
      ])
    },
  )

  test('counts what follows in fragments behind a header that tells of the beginning', async () => {
    const { facts, frame } = await readWell(await films.makeHybridMp4(), 'video/mp4')
    expect(facts).toMatchObject({ durationMs: expect.closeTo(3000, -2), video: film, audio: aac })
    expect(frame).toMatchObject({ widthPx: 320, heightPx: 180 })
  })

  test('reads when a phone says it was filmed', async () => {
    const { facts } = await readWell(await films.makeQuickTime(), 'video/quicktime')
    expect(facts.recordedAt).toBe('2026-06-15T14:30:05+02:00')
  })

  test('calls an MP4 without pictures a sound', async () => {
    const { facts, peaks } = await readWell(await films.makeMp4({ streams: [films.aac] }), 'video/mp4')
    expect(facts).toMatchObject({ type: 'audio/mp4', video: null, audio: aac })
    expect(peaks).toHaveLength(200)
  })
})

describe('sounds', () => {
  test.each([
    ['MP3', sounds.makeMp3, 'audio/mpeg', 'mp3'],
    ['M4A', sounds.makeM4a, 'audio/mp4', 'aac'],
    ['Ogg Vorbis', sounds.makeVorbis, 'audio/ogg', 'vorbis'],
    ['Opus', sounds.makeOpus, 'audio/ogg', 'opus'],
    ['FLAC', sounds.makeFlac, 'audio/flac', 'flac'],
    ['WAV', sounds.makeWav, 'audio/wav', 'pcm-s16'],
  ] as const)('tells length, words and waveform of %s', async (_, make, type, codec) => {
    const { facts, peaks, frame, notes } = await readWell(await make(), type)
    const tags = { title: 'A tone', artist: 'An oscillator', album: 'Test', genre: 'Test', year: 2026, track: 7 }
    expect({ facts, notes }).toMatchObject({ facts: { type, video: null, audio: { codec }, tags }, notes: [] })
    expect(facts.durationMs).toBeCloseTo(3000, -3)
    expect(frame).toBeNull()
    expect(peaks).toHaveLength(200)
    // The tone swells from nothing to three quarters of full scale.
    expect(peaks?.[0]).toBeLessThan(10)
    expect(peaks?.[100]).toBeGreaterThan(55)
    expect(peaks?.[195]).toBeGreaterThan(110)
  })

  test('reads AAC without a container', async () => {
    const { facts, peaks } = await readWell(await sounds.makeBareAac(), 'audio/mp4')
    expect(facts).toMatchObject({ type: 'audio/mp4', audio: aac })
    expect(peaks).toHaveLength(200)
  })

  test('takes a chained Ogg for all the sounds in it', async () => {
    const { facts, peaks } = await readWell(await sounds.makeChainedOgg(), 'audio/ogg')
    expect(facts.durationMs).toBeCloseTo(9000, -3)
    // Each of the three swells from nothing.
    const quiet = [0, 67, 134].map((n) => peaks?.[n] ?? 255)
    const loud = [60, 127, 194].map((n) => peaks?.[n] ?? 0)
    expect(Math.max(...quiet)).toBeLessThan(30)
    expect(Math.min(...loud)).toBeGreaterThan(90)
  })

  test('hands out an embedded cover', async () => {
    const { cover } = await readWell(await sounds.makeMp3WithCover(), 'audio/mpeg')
    expect([...(cover?.bytes.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff])
  })

  test('refuses a FLAC file of which the end is missing', async () => {
    const file = await sounds.makeFlac()
    expect(await read(file.subarray(0, file.length / 2), 'audio/flac')).toMatchObject({
      refusal: { reason: 'media_damaged' },
    })
  })
})

describe('what is none', () => {
  const types: readonly TimedType[] = [
    'video/mp4',
    'video/webm',
    'audio/mpeg',
    'audio/ogg',
    'audio/flac',
    'audio/wav',
    'audio/mp4',
  ]

  test.each(types)('refuses noise that is called %s', async (type) => {
    let seed = 1
    const noise = Uint8Array.from({ length: 200_000 }, () => (seed = (seed * 48_271) % 2_147_483_647) & 0xff)
    expect(await read(noise, type)).toMatchObject({ ok: false })
    expect(await read(noise.subarray(0, 3), type)).toMatchObject({ ok: false })
  })

  test('refuses an MP4 whose header is missing', async () => {
    const file = await films.makeMp4()
    expect(await read(file.subarray(0, file.length / 2), 'video/mp4')).toMatchObject({ ok: false })
  })

  test('refuses a container without a track that can be read', async () => {
    const file = await films.makeMp4({ streams: [films.h264] })
    const at = file.indexOf('avc1', file.indexOf('stsd', 0, 'latin1'), 'latin1')
    file.write('zzz1', at, 'latin1')
    expect(await read(file, 'video/mp4')).toMatchObject({ refusal: { reason: 'media_no_track' } })
  })

  test('refuses a film that is too long', async () => {
    const file = await films.makeMp4({ streams: [films.h264] })
    // mvhd's and mdhd's durations are looked at by nobody who can count samples: stretch each of those instead.
    const stts = file.indexOf('stts', 0, 'latin1')
    file.writeUInt32BE(0x0fff_ffff, stts + 16)
    const mdhd = file.indexOf('mdhd', 0, 'latin1')
    file.writeUInt32BE(0x7fff_ffff, mdhd + 20)
    // Nor may a list say that only three seconds of it are played.
    file.write('skip', file.indexOf('edts', 0, 'latin1'), 'latin1')
    expect(await read(file, 'video/mp4')).toMatchObject({ refusal: { reason: 'media_too_long' } })
  })

  test('refuses a sound that is larger than sounds may be, whatever its container, before all of it is read', async () => {
    const sound = await sounds.makeMatroskaSound()
    const whole = Buffer.concat([sound, Buffer.alloc(bytesMaxByKind.audio)])
    let fetched = 0
    const fetch: FetchRange = async (begin, end) => {
      fetched += end - begin
      return whole.subarray(begin, end)
    }
    const verdict = await shared.read({ type: 'video/matroska', bytes: whole.length }, fetch)
    expect(verdict).toMatchObject({ refusal: { reason: 'file_too_large' } })
    expect(fetched).toBeLessThan(2 ** 20)
  })

  test('ends within its deadlines for files that were damaged in two hundred ways', { timeout: 120_000 }, async () => {
    const reader = start({ deadlineMs: { facts: 2000, frame: 2000, peaks: 5000 } })
    const originals = [
      [await films.makeFastMp4(), 'video/mp4'],
      [await films.makeWebm(), 'video/webm'],
      [await sounds.makeMp3(), 'audio/mpeg'],
      [await sounds.makeOpus(), 'audio/ogg'],
      [await sounds.makeM4a(), 'audio/mp4'],
    ] as const
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (const [original, type] of originals) {
      for (let round = 0; round < 40; round += 1) {
        const file = Buffer.from(original)
        // Most of what a parser trips over stands at the front.
        for (let n = 0; n < 12; n += 1) file[random(n % 2 === 0 ? 4096 : file.length)] = random(256)
        const verdict = await read(file, type, reader)
        expect(typeof verdict.ok).toBe('boolean')
      }
    }
  })
})

describe('the process', () => {
  const childThat = (code: string): URL => {
    const path = join(folder, `${randomUUID()}.mjs`)
    writeFileSync(path, `process.send({ stage: 'ready' }); process.on('message', () => { ${code} })`)
    return pathToFileURL(path)
  }
  const job = { type: 'video/mp4', bytes: 100 } as const
  const facts = `process.send({ stage: 'facts', facts: { type: 'video/mp4', video: {} }, cover: null })`

  test('is ended when it never says what a file is, and the file is refused', async () => {
    const reader = start({ entry: childThat('for (;;);'), deadlineMs: { facts: 200 } })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ refusal: { reason: 'media_damaged' } })
  })

  test.skipIf(process.platform !== 'linux')('is ended for its work, however long it may wait', async () => {
    const reader = start({ entry: childThat('for (;;);'), deadlineMs: { facts: 60_000, thinking: 100 } })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ refusal: { reason: 'media_damaged' } })
  })

  test('is ended when it never takes the frame, and the film stands without one', async () => {
    const reader = start({ entry: childThat(`${facts}; setTimeout(() => { for (;;); })`), deadlineMs: { frame: 200 } })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ ok: true, value: { frame: null } })
  })

  test.skipIf(process.platform !== 'linux')('is ended for the work a small sound costs, which stands', async () => {
    const sound = facts.replace('video/mp4', 'audio/mpeg').replace('video: {}', 'video: null')
    const reader = start({
      entry: childThat(`${sound}; setTimeout(() => { for (;;); })`),
      deadlineMs: { thinking: 20 },
    })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ ok: true, value: { peaks: null } })
  })

  test('may crash over the frame: what was found before stands', async () => {
    const crash = `setTimeout(() => process.kill(process.pid, 'SIGSEGV'), 20)`
    const reader = start({ entry: childThat(`${facts}; ${crash}`) })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ ok: true, value: { frame: null } })
  })

  test('may crash twice over one file before the file is refused', async () => {
    const reader = start({ entry: childThat(`process.kill(process.pid, 'SIGSEGV')`) })
    expect(await reader.read(job, from(Buffer.alloc(100)))).toMatchObject({ refusal: { reason: 'media_damaged' } })
  })

  test('blames no file when it is killed, or cannot be started, or says that it is at fault', async () => {
    const killed = start({ entry: childThat(`process.kill(process.pid, 'SIGKILL')`) })
    await expect(killed.read(job, from(Buffer.alloc(100)))).rejects.toThrow('killed')
    const absent = start({ entry: new URL('./nowhere.ts', import.meta.url) })
    await expect(absent.read(job, from(Buffer.alloc(100)))).rejects.toThrow('could not be started')
    const faulty = start({ entry: childThat(`process.send({ stage: 'fault', message: 'no memory' })`) })
    await expect(faulty.read(job, from(Buffer.alloc(100)))).rejects.toThrow('no memory')
  })

  test.each([
    ['what a file is', { facts: 400 }, ''],
    ['the frame', { frame: 400 }, facts],
  ] as const)('blames no file when bytes that do not come keep it from %s', async (_, deadlineMs, before) => {
    const entry = childThat(`${before}; process.send({ ask: 1, start: 0, end: 1 })`)
    const reader = start({ entry, deadlineMs: { ...deadlineMs, fetch: 100 } })
    await expect(reader.read(job, () => new Promise(() => {}))).rejects.toThrow('slow fetches')
  })

  test('is not kept by pictures that lead its parser around: another one tells what they are', async () => {
    const streams = [{ ...films.vp9, gopSize: 10 }]
    const recorded = await encodeMedia({ format: 'webm', streams, options: { live: 1, cluster_time_limit: 300 } })
    const cluster = Buffer.of(0x1f, 0x43, 0xb6, 0x75)
    // Zeros are no elements, and mediabunny does not get over them.
    recorded.fill(0, recorded.indexOf(cluster, recorded.indexOf(cluster) + 4))
    const reading = await readWell(recorded, 'video/webm')
    expect(reading).toMatchObject({ facts: { video: { widthPx: film.widthPx } }, notes: [] })
    expect(reading.frame).not.toBeNull()
  })

  test('passes on why bytes could not be fetched, and reads the next file', async () => {
    const reader = start()
    const file = await films.makeFastMp4()
    const broken = reader.read({ type: 'video/mp4', bytes: file.length }, async () => {
      throw new Error('S3 hung up')
    })
    await expect(broken).rejects.toThrow('S3 hung up')
    expect(await read(file, 'video/mp4', reader)).toMatchObject({ ok: true })
  })

  test('cannot be made to fetch without end', async () => {
    // A header that claims to be a gigabyte, in a file that is two.
    const fetched: number[] = []
    const head = Buffer.alloc(64)
    head.writeUInt32BE(24, 0)
    head.write('ftypisom\0\0\0\0isommp41', 4, 'latin1')
    head.writeUInt32BE(0x4000_0000, 24)
    head.write('moov', 28, 'latin1')
    const verdict = await shared.read({ type: 'video/mp4', bytes: 2 ** 31 - 1 }, async (begin, end) => {
      fetched.push(end - begin)
      const bytes = Buffer.alloc(end - begin)
      if (begin < head.length) head.copy(bytes, 0, begin)
      return bytes
    })
    expect(verdict).toMatchObject({ refusal: { reason: expect.stringMatching(/^media_/) } })
    expect(fetched.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(2 ** 26)
  })
})
