// What a file says of itself may lie outside of all that an outcome can hold: then the file is the same without it.
import { afterAll, describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { measurePage, sealOggPage } from '../../audio/ogg-pages.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(reader.stop)

async function readFacts(file: Buffer, type: TimedType) {
  const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
  if (!verdict.ok) throw new Error(`${verdict.refusal.reason}: ${verdict.refusal.detail}`)
  return { ...verdict.value.facts, frame: verdict.value.frame }
}

/** FFmpeg's own demuxer reads it. */
const mpeg4 = { encoder: 'mpeg4', source: films.h264.source }

function writeBehind(file: Buffer, name: string, offset: number, ...values: number[]): Buffer {
  const at = file.indexOf(name, 0, 'latin1')
  if (at < 0) throw new Error(`no ${name}`)
  values.forEach((value, n) => file.writeUInt32BE(value, at + 4 + offset + 4 * n))
  return file
}

describe('of slides, each shown for minutes, no rate is told', () => {
  const slides = 'testsrc2=size=320x180:rate=1/300:duration=900,format=yuv420p'

  test.each([
    ['mp4', 'video/mp4', films.h264],
    ['mp4', 'video/mp4', mpeg4],
    ['webm', 'video/webm', films.vp9],
  ] as const)('in %s', async (format, type, stream) => {
    const facts = await readFacts(await encodeMedia({ format, streams: [{ ...stream, source: slides }] }), type)
    expect(facts).toMatchObject({ durationMs: 900_000, video: { frameRate: null } })
  })
})

test('a film that ends before its first millisecond is one long', async () => {
  const file = await films.makeMp4({ streams: [films.h264] })
  const facts = await readFacts(writeBehind(file, 'mdhd', 12, 0xffff_ffff), 'video/mp4')
  expect(facts).toMatchObject({ durationMs: 1, video: { frameRate: null } })
})

describe('what was cut out of a live stream that ran for a day is as long as it is itself', () => {
  const dayS = 86_400n

  test('in Ogg', async () => {
    const file = await sounds.makeOpus()
    for (let at = 0, bytes = 0; at < file.length; at += bytes) {
      bytes = measurePage(file, at) ?? file.length
      const samples = file.readBigInt64LE(at + 6)
      if (samples > 0n) file.writeBigInt64LE(samples + 48_000n * dayS, at + 6)
      sealOggPage({ bytes: file.subarray(at, at + bytes) })
    }
    expect((await readFacts(file, 'audio/ogg')).durationMs).toBeCloseTo(3000, -2)
  })

  test('in fragments', async () => {
    const movflags = 'frag_keyframe+empty_moov+default_base_moof+skip_trailer'
    const file = await films.makeMp4({ streams: [films.h264], options: { movflags } })
    const ticksPerSecond = BigInt(file.readUInt32BE(file.indexOf('mdhd', 0, 'latin1') + 16))
    for (let at = file.indexOf('tfdt'); at > 0; at = file.indexOf('tfdt', at + 4))
      file.writeBigUInt64BE(file.readBigUInt64BE(at + 8) + ticksPerSecond * dayS, at + 8)
    const { durationMs, frame } = await readFacts(file, 'video/mp4')
    expect(durationMs).toBeCloseTo(3000, -2)
    expect(frame).not.toBeNull()
  })
})

describe('pixels of a shape that would make no picture are taken for square', () => {
  test.each([
    ['high', 1, 100_000_000],
    ['high without end', 1, 0xffff_ffff],
    ['wide', 100_000_000, 1],
  ])('%s in MP4', async (_, wide, high) => {
    const file = writeBehind(await films.makeMp4({ streams: [films.h264] }), 'pasp', 0, wide, high)
    const { video, frame } = await readFacts(file, 'video/mp4')
    expect([video, frame]).toMatchObject([
      { widthPx: 320, heightPx: 180 },
      { widthPx: 320, heightPx: 180 },
    ])
  })

  test('in WebM', async () => {
    const film = await encodeMedia({
      format: 'webm',
      streams: [{ ...films.vp9, source: `${films.vp9.source},setsar=2/1` }],
    })
    // DisplayWidth 640 in two bytes, DisplayHeight 180 in one: 1 by 255 stretches 320 pixels to 81,600.
    const widthAt = film.indexOf('54b0820280', 0, 'hex')
    const heightAt = film.indexOf('54ba81b4', 0, 'hex')
    expect(Math.min(widthAt, heightAt)).toBeGreaterThan(0)
    film.writeUInt16BE(1, widthAt + 3)
    film[heightAt + 3] = 255
    const { video } = await readFacts(film, 'video/webm')
    expect(video).toMatchObject({ widthPx: 320, heightPx: 180 })
  })
})

describe('a FLAC that says a minute and plays for longer than any sound may is too long', () => {
  test.each([
    ['five hours', 100, 5 * 3600],
    ['days, each second one sample', 1, 4_000_000],
  ])('%s', async (_, rate, seconds) => {
    const source = `anullsrc=r=${rate}:cl=mono:d=${seconds}`
    const file = await encodeMedia({
      format: 'flac',
      streams: [{ source, encoder: 'flac', options: { frame_size: 65_535 } }],
    })
    // The lower 32 bits of the number of samples, at the end of what the header says of the stream.
    file.writeUInt32BE(60 * rate, 22)
    await expect(readFacts(file, 'audio/flac')).rejects.toThrow(/^media_too_long/)
  })
})
